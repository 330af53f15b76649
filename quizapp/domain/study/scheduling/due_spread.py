"""What becomes due at once, because cards were rescheduled, spread over a week."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

WEEK = 7  # study days, today's among them


class Brought(NamedTuple):
    """A card brought forward to today. due_day: when it was due before; recall: R today."""

    item: int
    due_day: int
    recall: float


def spread(brought: Iterable[Brought], today: int, days: int = WEEK) -> dict[int, int]:
    """The day of each card that can wait, by item: the least remembered stay today, an equal share comes
    each day, and none comes later than it would have come before."""
    waiting = sorted(brought, key=lambda each: (each.recall, each.item))
    share = -(-len(waiting) // days)
    moved: dict[int, int] = {}
    for place, each in enumerate(waiting):
        day = min(today + place // share, each.due_day)
        if day > today:
            moved[each.item] = day
    return moved
