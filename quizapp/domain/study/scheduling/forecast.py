"""What is coming, by day, and how true the predictions of recall were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import sqrt
from typing import NamedTuple

BINS = 10  # predictions are gathered by tenths
NORMAL_95 = 1.959963984540054  # the 97.5 % quantile of the normal distribution


def forecast(due_counts: Mapping[int, int], today: int, days: int) -> tuple[int, ...]:
    """How many cards come due on each of the coming `days`, today first.

    due_counts: cards by due day. What is overdue waits today; answers to come are not foreseen.
    """
    overdue = sum(count for day, count in due_counts.items() if day < today)
    coming = [due_counts.get(day, 0) for day in range(today, today + days)]
    return (coming[0] + overdue, *coming[1:]) if coming else ()


class Tally(NamedTuple):
    """Answers whose predicted recall fell into one bin.

    predicted: sum of the predictions; right: sum of the scores.
    """

    answers: int
    predicted: float
    right: float


class CalibrationPoint(NamedTuple):
    """Predicted beside observed recall. low, high: a 95 % interval around the observed share."""

    answers: int
    predicted: float
    observed: float
    low: float
    high: float

    @property
    def holds(self) -> bool:
        """Whether the prediction lies within what was observed, chance allowed for."""
        return self.low <= self.predicted <= self.high


def bin_of(predicted: float) -> int:
    """The bin, 0 to 9, of a predicted recall between 0 and 1."""
    return min(int(predicted * BINS), BINS - 1)


def tally(answers: Iterable[tuple[float, float]]) -> dict[int, Tally]:
    """Gather (predicted recall, score) pairs by bin; bins without answers are absent."""
    found: dict[int, Tally] = {}
    for predicted, score in answers:
        so_far = found.get(bin_of(predicted), Tally(0, 0.0, 0.0))
        found[bin_of(predicted)] = Tally(
            so_far.answers + 1, so_far.predicted + predicted, so_far.right + score
        )
    return found


def calibration(bins: Mapping[int, Tally]) -> tuple[CalibrationPoint, ...]:
    """One point for each bin that holds answers, in rising order of prediction."""
    return tuple(_point(each) for _, each in sorted(bins.items()) if each.answers > 0)


def wilson(right: float, answers: int, quantile: float = NORMAL_95) -> tuple[float, float]:
    """The Wilson score interval of a share, `answers` ≥ 1 (E. B. Wilson, JASA 22, 1927).

    Unlike the textbook ± it stays within [0, 1] and is honest with three answers.
    """
    share = right / answers
    square = quantile * quantile / answers
    middle = share + square / 2
    spread = quantile * sqrt(share * (1 - share) / answers + square / (4 * answers))
    return max(0.0, (middle - spread) / (1 + square)), min(1.0, (middle + spread) / (1 + square))


def _point(each: Tally) -> CalibrationPoint:
    low, high = wilson(each.right, each.answers)
    return CalibrationPoint(each.answers, each.predicted / each.answers, each.right / each.answers, low, high)
