"""From a class's wall clock to the moment in UTC, right also on days on which clocks change.

A time that the clock shows twice is the later of the two where something ends then, else the earlier.
A time that it leaves out is the moment at which it jumps over it. Assignments keep only the moment.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo

INSTANT = timedelta(microseconds=1)
SECOND = timedelta(seconds=1)


def moment_of(wall: datetime, zone: tzinfo, *, ends: bool = False) -> datetime:
    """The moment in UTC at which the clocks of a zone show this time (without a zone of its own).

    ends: something ends then, so of two such moments it is the later.
    """
    readings = [wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
    shown = [at for at in readings if at.astimezone(zone).replace(tzinfo=None) == wall]
    if shown:
        return max(shown) if ends else min(shown)
    return _first(min(readings), max(readings), lambda at: at.astimezone(zone).replace(tzinfo=None) > wall)


def day_ends(day: date, zone: tzinfo) -> datetime:
    """The moment in UTC at which a calendar date is over for good: clocks that are set back over midnight
    show the evening's last hour twice."""
    midnight = datetime.combine(day + timedelta(days=1), time())
    readings = [midnight.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
    for at in sorted(readings, reverse=True):
        if (at - INSTANT).astimezone(zone).date() <= day < at.astimezone(zone).date():
            return at
    return _first(min(readings), max(readings), lambda at: at.astimezone(zone).date() > day)


def ended_day(at: datetime, zone: tzinfo) -> date | None:
    """The date that is over at this moment and was not before; None within a day."""
    day = (at - INSTANT).astimezone(zone).date()
    return day if at.astimezone(zone).date() > day and day_ends(day, zone) == at else None


def _first(before: datetime, after: datetime, passed: Callable[[datetime], bool]) -> datetime:
    """The moment of a jump, which is at a whole second: the first after `before` that has passed it."""
    while after - before > SECOND:
        middle = before + SECOND * ((after - before) // SECOND // 2)
        if passed(middle):
            after = middle
        else:
            before = middle
    return after
