"""What an attempt is worth: the mean of its questions' scores, an unanswered one counting 0."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Result(NamedTuple):
    """points: the sum of the scores; questions: how many were asked; right: fully right ones."""

    points: float
    questions: int
    right: int
    answered: int

    @property
    def share(self) -> float:
        """Between 0 and 1; 0 for an attempt without questions."""
        return self.points / self.questions if self.questions else 0.0


def result(scores: Sequence[float | None]) -> Result:
    """The result of an attempt from its questions' scores; None = not answered."""
    given = [score for score in scores if score is not None]
    return Result(sum(given), len(scores), sum(score >= 1 for score in given), len(given))
