"""trafilatura's opinion of a page, asked where our own may have thrown away the article.

Our rules are the better judge where both find about the same text (docs/adr/0011). Where
trafilatura finds much more, what it keeps of the running text we struck for its place or its names is
brought back; what was struck for its words (notices, captions, bylines) stays struck.
"""

from __future__ import annotations

import logging
import re
from dataclasses import replace

import trafilatura

from quizapp.domain.articles.blocks import Block, Extracted, Why

MUCH_MORE, AT_LEAST = 1.3, 60  # how many times our words trafilatura must find, and how many more
SHORTEST = 60  # characters of running text
_WORD = re.compile(r"\w+")
_FALLIBLE = frozenset(
    {
        Why.OUTSIDE,
        Why.SIDE,
        Why.FORM,
        Why.HIDDEN,
        Why.NAVIGATION,
        Why.REFERENCES,
        Why.NOTICE,
        Why.ADVERTISEMENT,
    }
)


def with_second_opinion(html: str, ours: Extracted) -> Extracted:
    """Our article, with what we must have missed brought back."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        theirs = trafilatura.extract(html, include_comments=False, include_tables=True) or ""
    except Exception:  # noqa: BLE001 it is an opinion only; whatever stops it, ours stands
        return ours
    words = _WORD.findall(theirs)
    found = len(_WORD.findall(ours.text))
    if len(words) <= max(MUCH_MORE * found, found + AT_LEAST):
        return ours
    known = set(_shingles(words))
    return replace(ours, blocks=tuple(_judged(block, known) for block in ours.blocks))


def _judged(block: Block, known: set[tuple[str, ...]]) -> Block:
    if block.why not in _FALLIBLE or len(block.text) < SHORTEST:
        return block
    runs = _shingles(_WORD.findall(block.text))
    agreed = sum(run in known for run in runs)
    return replace(block, kept=True, why=None) if runs and agreed > 0.8 * len(runs) else block


def _shingles(words: list[str]) -> list[tuple[str, ...]]:
    """Every run of four words."""
    return [tuple(words[place : place + 4]) for place in range(len(words) - 3)]
