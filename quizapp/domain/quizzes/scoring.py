"""What an attempt is worth: its questions' scores, each a share of its points; an unanswered one gets 0."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Result(NamedTuple):
    """points: what was got of the possible ones; questions: how many were asked; right: fully right ones."""

    points: float
    questions: int
    right: int
    answered: int
    possible: float

    @property
    def share(self) -> float:
        """Between 0 and 1; 0 for an attempt without questions."""
        return self.points / self.possible if self.possible else 0.0


def result(scores: Sequence[float | None], worth: Sequence[float]) -> Result:
    """The result of an attempt from its questions' scores (None: not answered) and what each is worth."""
    given = [score for score in scores if score is not None]
    points = sum(score * each for score, each in zip(scores, worth, strict=True) if score is not None)
    return Result(points, len(scores), sum(score >= 1 for score in given), len(given), sum(worth))
