"""Words as the lint rules compare them: folded, without endings, with the everyday ones left out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from quizapp.domain.language.typography import decomposed

WORD = re.compile(r"\d+(?:[.,]\d+)*\w*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")

FEWEST_TEXTS = 20
COMMON_SHARE = 0.1

STOP_WORDS = frozenset(
    "a about after all also am an and another any are as at be because been before being between both "
    "but by can could did do does doing during each either every few for from further had has have "
    "having he her here him his how i if in into is it its itself less like made make many may might "
    "more most much must near no nor not now of off on once one only or other our out over own per same "
    "she should since so some such than that the their them then there these they this those through to "
    "too under until up upon us used using very was we were what when where which while who whom whose "
    "why will with within without would yet you your according following said say says called named "
    "give given two three".split()
)


def words(text: str) -> tuple[str, ...]:
    """The words of a text in order: case, accents and a possessive's ’s folded away."""
    return tuple(_fold(match.group()) for match in WORD.finditer(text))


def folded(text: str) -> str:
    """The words alone, one space between them: equal for texts that differ in typography only."""
    return " ".join(words(text))


@lru_cache(maxsize=16_384)
def content_words(text: str) -> frozenset[str]:
    """What a text is about: its words without endings, the everyday words left out."""
    return frozenset(_root(word) for word in words(text) if word not in STOP_WORDS and len(word) > 1)


def common_words(texts: Sequence[str]) -> frozenset[str]:
    """Words that so many of the texts hold that sharing one says nothing; none in a small set."""
    if len(texts) < FEWEST_TEXTS:
        return frozenset()
    frequency = Counter(word for text in texts for word in content_words(text))
    return frozenset(word for word, count in frequency.items() if count > COMMON_SHARE * len(texts))


@lru_cache(maxsize=32_768)
def _fold(word: str) -> str:
    apart = decomposed(_POSSESSIVE.sub("", word).replace("’", "'").casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


@lru_cache(maxsize=32_768)
def _root(word: str) -> str:
    """The word without a plural's or a verb's ending; crude, and alike for both sides compared."""
    if word[0].isdigit():
        return word
    for ending in ("ies", "ing", "ed", "es", "s", "y", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


class Amount(NamedTuple):
    """A figure and what it counts, from a text with one figure: “about 240.1 billion dollars”."""

    value: Decimal
    unit: str


_SCALES = {
    "thousand": Decimal(10**3),
    "million": Decimal(10**6),
    "mn": Decimal(10**6),
    "m": Decimal(10**6),
    "billion": Decimal(10**9),
    "bn": Decimal(10**9),
    "trillion": Decimal(10**12),
}
_FIGURE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_LETTERS = re.compile(r"[^\W\d_]+|[$€£¥%]")


def amount(text: str) -> Amount | None:
    """The one figure of a text, scale words multiplied in; None where there is none or several."""
    figures = _FIGURE.findall(text)
    if len(figures) != 1:
        return None
    value = Decimal(figures[0].replace(",", ""))
    unit = []
    for word in _LETTERS.findall(_FIGURE.sub(" ", text).casefold()):
        value *= _SCALES.get(word, 1)
        unit += [] if word in _SCALES else [word]
    return Amount(value, " ".join(unit))
