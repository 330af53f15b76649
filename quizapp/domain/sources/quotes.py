"""Naming a sentence by its words: the text-quote selector of the W3C Web Annotation Data Model (§4.2.4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from quizapp.domain.sources.passages import Paragraph

AROUND = 32  # characters kept of what is before and after, enough to tell twins apart


class Quote(NamedTuple):
    """A sentence's words, and what stands right before and after them in the article."""

    exact: str
    prefix: str = ""
    suffix: str = ""


def quotes(paragraphs: Iterable[Paragraph]) -> dict[tuple[int, int], Quote]:
    """The quote of every sentence, by (paragraph, sentence)."""
    sentences = [sentence for part in paragraphs for sentence in part.sentences]
    texts = [sentence.text for sentence in sentences]
    return {
        (sentence.paragraph, sentence.sentence): Quote(
            sentence.text, _before(texts, place), _after(texts, place)
        )
        for place, sentence in enumerate(sentences)
    }


def agreement(one: Quote, other: Quote) -> float:
    """How far the surroundings of two quotes are the same, 0 to 1, counted from the sentence outwards."""
    before = _common(one.prefix[::-1], other.prefix[::-1])
    after = _common(one.suffix, other.suffix)
    longest = max(len(one.prefix), len(other.prefix)) + max(len(one.suffix), len(other.suffix))
    return (before + after) / longest if longest else 1.0


def _before(texts: Sequence[str], place: int) -> str:
    found = ""
    while place and len(found) < AROUND:
        place -= 1
        found = f"{texts[place]} {found}"
    return found[-AROUND:]


def _after(texts: Sequence[str], place: int) -> str:
    found = ""
    for text in texts[place + 1 :]:
        if len(found) >= AROUND:
            break
        found = f"{found} {text}"
    return found[:AROUND]


def _common(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
