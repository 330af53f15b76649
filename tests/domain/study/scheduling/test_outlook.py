"""What is expected of a date: more work, more recall; and what a simulated average learner comes to."""

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
from quizapp.domain.study.scheduling.goals import cap, pace
from quizapp.domain.study.scheduling.interval import interval
from quizapp.domain.study.scheduling.outlook import Plan, Start, _first_met, outlook, workload

TODAY = 100
KNOWN = first_memory(DEFAULT_WEIGHTS, GOOD)


def plan(days: int, target: float = 0.9, *, morning: bool = True, share: int = 10) -> Plan:
    last = TODAY + days - 1
    return Plan(DEFAULT_WEIGHTS, TODAY, last, last + morning, share, target, 0.9)


def test_nothing_to_know_is_nothing_to_do():
    assert outlook(plan(5), [], 0) == (0.0, 0.0)


def test_what_is_sure_to_last_takes_no_answer():
    start = Start(first_memory(DEFAULT_WEIGHTS, 4), TODAY - 1, TODAY + 9)
    recall, answers = outlook(plan(2), [start], 0)
    assert (answers, recall >= 0.9) == (0.0, True)


def test_what_is_due_on_the_eve_and_sure_is_spared():
    start = Start((60.0, 40.0, 5.0), TODAY - 20, TODAY)
    assert outlook(plan(1), [start], 0).answers == 0
    assert outlook(plan(1, morning=False), [start], 0).answers >= 1


@pytest.mark.parametrize("days", [2, 4, 7, 14, 30])
def test_a_higher_aim_takes_more_answers_and_brings_more(days: int):
    share = pace(30, 0, days).share
    found = [outlook(plan(days, target, share=share), [], 30) for target in (0.80, 0.90, 0.95)]
    assert found == sorted(found)
    assert found[0].answers < found[2].answers
    assert all(each.recall > 0.75 for each in found)


def test_the_last_facts_come_on_the_last_day_at_the_latest():
    few, many = (outlook(plan(3, share=share), [], 9) for share in (1, 9))
    assert few.recall < many.recall


def followed(days: int, facts: int, chance: random.Random) -> float:
    """Mean recall on the day of a learner who knows half beforehand and reviews what is due."""
    total = 0.0
    for _fact in range(facts):
        knew = chance.random() < 0.5
        memory = first_memory(DEFAULT_WEIGHTS, GOOD if knew else AGAIN)
        if not knew:
            memory = next_memory(DEFAULT_WEIGHTS, memory, GOOD, 5 / 1440)
        last, due = 0, min(interval(DEFAULT_WEIGHTS, memory, 0.9), cap(days))
        while due < days:
            elapsed = due - last
            knew = chance.random() < retrievability(DEFAULT_WEIGHTS, memory, elapsed)
            memory = next_memory(DEFAULT_WEIGHTS, memory, GOOD if knew else AGAIN, elapsed)
            if not knew:
                memory = next_memory(DEFAULT_WEIGHTS, memory, GOOD, 5 / 1440)
            last, due = due, due + min(interval(DEFAULT_WEIGHTS, memory, 0.9), cap(days - due))
        total += retrievability(DEFAULT_WEIGHTS, memory, days - last)
    return total / facts


@pytest.mark.parametrize("days", [10, 30])
def test_it_lies_near_what_simulated_learners_come_to(days: int):
    # Without the days of making sure: nothing is unsure for a target of 0.
    expected = outlook(plan(days, target=0.0, share=400), [], 400).recall
    assert expected == pytest.approx(followed(days, 400, random.Random(1)), abs=0.03)


# --- what a day costs -------------------------------------------------------------------------------


def test_a_higher_target_costs_more_answers_and_keeps_more():
    found = [workload(DEFAULT_WEIGHTS, target, new=10, days=90) for target in (0.80, 0.85, 0.90, 0.95)]
    assert [each.answers for each in found] == sorted(each.answers for each in found)
    assert [each.known for each in found] == sorted(each.known for each in found)
    assert all(15 < each.answers < each.last and 700 < each.known < 900 for each in found)


def test_on_the_first_day_all_are_new_and_half_are_missed_once():
    found = workload(DEFAULT_WEIGHTS, 0.9, new=4, days=1)
    assert found.answers == found.last == 6
    assert found.known == pytest.approx(4 * retrievability(DEFAULT_WEIGHTS, _first_met(DEFAULT_WEIGHTS), 1))


def test_twice_the_new_facts_are_twice_the_work():
    one, two = (workload(DEFAULT_WEIGHTS, 0.9, new=new, days=40) for new in (5, 10))
    assert two == pytest.approx(tuple(2 * figure for figure in one))
