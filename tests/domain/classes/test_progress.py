"""Progress of “know this deck by Friday”: facts, their least remembered item, and the due day."""

from __future__ import annotations

from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.classes.progress import Progress, Remembered, progress
from quizapp.domain.study.scheduling.fsrs import DEFAULT_WEIGHTS, Memory
from quizapp.domain.study.scheduling.interval import time_to

FRIDAY = 740_000


def memory(days: float) -> Memory:
    return Memory(days, days, 5.0)


def of(*cards: Remembered, facts: int = 4, target: float = 0.9, due_day: int = FRIDAY) -> Progress:
    return progress(cards, facts, weights=DEFAULT_WEIGHTS, target=target, due_day=due_day)


def test_a_fact_is_known_when_its_recall_on_the_due_day_reaches_the_target() -> None:
    days = time_to(DEFAULT_WEIGHTS, memory(4.0), 0.9)
    at_target = Remembered(1, memory(4.0), last_day=FRIDAY - floor(days), learning=False)
    below = Remembered(2, memory(4.0), last_day=FRIDAY - ceil(days), learning=False)
    assert of(at_target, below) == Progress(known=1, met=2, facts=4)
    assert of(at_target, below, target=0.85).known == 2


def test_what_was_never_met_is_not_known() -> None:
    assert of() == Progress(0, 0, 4)
    assert of().share == 0
    assert of(facts=0).share == 0
    assert not of(facts=0).complete


def test_a_fact_is_as_well_known_as_its_least_remembered_item() -> None:
    strong, weak = Remembered(1, memory(100), FRIDAY - 3, False), Remembered(1, memory(1), FRIDAY - 3, False)
    assert of(strong).known == 1
    assert of(strong, weak) == of(weak, strong) == Progress(0, 1, 4)


def test_a_miss_on_the_due_day_itself_is_not_known() -> None:
    assert of(Remembered(1, memory(100), FRIDAY, True)).known == 0
    assert of(Remembered(1, memory(100), FRIDAY, False)).known == 1


def test_an_answer_after_the_due_day_counts_as_if_given_on_it() -> None:
    assert of(Remembered(1, memory(0.5), FRIDAY + 3, False)).known == 1


def test_all_facts_known_is_complete() -> None:
    cards = [Remembered(fact, memory(100), FRIDAY, False) for fact in range(4)]
    assert of(*cards).complete
    assert of(*cards).share == 1
    assert not of(*cards[:3]).complete


CARDS = st.builds(
    Remembered,
    st.integers(1, 4),
    st.floats(0.01, 100).map(memory),
    st.integers(FRIDAY - 30, FRIDAY + 3),
    st.booleans(),
)


@given(
    st.lists(CARDS, max_size=12).flatmap(lambda cards: st.tuples(st.just(cards), st.permutations(cards))),
    st.integers(0, 30),
)
def test_neither_order_nor_a_higher_target_nor_waiting_makes_more_of_it(
    both: tuple[list[Remembered], list[Remembered]], days: int
) -> None:
    one, other = (of(*cards) for cards in both)
    assert one == other
    assert one.known <= one.met <= one.facts
    assert of(*both[0], target=0.95).known <= one.known
    quiet = [card for card in both[0] if card.last_day < FRIDAY]  # on the day of a miss nothing is known yet
    assert of(*quiet, due_day=FRIDAY + days).known <= of(*quiet).known


@pytest.mark.parametrize("target", [0.8, 0.95])
def test_the_target_is_the_assignments(target: float) -> None:
    assert of(Remembered(1, memory(4.0), FRIDAY - 4, False), target=target).known == (target < 0.9)
