"""Measures on sets of words, shared by the bank's rules and the finder of near-duplicates."""

from __future__ import annotations

import re
from collections.abc import Mapping

from quizapp.domain.language.typography import compatible
from quizapp.domain.language.words import content_words, folded

NEAR = 0.8  # shared content words of two stems, as a share of all (Jaccard)
GRAM = 3  # letters

_DOUBLED = re.compile(r"([bdgklmnprt])\1$")  # shipp-ed, stopp-ing
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared members as a share of all; 0 for two empty sets."""
    return len(one & other) / (len(one | other) or 1)


def containment(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared members as a share of the smaller set; 0 where one is empty."""
    return len(one & other) / (min(len(one), len(other)) or 1)


def figures(found: frozenset[str]) -> frozenset[str]:
    """The members that begin with a digit."""
    return frozenset(word for word in found if word[0].isdigit())


def shingles(text: str) -> frozenset[str]:
    """What a text is about: its content words; of scripts without spaces, pairs of characters."""
    normal = compatible(text)
    pairs = {run[at : at + 2] for run in _UNSPACED.findall(normal) for at in range(max(1, len(run) - 1))}
    words = content_words(_UNSPACED.sub(" ", normal))
    return frozenset(_DOUBLED.sub(r"\1", word) for word in words) | pairs


def grams(text: str) -> frozenset[str]:
    """Runs of three letters of the folded text: alike for texts that differ in an ending or a slip."""
    padded = f" {folded(text)} "
    return frozenset(padded[at : at + GRAM] for at in range(len(padded) - GRAM + 1))


def rarest(found: frozenset[str], frequency: Mapping[str, int], near: float = NEAR) -> list[str]:
    """The members of which two sets at least `near` alike always share one, the rarest first."""
    ordered = sorted(found, key=lambda word: (frequency.get(word, 0), word))
    return ordered[: int((1 - near) * len(ordered)) + 1]
