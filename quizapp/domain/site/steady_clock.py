"""What time it is when the server's clock has jumped: for a while the time that it would be without the jump.

A clock that falls back would open what is closed, and one that leaps ahead would shut students out. No one
can know at once whether a jump mends the clock or breaks it, so it counts only after a day, or a restart by
someone who has looked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

TOLERANCE = timedelta(minutes=2)  # a clock that is set right by so little is just right
LONGEST = timedelta(days=1)  # that a jump is held against


@dataclass(frozen=True)
class Look:
    """One look at both clocks. moment: the time to go by; off: by how much the system's clock differs from it
    (nothing: it is believed)."""

    moment: datetime
    off: timedelta = timedelta()


class SteadyClock:
    """Compares the system's clock with one that no one sets (`elapsed`, seconds), from when they agreed."""

    def __init__(self, system: datetime, elapsed: float, *, newest: datetime | None = None) -> None:
        """newest: the newest moment that was ever stored; time cannot lie before it."""
        behind = newest is not None and newest - system > TOLERANCE
        self._agreed, self._then = (newest if behind and newest is not None else system), elapsed

    def look(self, system: datetime, elapsed: float) -> Look:
        since = timedelta(seconds=elapsed - self._then)
        off = system - (self._agreed + since)
        if abs(off) > TOLERANCE and since <= LONGEST:
            return Look(self._agreed + since, off)
        self._agreed, self._then = system, elapsed
        return Look(system)
