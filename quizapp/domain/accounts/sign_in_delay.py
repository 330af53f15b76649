"""How long one waits after failed sign-ins: long for anyone who guesses, hardly for a school.

Several tallies, and the longest wait of them counts:
- of one account in one browser: a pupil who mistypes, or a guesser; waits up to a quarter of an hour, but
  in another browser no one waits for it;
- of one browser, by how many different names failed in it: waits as long, and alone;
- of one account from one address, all browsers together: a guesser who throws cookies away; at most a
  minute between two guesses, so that anyone who sits in the same school gets in soon;
- of one account, by how many addresses failed for it: guessers with many addresses; at most a minute;
- of one address, by how many different names failed from there: one password tried on many names. The
  limit lies above what a school mistypes, and after it one guess in three seconds may still be made.
Browsers that the account has been signed in with wait for their own mistakes only. A browser that
has been signed in to another account counts as an address of its own
(`services/accounts/failed_sign_ins.py`). The second factor is asked only of anyone who knows the password,
so its waits may be long.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@dataclass(frozen=True)
class Rule:
    """free: failures before the first wait; first, longest: waits; each `step` failures double the wait;
    window: how long a failure counts."""

    free: int
    first: timedelta
    longest: timedelta
    window: timedelta
    step: int = 1

    def wait(self, failures: int) -> timedelta:
        """How long after the last of so many failures."""
        if failures < self.free:
            return timedelta(0)
        doublings = min((failures - self.free) // self.step, 20)
        return min(self.longest, self.first * (1 << doublings))


FROM_ONE_PLACE = Rule(free=5, first=5 * SECOND, longest=15 * MINUTE, window=60 * MINUTE)
IN_ONE_BROWSER = Rule(free=10, first=5 * SECOND, longest=15 * MINUTE, window=60 * MINUTE, step=2)
FROM_ONE_AREA = Rule(free=15, first=5 * SECOND, longest=MINUTE, window=1440 * MINUTE)
FROM_EVERYWHERE = Rule(free=5, first=5 * SECOND, longest=MINUTE, window=1440 * MINUTE)
FROM_ONE_ADDRESS = Rule(free=150, first=3 * SECOND, longest=3 * SECOND, window=15 * MINUTE)
SECOND_FACTOR = Rule(free=5, first=30 * SECOND, longest=60 * MINUTE, window=1440 * MINUTE)


@dataclass(frozen=True)
class Tally:
    """count: failures that a rule counts; last: when the last was, None where there was none."""

    count: int
    last: datetime | None


def ready_at(tallies: list[tuple[Rule, Tally]], now: datetime) -> datetime | None:
    """When the next attempt may come; None: now. What happened later than now (the clock has been set
    back) counts as if it were now."""
    moments = [min(tally.last, now) + rule.wait(tally.count) for rule, tally in tallies if tally.last]
    latest = max(moments, default=now)
    return latest if latest > now else None


def in_words(ready: datetime, now: datetime) -> str:
    """How long that is, rounded up: “20 seconds”, “3 minutes”."""
    seconds = -int((now - ready) / SECOND // 1)
    if seconds <= 90:
        return "a second" if seconds <= 1 else f"{seconds} seconds"
    return f"{-(-seconds // 60)} minutes"
