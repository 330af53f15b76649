"""Which backups are kept: the newest of each of the last days, weeks and months that have one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Rules:
    """How many days, weeks and months keep a backup; all 0: none is made by itself."""

    daily: int
    weekly: int
    monthly: int

    @property
    def any(self) -> bool:
        return bool(self.daily or self.weekly or self.monthly)

    def kept(self, made: Iterable[datetime]) -> frozenset[datetime]:
        """Those that stay. Days without a backup do not count, so that a wrong clock or a long pause
        lets none go that has no successor."""
        newest_first = sorted(made, reverse=True)
        return frozenset(
            moment
            for count, period in ((self.daily, _day), (self.weekly, _week), (self.monthly, _month))
            for moment in _newest(newest_first, count, period)
        )


def _newest(newest_first: list[datetime], count: int, period: Callable[[datetime], Any]) -> list[datetime]:
    by_period: dict[Any, datetime] = {}
    for moment in newest_first:
        by_period.setdefault(period(moment), moment)
    return list(by_period.values())[:count]


def _day(moment: datetime) -> Any:
    return moment.date()


def _week(moment: datetime) -> Any:
    return moment.isocalendar()[:2]


def _month(moment: datetime) -> Any:
    return (moment.year, moment.month)
