"""Moments in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.classes.moments import day_ends
from quizapp.domain.classes.wording import clock_words, relative_words, zone_words

MADRID = ZoneInfo("Europe/Madrid")
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


def test_a_moment_by_the_clock_of_a_zone() -> None:
    assert clock_words(datetime(2026, 11, 27, 17, tzinfo=UTC), MADRID, NOW) == "Fri 27 November, 18:00"
    assert clock_words(datetime(2027, 1, 8, 8, 5, tzinfo=UTC), MADRID, NOW) == "Fri 8 January 2027, 09:05"


def test_the_end_of_a_day_is_called_so() -> None:
    assert clock_words(day_ends(date(2026, 11, 27), MADRID), MADRID, NOW) == "end of Fri 27 November"
    assert clock_words(day_ends(date(2026, 12, 31), MADRID), MADRID, NOW) == "end of Thu 31 December"
    assert (
        clock_words(day_ends(date(2026, 11, 27), MADRID), ZoneInfo("Asia/Tokyo"), NOW)
        == "Sat 28 November, 08:00"
    )


def test_zones_are_named() -> None:
    assert zone_words(ZoneInfo("America/New_York")) == "America/New York"


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (timedelta(seconds=59), "now"),
        (timedelta(minutes=1), "in 1 minute"),
        (timedelta(minutes=119), "in 119 minutes"),
        (timedelta(hours=2), "in 2 hours"),
        (timedelta(hours=47, minutes=59), "in 47 hours"),
        (timedelta(days=2, hours=23), "in 2 days"),
        (timedelta(minutes=-1), "1 minute ago"),
        (timedelta(hours=-3), "3 hours ago"),
        (timedelta(days=-9), "9 days ago"),
    ],
)
def test_a_moment_seen_from_now(gap: timedelta, words: str) -> None:
    assert relative_words(NOW + gap, NOW) == words


@given(st.timedeltas(timedelta(), timedelta(days=900)))
def test_no_one_is_told_of_more_time_than_there_is(gap: timedelta) -> None:
    words = relative_words(NOW + gap, NOW)
    if words != "now":
        _, count, unit = words.split()
        assert timedelta(**{unit.rstrip("s") + "s": int(count)}) <= gap
