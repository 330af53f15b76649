"""Intervals, the range in which they may move, and the choice of a day."""

from collections import Counter
from datetime import date
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.study.scheduling.fsrs import (
    DEFAULT_WEIGHTS,
    MAX_STABILITY,
    MIN_STABILITY,
    Memory,
    retrievability,
)
from quizapp.domain.study.scheduling.interval import choose_day, draw, fuzz_range, interval, time_to

STABILITIES = st.floats(MIN_STABILITY, MAX_STABILITY)
MEMORIES = st.builds(Memory, STABILITIES, STABILITIES, st.floats(1, 10))
MONDAY = date(2025, 6, 2).toordinal()


@given(MEMORIES, st.floats(0.8, 0.95))
def test_an_interval_lies_within_its_limits(memory: Memory, target: float):
    assert 1 <= interval(DEFAULT_WEIGHTS, memory, target) <= 365
    assert 1 <= interval(DEFAULT_WEIGHTS, memory, target, 30) <= 30


@pytest.mark.parametrize(
    ("stability", "fast"), [(0.0001, 0.0001), (0.0001, 30.0), (36500.0, 0.0001), (30.0, 30.0)]
)
@pytest.mark.parametrize("target", [0.5, 0.9, 0.99])
def test_the_time_to_a_target_is_found_however_far_apart_the_traces_are(
    stability: float, fast: float, target: float
):
    memory = Memory(stability, fast, 5.0)
    days = time_to(DEFAULT_WEIGHTS, memory, target)
    assert isclose(retrievability(DEFAULT_WEIGHTS, memory, days), target, rel_tol=1e-9)


@given(MEMORIES, st.floats(0.5, 0.99))
def test_recall_is_the_target_when_its_time_has_come(memory: Memory, target: float):
    days = time_to(DEFAULT_WEIGHTS, memory, target)
    assert isclose(retrievability(DEFAULT_WEIGHTS, memory, days), target, rel_tol=1e-9)
    assert interval(DEFAULT_WEIGHTS, memory, target) == max(1, min(round(days), 365))


def test_the_shortest_interval_is_a_day_and_the_longest_the_maximum():
    assert interval(DEFAULT_WEIGHTS, Memory(0.01, 0.01, 5.0), 0.9) == 1
    assert interval(DEFAULT_WEIGHTS, Memory(9000.0, 9000.0, 5.0), 0.9, 90) == 90


@given(MEMORIES)
def test_a_higher_target_never_makes_a_longer_interval(memory: Memory):
    days = [interval(DEFAULT_WEIGHTS, memory, target, 36500) for target in (0.95, 0.9, 0.85, 0.8)]
    assert days == sorted(days)


@pytest.mark.parametrize(
    ("days", "low", "high"),
    [
        (1, 1, 1),
        (2, 2, 2),
        (3, 2, 4),
        (5, 4, 6),
        (7, 5, 9),
        (10, 8, 12),
        (20, 17, 23),
        (100, 93, 107),
        (365, 345, 365),
    ],
)
def test_the_range_by_the_tiers(days: int, low: int, high: int):
    assert fuzz_range(days) == (low, high)


@given(st.integers(1, 365), st.integers(1, 365))
def test_a_range_holds_its_interval_and_keeps_the_maximum(days: int, maximum: int):
    days = min(days, maximum)
    low, high = fuzz_range(days, maximum)
    assert 1 <= low <= days <= high <= maximum


def test_the_emptiest_day_is_chosen():
    load = {MONDAY: 5, MONDAY + 1: 3, MONDAY + 2: 4}
    assert choose_day(MONDAY, MONDAY + 2, load, (), tie_key="a") == MONDAY + 1
    assert choose_day(MONDAY, MONDAY + 3, load, (), tie_key="a") == MONDAY + 3


def test_a_heavy_weekday_gets_less():
    load = {MONDAY: 5, MONDAY + 1: 8}
    assert choose_day(MONDAY, MONDAY + 1, load, (), easy_days={0: 2.0}, tie_key="a") == MONDAY + 1
    assert choose_day(MONDAY, MONDAY + 1, {}, (), easy_days={0: 2.0}, tie_key="a") == MONDAY + 1
    assert choose_day(MONDAY, MONDAY + 1, load, (), easy_days={0: 1.2}, tie_key="a") == MONDAY


def test_a_siblings_day_is_taken_only_where_there_is_no_other():
    load = {MONDAY: 0, MONDAY + 1: 50}
    assert choose_day(MONDAY, MONDAY + 1, load, {MONDAY}, tie_key="a") == MONDAY + 1
    assert choose_day(MONDAY, MONDAY, load, {MONDAY}, tie_key="a") == MONDAY


@pytest.mark.parametrize("sibling", [MONDAY - 1, MONDAY + 3])
def test_a_siblings_neighbour_is_avoided_but_not_at_any_price(sibling: int):
    near, far = (MONDAY, MONDAY + 2) if sibling < MONDAY else (MONDAY + 2, MONDAY)
    level = {MONDAY: 9, MONDAY + 1: 99, MONDAY + 2: 9}
    for key in "abcdefgh":
        assert choose_day(MONDAY, MONDAY + 2, level, {sibling}, tie_key=key) == far
    assert choose_day(MONDAY, MONDAY + 2, {**level, far: 40}, {sibling}, tie_key="a") == near


def test_ties_are_drawn_evenly_and_always_alike():
    days = [choose_day(MONDAY, MONDAY + 4, {}, (), tie_key=f"1:{item}:1") for item in range(1000)]
    assert days == [choose_day(MONDAY, MONDAY + 4, {}, (), tie_key=f"1:{item}:1") for item in range(1000)]
    assert all(150 < count < 250 for count in Counter(days).values())
    assert len(set(days)) == 5


def test_a_draw_does_not_change_between_versions():
    """Due days of rebuilt cards hang on it: the first 8 bytes of SHA-256, modulo the count."""
    assert draw("", 10) == 0xE3B0C44298FC1C14 % 10
    assert draw("a", 10) == 0xCA978112CA1BBDCA % 10
