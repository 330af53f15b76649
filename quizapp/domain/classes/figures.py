"""Figures of a class that are honest with small numbers: ranges, not decimals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from quizapp.domain.language.text import percent, percents

WIDEST_AS_ONE = 0.1  # a narrower range is told as one number
STEP = 5  # per cent; ranges end on multiples of this


class Range(NamedTuple):
    """From low to high, both included."""

    low: int
    high: int


def likely_share(right: int, answers: int) -> tuple[float, float] | None:
    """The range in which the true share of right answers lies with 95 %; None without answers.

    E. B. Wilson, “Probable inference, the law of succession, and statistical inference”, JASA 22 (1927).
    """
    if not answers:
        return None
    z = 1.959964
    share = right / answers
    middle = (share + z * z / (2 * answers)) / (1 + z * z / answers)
    spread = share * (1 - share) / answers + z * z / (4 * answers * answers)
    half = z * math.sqrt(spread) / (1 + z * z / answers)
    return max(0.0, middle - half), min(1.0, middle + half)


def share_in_words(right: int, answers: int) -> str:
    """ "45–90 %"; one number where so much was answered that it means something; "" without answers."""
    found = likely_share(right, answers)
    if found is None:
        return ""
    low, high = found
    if high - low < WIDEST_AS_ONE:
        return percent(right / answers)
    return percents(math.floor(100 * low / STEP) * STEP, math.ceil(100 * high / STEP) * STEP)


def middle_half(values: Sequence[int]) -> Range | None:
    """The range that holds the middle half of the values; None of fewer than four."""
    if len(values) < 4:
        return None
    ordered, cut = sorted(values), len(values) // 4
    return Range(ordered[cut], ordered[-1 - cut])
