"""The study day: a learner's local date, rolling over in the small hours.

Elapsed time between answers is the difference of two study days, never a count of 24 hours: an
evening's answer and the next morning's are one day apart.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

ROLLOVER_HOURS = 4


def study_day(at: datetime, zone: tzinfo, rollover_hours: int = ROLLOVER_HOURS) -> int:
    """The ordinal of the study day of an instant; ValueError if `at` has no zone.

    The hours are removed the local wall clock, so the day turns at 04:00 also on the two days a
    year that are 23 and 25 hours long.
    """
    if at.utcoffset() is None:
        raise ValueError("A study day needs an instant: the time given has no zone.")
    return (at.astimezone(zone) - timedelta(hours=rollover_hours)).toordinal()


def day_starts(day: int, zone: tzinfo, rollover_hours: int = ROLLOVER_HOURS) -> datetime:
    """The UTC instant at which a study day begins.

    A day that the zone's calendar leaves out begins, and is over, when the following one begins.
    """
    wall = datetime.combine(date.fromordinal(day), time(rollover_hours))
    before, after = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (1, 0))
    if before >= after:  # the wall clock shows this hour (twice, when clocks go back: the first counts)
        return after
    # Clocks jump over the hour: the day begins at the jump, which lies between the two readings.
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if study_day(middle, zone, rollover_hours) >= day:
            after = middle
        else:
            before = middle
    return after
