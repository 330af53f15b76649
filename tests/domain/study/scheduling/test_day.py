"""The study day: local, rolling over at 04:00, in every zone without a day lost or doubled."""

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.study.scheduling.day import day_starts, study_day

BERLIN = ZoneInfo("Europe/Berlin")
APIA = ZoneInfo("Pacific/Apia")
FIRST, LAST = date(2016, 1, 1).toordinal(), date(2026, 1, 1).toordinal()
INSTANT = timedelta(microseconds=1)
QUARTER = timedelta(minutes=15)


def ordinal(year: int, month: int, day: int) -> int:
    return date(year, month, day).toordinal()


def test_the_day_turns_at_four_in_the_morning_local_time():
    turn = datetime(2025, 1, 15, 3, 0, tzinfo=UTC)  # 04:00 in Berlin
    assert study_day(turn, BERLIN) == ordinal(2025, 1, 15)
    assert study_day(turn - INSTANT, BERLIN) == ordinal(2025, 1, 14)
    assert day_starts(ordinal(2025, 1, 15), BERLIN) == turn


def test_evening_and_next_morning_are_a_day_apart():
    evening, morning = datetime(2025, 1, 14, 21, tzinfo=UTC), datetime(2025, 1, 15, 6, tzinfo=UTC)
    assert study_day(morning, BERLIN) - study_day(evening, BERLIN) == 1


def test_an_instant_has_one_study_day_in_whatever_zone_it_is_written():
    at = datetime(2025, 7, 1, 1, 30, tzinfo=UTC)
    assert study_day(at.astimezone(ZoneInfo("Asia/Tokyo")), BERLIN) == study_day(at, BERLIN)


def test_the_hour_of_rolling_over_can_be_chosen():
    at = datetime(2025, 1, 14, 23, 30, tzinfo=UTC)  # 00:30 in Berlin
    assert study_day(at, BERLIN, 0) == ordinal(2025, 1, 15)
    assert study_day(at, BERLIN, 4) == ordinal(2025, 1, 14)
    assert day_starts(ordinal(2025, 1, 15), BERLIN, 0) == datetime(2025, 1, 14, 23, tzinfo=UTC)


def test_a_time_without_zone_is_refused():
    with pytest.raises(ValueError, match="no zone"):
        study_day(datetime(2025, 1, 1, 12), BERLIN)  # noqa: DTZ001 – what is refused


@pytest.mark.parametrize("day", [ordinal(2025, 3, 30), ordinal(2025, 10, 26)])
def test_days_on_which_clocks_change_still_turn_at_four(day: int):
    assert day_starts(day, BERLIN).astimezone(BERLIN).hour == 4


def days_to_look_at(zone: ZoneInfo) -> list[int]:
    """The days around each change of the clock, and every fiftieth of the others."""
    offsets = [datetime.fromordinal(day).replace(tzinfo=zone).utcoffset() for day in range(FIRST, LAST + 1)]
    changed = (day for day, (old, new) in enumerate(pairwise(offsets), start=FIRST) if old != new)
    return sorted({*range(FIRST, LAST, 50), *(near for day in changed for near in (day - 1, day, day + 1))})


def test_no_day_is_lost_or_doubled_in_any_zone_over_ten_years():
    """From one day's beginning to the next there is that day and no other: the days follow one
    another without gap or overlap. Days of other than 24 hours are looked at every quarter of one."""
    irregular = 0
    for name in available_timezones():
        zone = ZoneInfo(name)
        for day in days_to_look_at(zone):
            start, end = day_starts(day, zone), day_starts(day + 1, zone)
            assert study_day(start, zone) == study_day(end - INSTANT, zone) == day, (name, day)
            if end - start != timedelta(days=1):
                irregular += 1
                quarters = range(int((end - start) / QUARTER))
                assert all(study_day(start + each * QUARTER, zone) == day for each in quarters), (name, day)
    assert irregular > 2000  # the machine's zones do change their clocks


@pytest.mark.parametrize(
    ("zone", "skipped"),
    [(APIA, ordinal(2011, 12, 30)), (ZoneInfo("Pacific/Kwajalein"), ordinal(1993, 8, 21))],
)
def test_a_date_that_a_zone_skips_leaves_the_study_day_its_four_small_hours(zone: ZoneInfo, skipped: int):
    """Clocks jump from midnight to midnight over a whole date; the hours from 00:00 to 04:00 after
    the jump belong, as ever, to the date before: so no study day is lost."""
    start, end = day_starts(skipped, zone), day_starts(skipped + 1, zone)
    assert end - start == timedelta(hours=4)
    assert study_day(start, zone) == study_day(end - INSTANT, zone) == skipped
    assert study_day(start - INSTANT, zone) == skipped - 1


def test_a_day_that_does_not_exist_begins_when_the_following_one_does():
    skipped = ordinal(2011, 12, 30)
    assert day_starts(skipped, APIA, 0) == day_starts(skipped + 1, APIA, 0)
    assert study_day(day_starts(skipped, APIA, 0) - INSTANT, APIA, 0) == skipped - 1


def test_clocks_set_back_at_four_do_not_begin_the_day_twice():
    """Casey set its clocks from 04:00 to 01:00 on 11 March 2018."""
    casey = ZoneInfo("Antarctica/Casey")
    for day in range(ordinal(2018, 1, 1), ordinal(2019, 1, 1)):
        start = day_starts(day, casey)
        assert study_day(start, casey) == day
        assert study_day(start - INSTANT, casey) == day - 1


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1)),  # noqa: DTZ001 – Hypothesis asks for naive bounds
    st.integers(-14 * 60, 14 * 60),
)
def test_an_instant_lies_within_its_study_day(naive: datetime, minutes: int):
    at, zone = naive.replace(tzinfo=UTC), timezone(timedelta(minutes=minutes))
    day = study_day(at, zone)
    assert day_starts(day, zone) <= at < day_starts(day + 1, zone)
    assert study_day(at + timedelta(days=1), zone) == day + 1
