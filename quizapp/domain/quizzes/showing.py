"""When a learner may know how answers in a quiz were graded: one rule for pages and downloads."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Shown(Protocol):
    """What of an attempt the rule looks at. feedback: `now`, `end` or `due`."""

    @property
    def feedback(self) -> str: ...
    @property
    def finished_at(self) -> datetime | None: ...
    @property
    def shown_at(self) -> datetime | None: ...


def result_shown(attempt: Shown) -> bool:
    """Whether the result of an attempt may be seen: once it is finished; with feedback `due` once the
    learner has opened the answers, which they can when no one may answer any more."""
    return attempt.finished_at is not None and (attempt.feedback != "due" or attempt.shown_at is not None)


def grade_shown(attempt: Shown, answered_at: datetime | None) -> bool:
    """Whether the grade of one answer may be seen: at once with feedback `now`, else with the result."""
    return answered_at is not None and (attempt.feedback == "now" or result_shown(attempt))
