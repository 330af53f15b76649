"""An assignment's terms: when answers are taken, which are late, and when answers may be seen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

SOON = timedelta(hours=24)


class Sort(StrEnum):
    """What an assignment asks for."""

    STUDY = "study"  # know this deck by the due day
    QUIZ = "quiz"  # take a quiz, which is scored


class LateRule(StrEnum):
    """What happens after the due moment."""

    CLOSED = "closed"  # nothing is taken
    LATE = "late"  # taken and marked late, until the last moment if there is one


class Feedback(StrEnum):
    """When the answers of a quiz are shown."""

    NOW = "now"  # after each answer, which is final
    END = "end"  # after finishing; until then answers can be changed
    DUE = "due"  # after finishing, and not before no one's due moment is still to come


@dataclass(frozen=True, kw_only=True)
class Terms:
    """The terms as they hold for one student (`extended`) or for the class. Moments are in UTC.

    The due and the last moment themselves still count; what comes a microsecond later does not.
    last_at: only with the late rule LATE; None: taken for ever.
    """

    opens_at: datetime
    due_at: datetime
    late_rule: LateRule = LateRule.CLOSED
    last_at: datetime | None = None

    def extended(self, due_at: datetime | None) -> Terms:
        """The terms of a student with a due moment of their own; it never shortens anything."""
        return self if due_at is None else replace(self, due_at=max(self.due_at, due_at))

    @property
    def closes_at(self) -> datetime | None:
        """The last moment at which anything is taken; None: never over."""
        if self.late_rule is LateRule.CLOSED:
            return self.due_at
        return None if self.last_at is None else max(self.due_at, self.last_at)

    def has_closed(self, at: datetime) -> bool:
        closes_at = self.closes_at
        return closes_at is not None and at > closes_at

    def takes(self, at: datetime) -> bool:
        """Whether an answer given at this moment is taken."""
        return self.opens_at <= at and not self.has_closed(at)

    def is_late(self, at: datetime) -> bool:
        return at > self.due_at


def shown_from(terms: Terms, extensions: list[datetime]) -> datetime:
    """The moment after which answers of a quiz with feedback DUE may be seen by everyone: when no one,
    with an extension or late, can answer any more. Where late answers are taken for ever, when the last
    due moment has passed."""
    return max(terms.closes_at or terms.due_at, terms.due_at, *extensions)
