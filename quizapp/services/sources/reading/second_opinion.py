"""trafilatura's opinion of a page, asked where our own may have thrown away the article.

Our rules are the better judge where both find about the same text (docs/adr/0011). It is asked three
times, as it comes, for more and for less: where one of its answers is about ours, ours stands. Where
none is, what most of them keep of the text we struck for its place or its names is brought back; what
was struck for its words (notices, captions, bylines) stays struck.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from dataclasses import replace
from unicodedata import normalize

import trafilatura

from quizapp.domain.sources.articles.blocks import Block, Extracted, Why
from quizapp.domain.sources.articles.wording import is_crumbs, why_of_words

AGREED = 0.88  # F1 over words from which two texts are about the same
MOST = 2  # answers that must keep a block, of three
SHORTEST = 4  # words of a block that can be told among others
LONG, WORTH = 12, 0.1  # words of a block that was missed, and what all of them must be to our own text
WHOLE, PADDED = 150, 1.25  # words of a whole article; how many times as many ours must be to have been padded
SAME, HELD = 0.95, 0.9  # F1 of answers of one mind; share of their words that ours must hold
_WORD = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]|\w+")
Run = tuple[str, ...]
_WAYS = ((False, False), (True, False), (False, True))
_CERTAIN = frozenset(
    {None, Why.COOKIES, Why.SUBSCRIPTION, Why.SEPARATOR, Why.DUPLICATE, Why.TITLE, Why.LANGUAGE}
)


def with_second_opinion(html: str, ours: Extracted) -> Extracted:
    """Our article, with what we must have missed brought back."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    own, found = _words(ours.text), list[list[str]]()
    try:
        for more, less in _WAYS:
            found.append(_words(_answer(html, recall=more, precision=less)))
            if _likeness(own, found[0]) >= AGREED and len(own) < PADDED * len(found[0]):
                return ours  # the others could change nothing
    except Exception:  # noqa: BLE001 it is an opinion only; whatever stops it, ours stands
        return ours
    if _is_padded(ours, own, found):
        return _pruned(ours, [set(_runs(words)) for words in found])
    if any(_likeness(own, words) >= AGREED for words in found):
        return ours
    known = [set(_runs(words)) for words in found if len(words) > len(own)]
    return _regained(ours, known, len(own)) if len(known) >= MOST else ours


def _is_padded(ours: Extracted, own: list[str], found: list[list[str]]) -> bool:
    """Whether our text is all that three answers of one mind are, and much beside. On pages of several
    voices or things they are of one mind in keeping the first only."""
    least, most = min(found, key=len), max(found, key=len)
    return (
        not ours.several
        and len(least) >= WHOLE
        and len(own) >= PADDED * len(most)
        and _likeness(least, most) >= SAME
        and (Counter(own) & Counter(most)).total() >= HELD * len(most)
    )


def _pruned(ours: Extracted, known: list[set[Run]]) -> Extracted:
    """Ours without the texts that no answer keeps."""
    blocks = [
        replace(block, kept=False, why=Why.OUTSIDE) if block.kept and _is_alone(block.text, known) else block
        for block in ours.blocks
    ]
    return replace(ours, blocks=tuple(blocks))


def _is_alone(text: str, known: list[set[Run]]) -> bool:
    runs = _runs(_words(text))
    return not any(run in each for run in runs for each in known)


def _answer(html: str, *, recall: bool, precision: bool) -> str:
    found = trafilatura.extract(
        html, include_comments=False, favor_recall=recall, favor_precision=precision, include_tables=True
    )
    return found or ""


def _regained(ours: Extracted, known: list[set[Run]], size: int) -> Extracted:
    """Ours with the blocks that most answers keep, where these are worth it."""
    said = {block.text.casefold() for block in ours.blocks if block.kept} | {ours.title.casefold()}
    blocks, words = list(ours.blocks), [0]
    for place, block in enumerate(ours.blocks):
        if not block.kept and block.text.casefold() not in said and _is_missed(block, known):
            blocks[place] = replace(block, kept=True, why=None)
            said.add(block.text.casefold())
            words.append(len(_words(block.text)))
    worth = max(words) >= LONG and sum(words) >= WORTH * size
    return replace(ours, blocks=tuple(blocks)) if worth else ours


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(normalize("NFC", text))]


def _likeness(one: list[str], other: list[str]) -> float:
    """F1 over words, each as often as it occurs."""
    both = (Counter(one) & Counter(other)).total()
    return 2 * both / max(1, len(one) + len(other))


def _is_missed(block: Block, known: list[set[Run]]) -> bool:
    words = _words(block.text)
    if block.why in _CERTAIN or len(words) < SHORTEST or _speaks_for_itself(block.text):
        return False
    runs = _runs(words)
    return sum(sum(run in each for run in runs) > 0.8 * len(runs) for each in known) >= MOST


def _speaks_for_itself(text: str) -> bool:
    """Whether its own words say that a block is none of the article's."""
    return why_of_words(text) is not None or is_crumbs(text)


def _runs(words: list[str]) -> list[Run]:
    """Every run of four words."""
    return [tuple(words[place : place + 4]) for place in range(len(words) - 3)]
