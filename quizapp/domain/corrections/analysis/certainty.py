"""How sure a figure is: ranges and exact tests that need only counts and sums."""

from __future__ import annotations

import math
from typing import NamedTuple

LIKELY = 1.959964  # standard deviations: 95 of 100
SURE = 2.575829  # 99 of 100, for what is said of a question by itself: decks hold many questions


class Correlation(NamedTuple):
    """A correlation of n pairs and the range in which the true one lies with 95 %, and with 99 %."""

    value: float
    pairs: int
    likely: tuple[float, float]
    sure: tuple[float, float]


class Sums(NamedTuple):
    """Pairs (x, y) summed up: how many, Σx, Σx², Σy, Σy², Σxy."""

    pairs: int
    x: float
    xx: float
    y: float
    yy: float
    xy: float


def correlation(sums: Sums) -> Correlation | None:
    """Pearson's correlation; None of fewer than four pairs, or where x or y is always the same.

    Ranges by R. A. Fisher's transformation (Metron 1, 1921): atanh r is nearly normal with standard
    deviation 1/√(n − 3).
    """
    if sums.pairs < 4:
        return None
    spread_x = sums.pairs * sums.xx - sums.x**2
    spread_y = sums.pairs * sums.yy - sums.y**2
    # What rounding leaves of a sum of squares is no spread.
    if spread_x <= 1e-9 * sums.pairs * max(sums.xx, 1e-9) or spread_y <= 1e-9 * sums.pairs * max(
        sums.yy, 1e-9
    ):
        return None
    raw = (sums.pairs * sums.xy - sums.x * sums.y) / math.sqrt(spread_x * spread_y)
    value = max(-1.0, min(1.0, raw))
    return Correlation(value, sums.pairs, _range(value, sums.pairs, LIKELY), _range(value, sums.pairs, SURE))


def _range(value: float, pairs: int, deviations: float) -> tuple[float, float]:
    inside = max(-0.999999, min(0.999999, value))
    half = deviations / math.sqrt(pairs - 3)
    return math.tanh(math.atanh(inside) - half), math.tanh(math.atanh(inside) + half)


def share(right: float, answers: int, deviations: float = LIKELY) -> tuple[float, float]:
    """The range of the true share of right answers; (0, 1) without answers.

    E. B. Wilson, JASA 22 (1927). Partly right answers may be counted as parts: their spread is smaller,
    so the range errs on the wide side.
    """
    if not answers:
        return 0.0, 1.0
    square, found = deviations**2, right / answers
    middle = (found + square / (2 * answers)) / (1 + square / answers)
    spread = max(0.0, found * (1 - found)) / answers + square / (4 * answers**2)
    half = deviations * math.sqrt(spread) / (1 + square / answers)
    return max(0.0, middle - half), min(1.0, middle + half)


def by_chance(more: int, fewer: int) -> float:
    """How probable it is that, of more + fewer cases that fall either way alike, at least `more` fall the
    one way (the sign test, exact)."""
    cases = more + fewer
    ways = sum(math.comb(cases, number) for number in range(more, cases + 1))
    return float(ways / 2**cases)
