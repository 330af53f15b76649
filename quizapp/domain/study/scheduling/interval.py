"""From stability to a day: the interval, the range in which it may move, and the choice within it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from hashlib import sha256
from math import exp, log
from types import MappingProxyType

from quizapp.domain.study.scheduling.fsrs import SURE, Curve, Triple, Weights, curve

MAXIMUM = 365  # days
UNMOVED = 2  # intervals up to this stay where they are

# (start, end, share) of the interval's days between start and end that it may move, each way;
# one day more is always allowed. The tiers are Anki's.
TIERS = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, float("inf"), 0.05))

NEIGHBOUR_WEIGHT = 2.0  # a day next to a sibling's counts as if it were twice as full
EASY_DAY = 2.0  # the weight of a weekday on which a learner wants less: it gets about half as much
MONDAY = 1  # the ordinal of a Monday, 1 January of the year 1


# How far the last step of Newton's method in log t went. It squares the error: after CLOSE the time is exact
# to the last digits, after NEAR a whole day can be told, unless the time lies within EDGE of a half day.
CLOSE, NEAR, EDGE = 1e-7, 1e-3, 1e-4


def interval(weights: Weights, memory: Triple, target: float, maximum: int = MAXIMUM) -> int:
    """Whole days until recall falls to `target` (0 < target < 1), within [1, maximum]."""
    shape = curve(weights, memory)
    days = _crossing(shape, target, NEAR)
    if abs(days % 1 - 0.5) < EDGE * days:
        days = _crossing(shape, target, CLOSE)
    if days >= maximum:
        return maximum
    return round(days) if days > 1 else 1


def time_to(weights: Weights, memory: Triple, target: float) -> float:
    """Days, with fractions, until recall falls to `target` (0 < target < 1)."""
    return _crossing(curve(weights, memory), target, CLOSE)


def _crossing(shape: Curve, target: float, near: float) -> float:
    """The t with R(t) = target, by Newton's method in log t, from where the slow trace alone would have
    fallen to the target. Recall, a mean of both traces, falls to it between there and where the fast trace
    would: a step that leaves this range is halved back into it."""
    fast, fast_rate, fast_decay, slow, slow_rate, slow_decay = shape
    share = (target - SURE) / (fast + slow)
    place = steady = log((share ** (1 / slow_decay) - 1) / slow_rate)
    quick = None
    while True:
        days = exp(place)
        fast_base, slow_base = 1 + fast_rate * days, 1 + slow_rate * days
        faster, slower = fast * fast_base**fast_decay, slow * slow_base**slow_decay
        slope = faster * fast_decay * fast_rate / fast_base + slower * slow_decay * slow_rate / slow_base
        move: float = (target - SURE - faster - slower) / (slope * days)
        if -near < move < near:
            return exp(place + move)
        if -1 < move < 1:
            place += move
            continue
        if quick is None:
            quick = log((share ** (1 / fast_decay) - 1) / fast_rate)
            low, high = (quick, steady) if quick < steady else (steady, quick)
        if move > 0:
            low = place
        else:
            high = place
        place += move
        if not low < place < high:
            place = (low + high) / 2


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
