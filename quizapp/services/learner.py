"""A learner as the scheduler knows them: zone, weights, target recall, limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from quizapp.domain.scheduling.day import study_day
from quizapp.domain.scheduling.fsrs import DEFAULT_WEIGHTS, Weights
from quizapp.settings import Settings
from quizapp.storage.accounts import Account


@dataclass(frozen=True, kw_only=True)
class Learner:
    """What scheduling needs of an account. target: desired retention; maximum_interval in days.

    Class weights, offsets and an exam date will come in here.
    """

    id: int
    zone: ZoneInfo
    target: float
    maximum_interval: int
    new_per_day: int
    four_ratings: bool
    weights: Weights = DEFAULT_WEIGHTS

    def today(self, now: datetime) -> int:
        """The learner's study day."""
        return study_day(now, self.zone)


def learner_of(account: Account, settings: Settings) -> Learner:
    """The learner that an account is, with the site's settings where it has none of its own."""
    return Learner(
        id=account.id,
        zone=ZoneInfo(account.zone),
        target=settings.desired_retention if account.desired_retention is None else account.desired_retention,
        maximum_interval=settings.maximum_interval,
        new_per_day=settings.new_per_day if account.new_per_day is None else account.new_per_day,
        four_ratings=account.four_ratings,
    )
