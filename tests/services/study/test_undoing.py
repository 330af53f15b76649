"""Taking an answer back: card and numbers as if it had never been, the log longer by one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from quizapp.services.study.answer_log import undo
from quizapp.services.study.learner import Learner
from quizapp.services.study.next_question import question
from quizapp.storage.study.step import newest_answer
from tests import factories
from tests.factories import NOW, answer, card, checked, choice, day_row, everything, log_of, studied_deck

DAY = timedelta(days=1)
TODAY = NOW.date().toordinal()


@pytest.fixture
def learner(session: Session) -> Learner:
    return factories.add_learner(session)


def but_events(row: dict[str, Any] | None) -> dict[str, Any]:
    assert row is not None
    return {name: value for name, value in row.items() if name != "events"}


def test_undo_restores_card_and_numbers_exactly(session: Session, learner: Learner) -> None:
    item, other = studied_deck(session, learner, [choice(1), choice(2)])
    for n in range(3):
        answer(session, learner, item, at=NOW + 4 * n * DAY)
    answer(session, learner, other, at=NOW + 12 * DAY)
    before = everything(session, learner)
    stored = but_events(card(session, learner, item))

    slip = answer(session, learner, item, False, at=NOW + 12 * DAY, duration_ms=3_000)
    assert undo(session, learner, slip.review, now=NOW + 12 * DAY) == item

    assert but_events(card(session, learner, item)) == stored
    cards, _, days, calibration = everything(session, learner)
    assert (days, calibration) == (before[2], before[3])
    assert len(cards) == len(before[0])
    assert checked(session).different == 0


def test_undoing_twice_is_undoing_once(session: Session, learner: Learner) -> None:
    (item,) = studied_deck(session, learner, [choice()])
    done = answer(session, learner, item)
    answer(session, learner, item, False, at=NOW + DAY)
    assert undo(session, learner, done.review, now=NOW + DAY) == item
    before = everything(session, learner)
    assert undo(session, learner, done.review, now=NOW + 2 * DAY) == item
    assert everything(session, learner) == before
    assert len(log_of(session, learner)) == 3


def test_undoing_the_only_answer_leaves_no_card_and_the_item_is_new(
    session: Session, learner: Learner
) -> None:
    (item,) = studied_deck(session, learner, [choice()])
    done = answer(session, learner, item)
    undo(session, learner, done.review, now=NOW)

    assert card(session, learner, item) is None
    assert day_row(session, learner) == {}
    assert len(log_of(session, learner)) == 2
    served = question(session, learner, item, TODAY)
    assert served is not None
    assert served.review != done.review  # else the new answer would be taken for the old one

    again = answer(session, learner, item, at=NOW + timedelta(minutes=1))
    assert again.new
    assert card(session, learner, item)["events"] == 3  # type: ignore[index]
    assert day_row(session, learner)["new_items"] == 1
    assert checked(session).different == 0


def test_undoing_an_earlier_answer_keeps_the_later_ones(session: Session, learner: Learner) -> None:
    (item,) = studied_deck(session, learner, [choice()])
    first = answer(session, learner, item, False, at=NOW)
    answer(session, learner, item, True, at=NOW + DAY)
    undo(session, learner, first.review, now=NOW + DAY)
    stored = card(session, learner, item)
    assert stored is not None
    assert (stored["reps"], stored["first_day"], stored["lapses"]) == (1, TODAY + 1, 0)
    assert day_row(session, learner) == {}
    assert day_row(session, learner, TODAY + 1)["new_items"] == 1
    assert checked(session).different == 0


def test_what_cannot_be_undone(session: Session, learner: Learner) -> None:
    (item,) = studied_deck(session, learner, [choice()])
    stranger = factories.add_learner(session)
    theirs = answer(session, stranger, item)
    done = answer(session, learner, item)
    undo(session, learner, done.review, now=NOW)
    (cancelling,) = (row for row in log_of(session, learner) if row.voids)
    before = everything(session, learner), everything(session, stranger)
    for review in (uuid4(), theirs.review, cancelling.id):
        assert undo(session, learner, review, now=NOW) is None
    assert (everything(session, learner), everything(session, stranger)) == before


def test_an_answer_from_before_the_day_turned_can_be_undone(session: Session, learner: Learner) -> None:
    first, second = studied_deck(session, learner, [choice(1), choice(2)])
    turns = NOW.replace(hour=4, minute=0, second=0)
    kept = answer(session, learner, first, at=turns - timedelta(minutes=2))
    slip = answer(session, learner, second, False, at=turns - timedelta(seconds=10))
    assert newest_answer(session, learner.id) == slip.review
    undo(session, learner, slip.review, now=turns + timedelta(seconds=10))
    assert newest_answer(session, learner.id) == kept.review
    assert card(session, learner, second) is None
    assert checked(session).different == 0


def test_the_newest_answer_is_the_last_that_still_counts(session: Session, learner: Learner) -> None:
    one, other = studied_deck(session, learner, [choice(1), choice(2)])
    first = answer(session, learner, one)
    second = answer(session, learner, other, at=NOW + timedelta(minutes=1))
    assert newest_answer(session, learner.id) == second.review
    undo(session, learner, second.review, now=NOW + timedelta(minutes=2))
    assert newest_answer(session, learner.id) == first.review
    undo(session, learner, first.review, now=NOW + timedelta(minutes=3))
    assert newest_answer(session, learner.id) is None
