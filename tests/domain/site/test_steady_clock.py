"""A clock that jumps is not followed at once, in either direction; small corrections are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from quizapp.domain.site.steady_clock import LONGEST, TOLERANCE, Look, SteadyClock

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


@pytest.mark.parametrize("jump", [-HOUR, HOUR, timedelta(days=400), timedelta(days=-365), TOLERANCE + SECOND])
def test_a_jump_is_held_for_a_day_and_believed_then(jump: timedelta) -> None:
    clock = SteadyClock(NOON, 0)
    assert clock.look(NOON + SECOND, 1) == Look(NOON + SECOND)
    assert clock.look(NOON + jump + 2 * SECOND, 2) == Look(NOON + 2 * SECOND, jump)
    later = LONGEST.total_seconds()
    assert clock.look(NOON + jump + LONGEST, later) == Look(NOON + LONGEST, jump)
    after = NOON + jump + LONGEST + 2 * SECOND
    assert clock.look(after, later + 2) == Look(after)
    assert clock.look(after + SECOND, later + 3) == Look(after + SECOND)


def test_a_clock_that_is_put_right_again_is_believed_at_once() -> None:
    clock = SteadyClock(NOON, 0)
    assert clock.look(NOON + HOUR, 10).off == HOUR - 10 * SECOND
    assert clock.look(NOON + 20 * SECOND, 20) == Look(NOON + 20 * SECOND)


def test_a_clock_that_drifts_is_followed() -> None:
    clock, moment = SteadyClock(NOON, 0), NOON
    for minute in range(1, 500):  # a second too many in each minute
        moment += timedelta(seconds=61)
        assert clock.look(moment, 60 * minute) == Look(moment)


def test_time_cannot_lie_before_what_is_stored() -> None:
    clock = SteadyClock(NOON - HOUR, 0, newest=NOON)
    assert clock.look(NOON - HOUR + SECOND, 1) == Look(NOON + SECOND, -HOUR)
    assert clock.look(NOON + 5 * SECOND, 5) == Look(NOON + 5 * SECOND), "it has been put right"
    assert SteadyClock(NOON, 0, newest=NOON - HOUR).look(NOON, 0) == Look(NOON)
    assert SteadyClock(NOON, 0, newest=NOON + TOLERANCE).look(NOON, 0) == Look(NOON)
