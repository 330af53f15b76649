"""The one place where the web reads the clock and draws chance; everything below gets them handed.

In a server that runs the clock is watched: one that jumps is not followed for a while, and staff are told.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from flask import request

from quizapp.domain.site.steady_clock import Look, SteadyClock

ARRIVED = "quizapp.arrived"  # in a request's environment: the moment its head arrived
_watched: list[SteadyClock] = []  # none, or the one of this process


def watch(newest: datetime | None) -> None:
    """From now on a jump is held. newest: the newest moment that was ever stored."""
    _watched[:] = [SteadyClock(system(), elapsed(), newest=newest)]


def look() -> Look:
    """The time to go by, and how far the system's clock is off it."""
    return _watched[0].look(system(), elapsed()) if _watched else Look(system())


def system() -> datetime:
    """What the system's clock says."""
    return datetime.now(UTC)


def elapsed() -> float:
    """Seconds by a clock that no one sets, and that goes on while the machine sleeps where there is one."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


def off() -> timedelta:
    """How far the system's clock is off the time that the site goes by."""
    return look().off


def now() -> datetime:
    """This moment, in UTC."""
    return look().moment


def arrived() -> datetime:
    """When the request's head arrived: what was sent before a due moment is in time, however long it waited
    here or on its way."""
    found = request.environ.get(ARRIVED)
    return found if isinstance(found, datetime) else now()


def fresh_id() -> UUID:
    """An id that no one has had before."""
    return uuid4()
