"""What is to be expected of a date if its plan is followed: recall on the day, and the answers it takes; and
what a target recall costs a day.

Each fact goes the way of an average learner: after each answer its memory lies between those after a success
and after a miss that was put right at once, as near to the success as it was likely.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import exp, log
from typing import NamedTuple

from quizapp.domain.study.scheduling.evidence import DEFAULT_PRIOR
from quizapp.domain.study.scheduling.fsrs import (
    AGAIN,
    GOOD,
    Memory,
    Triple,
    Weights,
    first_memory,
    next_memory,
    retrievability,
)
from quizapp.domain.study.scheduling.goals import cap, repeats, securing
from quizapp.domain.study.scheduling.interval import interval

PAUSE = 5 / (24 * 60)  # days between two answers on one day


class Start(NamedTuple):
    """Where a fact stands: its memory, the study day of its last answer, and when it is due."""

    memory: Triple
    last_day: int
    due_day: int


class Plan(NamedTuple):
    """How a date is worked towards. today, last_day (the last study day before it) and due_day (its own) are
    study days; share: new facts a day; target: recall wanted on the date, retention: before it."""

    weights: Weights
    today: int
    last_day: int
    due_day: int
    share: int
    target: float
    retention: float


class Outlook(NamedTuple):
    """recall: expected on the date, on average over the facts; answers: how many the plan takes."""

    recall: float
    answers: float


def outlook(plan: Plan, met: Iterable[Start], unmet: int) -> Outlook:
    """What comes of a plan with these facts, and so many that were never seen. 0 facts: recall 0."""
    facts, recall, answers = 0, 0.0, 0.0
    for start in met:
        came, took = _followed(plan, start.memory, start.last_day, max(start.due_day, plan.today))
        facts, recall, answers = facts + 1, recall + came, answers + took
    day, left = plan.today, unmet
    while left:
        count = min(left, max(1, plan.share)) if day < plan.last_day else left
        memory = _first_met(plan.weights)
        due = day + min(interval(plan.weights, memory, plan.retention), cap(plan.due_day - day))
        came, took = _followed(plan, memory, day, due)
        facts, recall, answers = facts + count, recall + count * came, answers + count * (took + 1.5)
        day, left = day + 1, left - count
    return Outlook(recall / facts if facts else 0.0, answers)


class Workload(NamedTuple):
    """answers: a day, on average; last: on the last day; known: facts that would be recalled after it."""

    answers: float
    last: float
    known: float


def workload(weights: Weights, target: float, *, new: int, days: int) -> Workload:
    """What a target recall costs who meets so many new facts on each of these days."""
    memory, last_day, due = _first_met(weights), 0, 0
    took, recalls = [], []  # by days since a fact was first met
    for day in range(days):
        answers = 0.0
        if day == due:
            if day:
                recall = retrievability(weights, memory, day - last_day)
                missed = _put_right(weights, next_memory(weights, Memory(*memory), AGAIN, day - last_day))
                good = next_memory(weights, Memory(*memory), GOOD, day - last_day)
                memory, answers = _between(missed, good, recall), 2 - recall
            else:
                answers = 2 - DEFAULT_PRIOR
            last_day, due = day, day + interval(weights, memory, target)
        took.append(answers)
        recalls.append(retrievability(weights, memory, day + 1 - last_day))
    total = sum(answers * (days - since) for since, answers in enumerate(took))
    return Workload(new * total / days, new * sum(took), new * sum(recalls))


def _first_met(weights: Weights) -> Triple:
    """What a first answer leaves, on average."""
    missed = _put_right(weights, first_memory(weights, AGAIN))
    return _between(missed, first_memory(weights, GOOD), DEFAULT_PRIOR)


def _followed(plan: Plan, memory: Triple, last_day: int, due: int) -> tuple[float, float]:
    """A fact's recall on the date, and the answers until then."""
    weights, answers = plan.weights, 0.0
    sure_from = securing(plan.last_day, plan.due_day)
    day = plan.today
    while day <= plan.last_day:
        expected = retrievability(weights, memory, max(0, plan.due_day - last_day))
        unsure = day >= sure_from and expected < plan.target
        spared = day == plan.last_day < plan.due_day and not unsure
        if day > last_day and not spared and (unsure or due <= day):
            memory, took = _answered(plan, memory, day - last_day, day, unsure=unsure)
            answers, last_day = answers + took, day
            due = day + min(interval(weights, memory, plan.retention), cap(plan.due_day - day))
        day = day + 1 if day + 1 >= sure_from else max(day + 1, min(due, sure_from))
    return retrievability(weights, memory, max(0, plan.due_day - last_day)), answers


def _answered(plan: Plan, memory: Triple, elapsed: int, day: int, *, unsure: bool) -> tuple[Triple, float]:
    weights = plan.weights
    recall = retrievability(weights, memory, elapsed)
    missed = _put_right(weights, next_memory(weights, Memory(*memory), AGAIN, elapsed))
    after = _between(missed, next_memory(weights, Memory(*memory), GOOD, elapsed), recall)
    answers, most = 2 - recall, repeats(plan.last_day - day) if unsure else 1
    while answers < most and retrievability(weights, after, plan.due_day - day) < plan.target:
        after, answers = next_memory(weights, Memory(*after), GOOD, PAUSE), answers + 1
    return after, answers


def _put_right(weights: Weights, memory: Memory) -> Memory:
    return next_memory(weights, memory, GOOD, PAUSE)


def _between(start: Triple, end: Triple, share: float) -> Triple:
    """`share` of the way: in ln S, in ln Sf and in D."""
    slow, fast = (exp((1 - share) * log(start[place]) + share * log(end[place])) for place in (0, 1))
    return slow, fast, start[2] + share * (end[2] - start[2])
