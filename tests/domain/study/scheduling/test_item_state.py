"""Item states: the places on the way into memory, and recall now."""

from __future__ import annotations

import pytest

from quizapp.domain.study.scheduling.card import AWAY
from quizapp.domain.study.scheduling.fsrs import DEFAULT_WEIGHTS, Memory, retrievability
from quizapp.domain.study.scheduling.item_state import ItemState, item_state, recall_now

MEMORY = Memory(10.0, 10.0, 5.0)


@pytest.mark.parametrize(
    ("due_day", "learning", "expected"),
    [
        (None, None, ItemState.NEW),
        (100, True, ItemState.LEARNING),
        (99, True, ItemState.LEARNING),
        (100, False, ItemState.DUE),
        (101, False, ItemState.KNOWN),
        (AWAY, False, ItemState.AWAY),
        (AWAY, True, ItemState.AWAY),
    ],
)
def test_a_card_stands_where_its_last_answer_and_due_day_put_it(due_day, learning, expected):
    assert item_state(due_day, learning, 100) is expected


def test_recall_follows_the_curve():
    assert recall_now(DEFAULT_WEIGHTS, MEMORY, 90, False, 100) == retrievability(DEFAULT_WEIGHTS, MEMORY, 10)


def test_a_miss_of_today_is_not_known_though_it_was_just_read():
    assert recall_now(DEFAULT_WEIGHTS, MEMORY, 100, True, 100) == 0
    assert recall_now(DEFAULT_WEIGHTS, MEMORY, 100, False, 100) == pytest.approx(1, abs=1e-4)
    assert 0 < recall_now(DEFAULT_WEIGHTS, MEMORY, 99, True, 100) < 1


def test_a_clock_that_went_back_counts_as_the_same_day():
    assert recall_now(DEFAULT_WEIGHTS, MEMORY, 101, False, 100) == pytest.approx(1, abs=1e-4)
