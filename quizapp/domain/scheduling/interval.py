"""From stability to a day: the interval, the range in which it may move, and the choice within it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from hashlib import sha256
from types import MappingProxyType

from quizapp.domain.scheduling.fsrs import Weights

MAXIMUM = 365  # days
UNMOVED = 2  # intervals up to this stay where they are

# (start, end, share) of the interval's days between start and end that it may move, each way;
# one day more is always allowed. The tiers are Anki's.
TIERS = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, float("inf"), 0.05))

NEIGHBOUR_WEIGHT = 2.0  # a day next to a sibling's counts as if it were twice as full
MONDAY = 1  # the ordinal of a Monday, 1 January of the year 1


def interval(weights: Weights, stability: float, target: float, maximum: int = MAXIMUM) -> int:
    """Days until recall falls to `target` (0 < target < 1): round(S/F·(target^(−1/w20) − 1)),
    within [1, maximum]."""
    days: float = stability / weights.factor * (target ** (1 / weights.decay) - 1)
    return max(1, min(round(days), maximum))


@lru_cache(maxsize=1024)
def fuzz_range(days: int, maximum: int = MAXIMUM) -> tuple[int, int]:
    """The least and the greatest interval, in days, that may stand for one of `days`."""
    if days <= UNMOVED:
        return days, days
    delta = 1 + sum(share * max(min(days, end) - start, 0) for start, end, share in TIERS)
    return max(UNMOVED, round(days - delta)), max(min(round(days + delta), maximum), days)


def choose_day(
    low_day: int,
    high_day: int,
    load: Mapping[int, int],
    sibling_days: Collection[int],
    *,
    easy_days: Mapping[int, float] = MappingProxyType({}),
    tie_key: str,
) -> int:
    """The day in [low_day, high_day] that is best for a card: no chance, no hidden state.

    load: cards already due, by day. sibling_days: days on which an item on the same fact is due;
    such a day is taken only where every day is one, and a neighbouring day counts as fuller.
    easy_days: weight by weekday (0 Monday … 6 Sunday), 1 where absent; with 2 a day gets half as
    much. tie_key: names the choice (learner, item, number of answers); it decides between equals.
    """

    def cost(day: int) -> tuple[bool, float]:
        weight = easy_days.get((day - MONDAY) % 7, 1.0)
        if day - 1 in sibling_days or day + 1 in sibling_days:
            weight *= NEIGHBOUR_WEIGHT
        # The card itself counts, or weights would mean nothing among empty days.
        return day in sibling_days, (load.get(day, 0) + 1) * weight

    costs = {day: cost(day) for day in range(low_day, high_day + 1)}
    least = min(costs.values())
    best = [day for day, each in costs.items() if each == least]
    return best[draw(tie_key, len(best))]


def draw(key: str, count: int) -> int:
    """A number in [0, count) that depends on `key` alone, evenly spread over keys."""
    return int.from_bytes(sha256(key.encode()).digest()[:8], "big") % count
