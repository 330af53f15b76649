"""A student's attempts at a quiz: whether another may begin, and which one counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple


class Attempted(NamedTuple):
    """An attempt in numbers. points: what was got of the possible ones; last_at: of its last answer."""

    points: float
    questions: int
    answered: int
    begun_at: datetime
    last_at: datetime | None
    finished_at: datetime | None
    possible: float
    id: str = ""

    @property
    def share(self) -> float:
        return self.points / self.possible if self.possible else 0.0

    @property
    def active_at(self) -> datetime:
        """When the student last did anything in it."""
        return max(filter(None, (self.begun_at, self.last_at, self.finished_at)))


def may_begin(attempts: Sequence[Attempted], allowed: int | None) -> bool:
    """Whether another attempt may begin: none is open, and fewer than allowed (None: any number) were."""
    if any(each.finished_at is None for each in attempts):
        return False
    return allowed is None or len(attempts) < allowed


def counting(attempts: Sequence[Attempted], due_at: datetime, *, closed: bool) -> Attempted | None:
    """The attempt that counts: the best, of equals one in time, and of those the first; None without any.

    What was finished counts, and once the assignment has closed also what was answered of the rest.
    """
    ended = [each for each in attempts if each.finished_at is not None or (closed and each.answered)]
    return min(ended, key=lambda each: (-each.share, is_late(each, due_at), each.begun_at), default=None)


def is_late(attempt: Attempted, due_at: datetime) -> bool:
    """Late is an attempt with an answer given after the due moment, whenever it was finished."""
    return attempt.last_at is not None and attempt.last_at > due_at
