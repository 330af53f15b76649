"""A learner as the services know them: zone, the parameters of their scheduling, their limits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from quizapp.domain.study.scheduling.parameters import Parameters, weights_of
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account


@dataclass(frozen=True, kw_only=True)
class Learner:
    """What scheduling needs of an account. new_per_day: new items a study day; one_tap, week_goal: see
    `Account`; easy_days: weekdays (0 Monday … 6 Sunday) on which they want less."""

    id: int
    zone: ZoneInfo
    parameters: Parameters
    new_per_day: int
    four_ratings: bool
    one_tap: str = "touch"
    week_goal: int = 0
    easy_days: frozenset[int] = frozenset()

    def today(self, now: datetime) -> int:
        """The learner's study day (its ordinal)."""
        return self.parameters.study_day(now, self.zone)

    def aiming(self, target: float | None) -> Learner:
        """The same learner where a deck has a target recall of its own (None: it has none)."""
        if target is None or target == self.parameters.retention:
            return self
        return replace(self, parameters=msgspec.structs.replace(self.parameters, retention=target))


def learner_of(account: Account, settings: Settings) -> Learner:
    """The learner that an account is, with the site's settings where it has none of its own."""
    retention = settings.desired_retention if account.desired_retention is None else account.desired_retention
    return Learner(
        id=account.id,
        zone=ZoneInfo(account.zone),
        parameters=Parameters(
            weights=weights_of(account.weights), retention=retention, maximum=settings.maximum_interval
        ),
        new_per_day=settings.new_per_day if account.new_per_day is None else account.new_per_day,
        four_ratings=account.four_ratings,
        one_tap=account.one_tap,
        week_goal=account.week_goal,
        easy_days=frozenset(map(int, account.easy_days)),
    )
