"""What a learner can say is wrong with a question, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never

from quizapp.domain.language.translation import _

LONGEST_TEXT = 500
LONGEST_REPLY = 500
MOST_AN_HOUR = 10  # reports of one learner
MOST_OPEN = 50  # reports on one item: what more would say is known by then
HOUR = timedelta(hours=1)


class Reason(StrEnum):
    """What is wrong with a question."""

    WRONG_KEY = "wrong_key"
    UNCLEAR = "unclear"
    TYPO = "typo"
    OUTDATED = "outdated"

    @property
    def words(self) -> str:
        """As the form and the queue say it."""
        match self:
            case Reason.WRONG_KEY:
                return _("The answer is wrong")
            case Reason.UNCLEAR:
                return _("The question is unclear")
            case Reason.TYPO:
                return _("A typo")
            case Reason.OUTDATED:
                return _("It’s out of date")
        assert_never(self)  # pragma: no cover


class Outcome(StrEnum):
    """Where a report stands."""

    OPEN = "open"
    FIXED = "fixed"
    DECLINED = "declined"


def too_often(made: Iterable[datetime], now: datetime) -> bool:
    """Whether a learner who reported at these moments has to wait before the next report."""
    return sum(now - at < HOUR for at in made) >= MOST_AN_HOUR
