"""What a date by which something is to be known does to scheduling: the pace, the cap, the last study day."""

from __future__ import annotations

from typing import NamedTuple

MOST_A_DAY = 60  # new facts that a student can be asked to learn in a day: about an hour and a half
# Right answers in a row on one day, after which a card is let go: on the last study day, the day before, …
REPEATS = (6, 6, 6, 6, 4, 2)
SECURING = len(REPEATS) - 1  # study days before the last one on which a goal before noon makes sure


class Pace(NamedTuple):
    """A day's share of what is to be known. facts: those not seen before today; met: those met today;
    days: study days left, today among them; share: the new facts of today."""

    facts: int
    met: int
    days: int
    share: int

    @property
    def left(self) -> int:
        return max(0, self.share - self.met)

    @property
    def feasible(self) -> bool:
        return self.share <= MOST_A_DAY


def cap(days_left: int) -> int:
    """The longest interval, in days, that a goal so many study days ahead allows: half of them, so that what
    was answered today is asked again at least once before the date."""
    return max(1, days_left // 2)


def pace(unmet: int, met: int, days: int, rest: int = 0) -> Pace:
    """The share of today, with so many facts never seen, so many met today, and so many study days left,
    today among them. The last quarter of the days, and `rest` days at least, are for repeating."""
    days = max(1, days)
    learning = max(1, days - max(days // 4, rest))
    return Pace(unmet + met, met, days, -(-(unmet + met) // learning))


def rest(target: float, nights: int) -> int:
    """How many study days should follow that on which a fact is met, where the date comes so many nights
    after the last one: what was missed at first is well remembered only after that many right answers."""
    if not nights:
        return 0
    return 3 if target > 0.90 else 1


def securing(last_day: int, due_day: int) -> int:
    """The first study day on which all is asked that would not last until the date. What is missed on the
    evening before a morning can't be made sure overnight, so it is made sure on the days before; who can
    study on the day of the date needs that day alone."""
    return last_day - (SECURING if due_day > last_day else 0)


def repeats(days_before: int) -> int:
    """How many right answers in a row are enough for a day so many study days before the last one."""
    return REPEATS[min(max(days_before, 0), SECURING)]
