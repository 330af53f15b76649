"""What a draft must prove before it may be reviewed, anyone who wrote it: rules, a model or a teacher.

Its quotation is in the source word for word, its key is supported there, no wrong answer is true
there, and nothing at hand asks the same. Each refusal says in plain words what is missing and what to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from quizapp.domain.drafting.quotations import locate, normal
from quizapp.domain.language import markup, numbers
from quizapp.domain.language.translation import _
from quizapp.domain.language.words import WORD, content_words, folded, words
from quizapp.domain.library.kinds.base import Content, Figure
from quizapp.domain.library.lint.base import LintItem
from quizapp.domain.sources.passages import Paragraph, Sentence

FEWEST_QUOTED = 3  # words
COVERED = 0.75  # of a true statement's content words that are in the quotation
GROUNDED = 0.3  # of a question's
MOST_MOVED = 5  # words of a phrase that may are elsewhere than in the sentence
MOST_SWAPPED = 8  # words that a false statement has in another's place


class Refusal(NamedTuple):
    """Why a draft may not be reviewed yet. part: quote, key, statement, stem, distractors or duplicate."""

    part: str
    message: str


def check(
    content: Content, quote: str, paragraphs: Sequence[Paragraph], twins: Iterable[str] = ()
) -> tuple[Refusal, ...]:
    """Everything that is in the way; () where nothing does. `content` must be sound; `twins`: the
    headlines of questions at hand that ask much the same."""
    duplicates = [
        Refusal(
            "duplicate",
            _("“{question}” asks almost the same. Discard one of them, or ask about something else.").format(
                question=twin[:90]
            ),
        )
        for twin in twins
    ]
    if len(quote.split()) < FEWEST_QUOTED:
        return (
            Refusal("quote", _("No sentence is quoted. Quote the sentence that proves the answer.")),
            *duplicates,
        )
    where = locate(quote, paragraphs)
    if not where:
        message = _("The quotation isn’t in the article word for word. Copy the sentence exactly.")
        return (Refusal("quote", message), *duplicates)
    said = " ".join(sentence.text for sentence in where)
    item = LintItem(content)
    return (
        *_support(item, said, paragraphs),
        *_wrong(item, said, _nearby(where, paragraphs)),
        *duplicates,
    )


# --- the key -----------------------------------------------------------------------------------


def _support(item: LintItem, said: str, paragraphs: Sequence[Paragraph]) -> Iterator[Refusal]:
    match item.kind.proof(item.content):
        case "statement":
            yield from _true(item, said)
        case "denial":
            yield from _false(item, said)
        case Figure() as figure:
            yield from _figure(item, figure, said)
            yield from _stem(item, said)
        case "gaps":
            yield from _cloze(item, said, paragraphs)
        case _:
            yield from _keys(item, said, paragraphs)
            yield from _stem(item, said)


def _keys(item: LintItem, said: str, paragraphs: Sequence[Paragraph]) -> Iterator[Refusal]:
    article = " ".join(paragraph.text for paragraph in paragraphs)
    for key in item.keys:
        if not any(_stands(form, said, article) for form in (key, *_plain(item.outline.accept))):
            yield Refusal(
                "key",
                _(
                    "“{key}” isn’t in the quoted sentence. Quote the sentence that says so, or correct "
                    "the answer."
                ).format(key=key),
            )


def _stands(key: str, said: str, article: str) -> bool:
    """All words of the key in the quotation; or some, where the whole key is a name in the article; or
    the same figure in another spelling."""
    figures = {word for word in words(key) if word[0].isdigit()}
    wanted = (content_words(key) | figures) or frozenset(words(key))
    there = content_words(said) | frozenset(words(said))
    if wanted <= there:
        return True
    if wanted & there and f" {folded(key)} " in f" {folded(article)} " and key[:1].isupper():
        return True
    quantity = numbers.parse(key)
    return quantity is not None and quantity.value in _values(said)


def _figure(item: LintItem, figure: Figure, said: str) -> Iterator[Refusal]:
    unit = numbers.parse_unit(figure.unit)
    scale = unit[0] if unit else Decimal(1)
    low, high = figure.low, figure.high
    if not any(low <= value <= high or low * scale <= value <= high * scale for value in _values(said)):
        shown = item.keys[0]
        yield Refusal(
            "key",
            _(
                "The figure {shown} isn’t in the quoted sentence. Correct the value, or quote another "
                "sentence."
            ).format(shown=shown),
        )


_FIGURE = re.compile(
    r"(?:US\$|[$€£])? ?\d[\d,]*(?:\.\d+)?(?: (?:thousand|million|billion|trillion|bn))?"
    r"|\b(?:[a-z]+[- ])?[a-z]+\b",
    re.IGNORECASE,
)


def _values(text: str) -> frozenset[Decimal]:
    """Every figure of a text, in digits or in a word or two, with and without its scale."""
    found = set()
    for match in _FIGURE.finditer(normal(text).replace(", ", " , ")):
        for written in (match.group(), *match.group().split()):
            quantity = numbers.parse(written)
            if quantity:
                found |= {quantity.value, quantity.value / quantity.scale}
    return frozenset(found)


def _cloze(item: LintItem, said: str, paragraphs: Sequence[Paragraph]) -> Iterator[Refusal]:
    given, there = words(item.filled_stem), words(said)
    if not _follows(given, there) and not _names_in_full(item.filled_stem, said, paragraphs):
        yield Refusal(
            "statement",
            _(
                "With its gaps filled, the text doesn’t match the quoted sentence. Keep to the words of the "
                "sentence (you can leave some out), or ask a question instead."
            ),
        )


_STANDS_FOR = re.compile(r"\b(?:he|she|it|they|his|her|its|their|the [a-z]+)\b", re.IGNORECASE)


def _names_in_full(filled: str, said: str, paragraphs: Sequence[Paragraph]) -> bool:
    """Whether it follows the sentence but for one name, which the article writes so, in the place of “she”,
    “the tunnel” or a part of that name."""
    found = _written(filled)
    article = " ".join(paragraph.text for paragraph in paragraphs)
    there = words(said)
    for start, end in combinations(range(len(found) + 1), 2):
        named = found[start:end]
        if len(named) > MOST_MOVED or not (named[-1][0].isupper() and _phrase(" ".join(named), article)):
            continue
        shorter = words(named[-1])[0] in there or _STANDS_FOR.search(said)
        rest = words(" ".join((*found[:start], *found[end:])))
        if shorter and _follows(rest, there):
            return True
    return False


def _follows(given: Sequence[str], there: Sequence[str]) -> bool:
    """Whether the words are there in this order; a phrase of up to five words, which is there as it
    is, may have moved to the front or to the end."""
    cuts = [(given, given[:0])]
    for size in range(1, min(MOST_MOVED, len(given) // 2) + 1):
        cuts += [(given[size:], given[:size]), (given[:-size], given[-size:])]
    flow = f" {' '.join(there)} "
    return any(_in_order(kept, there) and f" {' '.join(moved)} " in f" {flow}" for kept, moved in cuts)


def _in_order(given: Sequence[str], there: Sequence[str]) -> bool:
    left = iter(there)
    return all(word in left for word in given)


# --- statements --------------------------------------------------------------------------------


def _true(item: LintItem, said: str) -> Iterator[Refusal]:
    missing = _missing(item.stem, said)
    wanted = content_words(item.stem)
    telling = [word for word in missing if word[0].isupper() or word[0].isdigit()]
    if telling or len(missing) > (1 - COVERED) * len(wanted):
        shown = ", ".join(f"“{word}”" for word in (telling or missing)[:4])
        yield Refusal(
            "statement",
            _("The quoted sentence doesn’t say {shown}. Quote the sentence that does, or remove it.").format(
                shown=shown
            ),
        )


def _false(item: LintItem, said: str) -> Iterator[Refusal]:
    spots = [index for index, word in enumerate(_written(item.stem)) if not _said(word, said)]
    if not spots:
        yield Refusal(
            "statement",
            _("The quoted sentence says exactly this, so it can’t be false. Change one thing in it."),
        )
        return
    between = _written(item.stem)[spots[0] : spots[-1] + 1]
    several = [word for word in between if content_words(word) and _said(word, said)]
    if several or len(between) > MOST_SWAPPED:
        yield Refusal(
            "statement",
            _(
                "It differs from the quoted sentence in more than one place, so it isn’t clear which part is "
                "wrong. Change only one name or one figure."
            ),
        )


def _written(text: str) -> list[str]:
    return [match.group() for match in WORD.finditer(text)]


def _said(word: str, said: str) -> bool:
    """Figures and names must be there as they are; other words may have another ending."""
    if word[0].isdigit() or (word[0].isupper() and content_words(word)):
        return folded(word) in words(said)
    return content_words(word) <= content_words(said)


def _missing(text: str, said: str) -> list[str]:
    found = _written(text)
    return [
        word
        for index, word in enumerate(found)
        if not (content_words(word) <= content_words(said) if index == 0 else _said(word, said))
    ]


# --- the question ------------------------------------------------------------------------------


def _stem(item: LintItem, said: str) -> Iterator[Refusal]:
    asked = content_words(item.stem)
    figures = {word for word in words(item.stem) if word[0].isdigit()} - set(words(said))
    if figures:
        yield Refusal(
            "stem",
            _(
                "The question names {figures}, which the quoted sentence doesn’t. Remove it, or quote a "
                "sentence that does."
            ).format(figures=", ".join(sorted(figures))),
        )
    elif asked and len(asked & content_words(said)) < GROUNDED * len(asked):
        yield Refusal(
            "stem",
            _(
                "The question is about something else than the quoted sentence. Quote the sentence it is "
                "about."
            ),
        )


# --- wrong answers -----------------------------------------------------------------------------


def _wrong(item: LintItem, said: str, nearby: Sequence[Sentence]) -> Iterator[Refusal]:
    if not item.kind.has_own_distractors:
        return
    asked = content_words(item.filled_stem)
    keys = [frozenset(words(key)) for key in (*item.keys, *_plain(item.outline.accept))]
    for wrong in item.distractors:
        told = frozenset(words(wrong))
        if any(told < key or key < told for key in keys):
            yield Refusal(
                "distractors",
                _("“{wrong}” may be another name for the right answer. Replace it.").format(wrong=wrong),
            )
        elif _phrase(wrong, said):
            yield Refusal(
                "distractors",
                _("“{wrong}” is in the quoted sentence too, so it may also be right. Replace it.").format(
                    wrong=wrong
                ),
            )
        elif any(_phrase(wrong, each.text) and _shares(asked, each) for each in nearby):
            yield Refusal(
                "distractors",
                _("A sentence nearby says something similar about “{wrong}”. Replace it.").format(
                    wrong=wrong
                ),
            )


def _phrase(phrase: str, text: str) -> bool:
    told = folded(phrase)
    return bool(told) and f" {told} " in f" {folded(text)} "


def _shares(asked: frozenset[str], sentence: Sentence) -> bool:
    return len(asked & content_words(sentence.text)) * 2 > len(asked)


def _nearby(where: Sequence[Sentence], paragraphs: Sequence[Paragraph]) -> list[Sentence]:
    """The other sentences of the paragraph quoted and of those beside it."""
    number = where[0].paragraph
    near = [paragraph for paragraph in paragraphs if abs(paragraph.number - number) <= 1]
    return [sentence for paragraph in near for sentence in paragraph.sentences if sentence not in where]


def _plain(texts: Iterable[str]) -> Iterator[str]:
    return (markup.plain(text) for text in texts)
