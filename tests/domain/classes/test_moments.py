"""A wall clock's time as a moment: right in every zone and at every change of the clock, by an oracle in UTC."""

from __future__ import annotations

from bisect import bisect
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.domain.classes.moments import INSTANT, day_ends, ended_day, moment_of

MADRID = ZoneInfo("Europe/Madrid")
FIRST, LAST = datetime(2010, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)
STEP, SECOND, DAY = timedelta(days=5), timedelta(seconds=1), timedelta(days=1)
NAMES = sorted(available_timezones())


@cache
def changes(name: str) -> tuple[tuple[datetime, timedelta], ...]:
    """When the offset of a zone changes, with the new offset; the first entry is the one it begins with."""
    zone = ZoneInfo(name)

    def offset(at: datetime) -> timedelta:
        return at.astimezone(zone).utcoffset()

    at, present = FIRST, offset(FIRST)
    found = [(at, present)]
    while at < LAST:
        after = at + STEP
        if (then := offset(after)) != present:
            before, last = at, after
            while last - before > SECOND:
                middle = before + SECOND * ((last - before) // SECOND // 2)
                before, last = (middle, last) if offset(middle) == present else (before, middle)
            found.append((last, then))
        at, present = after, then
    return tuple(found)


def stretches(name: str, around: datetime) -> list[tuple[datetime, datetime, timedelta]]:
    """(from, until, offset) of the stretches of one offset about a moment."""
    marks = [*changes(name), (LAST, timedelta())]
    place = bisect([at for at, _ in marks], around)
    return [(a, b, offset) for (a, offset), (b, _) in pairwise(marks[max(0, place - 3) : place + 3])]


def oracle_moments(wall: datetime, name: str) -> list[datetime]:
    """Every moment at which the clock shows this, or the one at which it jumps over it."""
    there = wall.replace(tzinfo=UTC)
    near = stretches(name, there)
    shown = [there - offset for start, end, offset in near if start <= there - offset < end]
    if shown:
        return shown
    return [end for (_, end, before), (_, _, after) in pairwise(near) if end + before <= there < end + after]


def oracle_end(day: date, name: str) -> datetime:
    """The last moment of all stretches at which the calendar shows this date or an earlier one."""
    midnight = datetime.combine(day + DAY, time(), UTC)
    return max(
        min(end, midnight - offset)
        for start, end, offset in stretches(name, midnight)
        if midnight - offset > start
    )


def held(name: str, wall: datetime) -> None:
    zone = ZoneInfo(name)
    expected = oracle_moments(wall, name)
    assert moment_of(wall, zone) == min(expected), (name, wall)
    assert moment_of(wall, zone, ends=True) == max(expected), (name, wall)
    end = day_ends(wall.date(), zone)
    assert end == oracle_end(wall.date(), name), (name, wall)
    assert (end - INSTANT).astimezone(zone).date() <= wall.date() < end.astimezone(zone).date()


def test_every_change_of_the_clock_in_every_zone_over_twenty_years() -> None:
    """The hours on both sides of each change, and the ends of the days around it."""
    looked_at = 0
    for name in NAMES:
        for at, _ in changes(name)[1:]:
            zone = ZoneInfo(name)
            jump = at.astimezone(zone).replace(tzinfo=None, fold=0)
            for wall in (jump - DAY, jump - timedelta(minutes=30), jump, jump + timedelta(minutes=30)):
                held(name, wall)
                looked_at += 1
    assert looked_at > 20_000  # the machine's zones do change their clocks


@settings(deadline=None)  # a zone's changes are found at its first turn
@given(st.sampled_from(NAMES), st.datetimes(datetime(2010, 2, 1), datetime(2029, 12, 1)))  # noqa: DTZ001 wall clocks
def test_any_time_in_any_zone(name: str, wall: datetime) -> None:
    held(name, wall)


@settings(deadline=None)  # a zone's changes are found at its first turn
@given(st.sampled_from(NAMES), st.data())
def test_times_near_a_change(name: str, data: st.DataObject) -> None:
    at, _ = data.draw(st.sampled_from(changes(name)))
    near = max(at, FIRST + 5 * DAY).astimezone(ZoneInfo(name)).replace(tzinfo=None)
    held(name, near + timedelta(minutes=data.draw(st.integers(-1600, 1600))))


def test_a_time_shown_twice_is_the_earlier_or_where_something_ends_the_later() -> None:
    twice = datetime(2026, 10, 25, 2, 30)  # noqa: DTZ001 a wall clock
    assert moment_of(twice, MADRID) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert moment_of(twice, MADRID, ends=True) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_a_time_left_out_is_the_moment_of_the_jump() -> None:
    skipped = datetime(2026, 3, 29, 2, 30)  # noqa: DTZ001 a wall clock
    assert (
        moment_of(skipped, MADRID)
        == moment_of(skipped, MADRID, ends=True)
        == datetime(2026, 3, 29, 1, tzinfo=UTC)
    )


@pytest.mark.parametrize(
    ("name", "day", "end"),
    [
        ("Europe/Madrid", date(2026, 3, 29), datetime(2026, 3, 29, 22, tzinfo=UTC)),
        ("Europe/Madrid", date(2026, 11, 27), datetime(2026, 11, 27, 23, tzinfo=UTC)),
        ("America/St_Johns", date(2010, 11, 6), datetime(2010, 11, 7, 3, 30, tzinfo=UTC)),  # set back at 00:01
        ("America/Havana", date(2025, 11, 1), datetime(2025, 11, 2, 4, tzinfo=UTC)),  # set back at 01:00 to 00:00
        ("Africa/Cairo", date(2025, 4, 24), datetime(2025, 4, 24, 22, tzinfo=UTC)),  # midnight is left out
        ("Pacific/Apia", date(2011, 12, 29), datetime(2011, 12, 30, 10, tzinfo=UTC)),  # a whole date is left out
        ("Pacific/Apia", date(2011, 12, 30), datetime(2011, 12, 30, 10, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_ends_of_days_on_which_clocks_are_changed_at_night(name: str, day: date, end: datetime) -> None:
    assert day_ends(day, ZoneInfo(name)) == oracle_end(day, name) == end


def test_a_jump_over_midnight_ends_the_day() -> None:
    """Toronto set its clocks from 23:30 to 00:30 on 30 March 1919."""
    toronto, end = ZoneInfo("America/Toronto"), datetime(1919, 3, 31, 4, 30, tzinfo=UTC)
    assert day_ends(date(1919, 3, 30), toronto) == end
    assert ended_day(end, toronto) == date(1919, 3, 30)


@settings(deadline=None)  # a zone's changes are found at its first turn
@given(st.sampled_from(NAMES), st.dates(date(2010, 2, 1), date(2029, 12, 1)))
def test_the_end_of_a_day_is_known_again(name: str, day: date) -> None:
    zone = ZoneInfo(name)
    end = day_ends(day, zone)
    again = ended_day(end, zone)
    assert again is not None
    assert day_ends(again, zone) == end
    assert ended_day(end - timedelta(minutes=1), zone) is None
    assert ended_day(end + timedelta(minutes=1), zone) is None
