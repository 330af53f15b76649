"""Which of several attempts a gradebook counts: the best, the last, or the mean of all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from statistics import fmean

from quizapp.domain.classes.attempts import Attempted, counting


class Rule(StrEnum):
    """The rule of a gradebook."""

    BEST = "best"
    LAST = "last"
    MEAN = "mean"


def mark(rule: Rule, attempts: Sequence[Attempted], due_at: datetime, *, closed: bool) -> float | None:
    """A share in [0, 1] of what could be got; None where nothing counts yet. closed: the assignment is over,
    so that what was answered of an attempt counts, too."""
    ended = [each for each in attempts if each.finished_at is not None or (closed and each.answered)]
    if not ended:
        return None
    if rule is Rule.MEAN:
        return fmean(each.share for each in ended)
    if rule is Rule.LAST:
        return max(ended, key=lambda each: each.begun_at).share
    best = counting(attempts, due_at, closed=closed)
    return None if best is None else best.share
