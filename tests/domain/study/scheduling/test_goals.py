"""What a date does to intervals: simulated learners answer all that is asked of them."""

from __future__ import annotations

import random

import pytest

from quizapp.domain.study.scheduling.fsrs import (
    AGAIN,
    DEFAULT_WEIGHTS,
    GOOD,
    first_memory,
    next_memory,
    retrievability,
)
from quizapp.domain.study.scheduling.goals import MOST_A_DAY, Pace, cap, pace, repeats, rest, securing
from quizapp.domain.study.scheduling.interval import interval

FACTS = 60
LATER = 6 / (24 * 60)  # days from a miss to its repetition


@pytest.mark.parametrize(("days_left", "most"), [(60, 30), (9, 4), (3, 1), (2, 1), (1, 1), (0, 1)])
def test_the_cap_is_half_the_days_left(days_left: int, most: int):
    assert cap(days_left) == most


def known_on_the_day(days: int, target: float, *, capped: bool) -> float:
    """The share of facts whose recall reaches the target on the day; all are met in the first half."""
    chance, known = random.Random(days), 0
    for fact in range(FACTS):
        day, memory, elapsed = fact * max(1, days // 2) // FACTS, None, 0
        while day <= days:
            knew = chance.random() < (
                0.3 if memory is None else retrievability(DEFAULT_WEIGHTS, memory, elapsed)
            )
            rating = GOOD if knew else AGAIN
            memory = (
                next_memory(DEFAULT_WEIGHTS, memory, rating, elapsed)
                if memory
                else first_memory(DEFAULT_WEIGHTS, rating)
            )
            if not knew:
                memory = next_memory(DEFAULT_WEIGHTS, memory, GOOD, LATER)
            elapsed = interval(DEFAULT_WEIGHTS, memory, 0.9, cap(days - day) if capped else 365)
            last, day = day, day + elapsed
        known += retrievability(DEFAULT_WEIGHTS, memory, days - last) >= target
    return known / FACTS


@pytest.mark.parametrize("target", [0.80, 0.85, 0.90, 0.95])
@pytest.mark.parametrize("days", [2, 3, 7, 14, 30, 60])
def test_who_answers_all_that_is_asked_knows_it_on_the_day(days: int, target: float):
    assert known_on_the_day(days, target, capped=True) >= 0.99


def test_without_the_cap_a_high_target_is_missed():
    assert known_on_the_day(30, 0.95, capped=False) < 0.6


@pytest.mark.parametrize(
    ("unmet", "met", "days", "resting", "expected"),
    [
        (46, 0, 3, 0, Pace(46, 0, 3, 16)),
        (36, 10, 3, 0, Pace(46, 10, 3, 16)),
        (46, 0, 3, 1, Pace(46, 0, 3, 23)),
        (46, 0, 8, 0, Pace(46, 0, 8, 8)),
        (5, 0, 1, 1, Pace(5, 0, 1, 5)),
        (5, 0, -3, 1, Pace(5, 0, 1, 5)),
        (0, 0, 9, 0, Pace(0, 0, 9, 0)),
    ],
)
def test_the_share_of_a_day(unmet: int, met: int, days: int, resting: int, expected: Pace):
    assert pace(unmet, met, days, resting) == expected


def test_what_is_left_of_a_day():
    assert [pace(46 - met, met, 3).left for met in (0, 10, 16, 20)] == [16, 6, 0, 0]


def test_no_one_is_asked_for_more_than_can_be_learnt():
    assert pace(3 * MOST_A_DAY, 0, 3).feasible
    assert not pace(3 * MOST_A_DAY + 1, 0, 3).feasible


@pytest.mark.parametrize("target", [0.80, 0.85, 0.90])
def test_a_miss_is_well_remembered_after_the_rest(target: float):
    memory = next_memory(DEFAULT_WEIGHTS, first_memory(DEFAULT_WEIGHTS, AGAIN), GOOD, LATER)
    for _day in range(rest(target, nights=1)):
        memory = next_memory(DEFAULT_WEIGHTS, memory, GOOD, 1)
    assert retrievability(DEFAULT_WEIGHTS, memory, 1) >= target


def test_a_high_target_takes_longer_and_a_date_on_a_study_day_takes_no_rest():
    assert (rest(0.95, 1), rest(0.95, 0), rest(0.90, 0)) == (3, 0, 0)


def test_before_a_morning_what_is_unsure_is_repeated_for_some_days_and_more_often_towards_it():
    assert (securing(100, 101), securing(100, 100)) == (95, 100)
    assert [repeats(days) for days in (-1, 0, 2, 3, 4, 5, 9)] == [6, 6, 6, 6, 4, 2, 2]
