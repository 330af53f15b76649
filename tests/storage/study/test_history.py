"""The log as the scheduler reads it: of one card, and of all of a learner's."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from quizapp.services.study.learner import Learner
from quizapp.storage.study.history import card_log, learner_log
from tests import factories
from tests.factories import NOW, answer, choice, studied_deck

DAY = timedelta(days=1)


@pytest.fixture
def learner(session: Session) -> Learner:  # instead of the guest on the shipped bank
    return factories.add_learner(session)


@pytest.fixture
def items(session: Session, learner: Learner) -> list[int]:
    return studied_deck(session, learner, [choice(1), choice(2)])


def test_a_cards_log_is_in_order_of_time_and_its_own(
    session: Session, learner: Learner, items: list[int]
) -> None:
    for days in (2, 0, 1):
        answer(session, learner, items[0], at=NOW + days * DAY, review=uuid4())
    answer(session, learner, items[1])
    answer(session, factories.add_learner(session), items[0])
    log = card_log(session, learner.id, items[0])
    assert [row.at for row in log] == [NOW, NOW + DAY, NOW + 2 * DAY]


def test_a_learners_log_comes_card_by_card_and_holds_no_one_elses(
    session: Session, learner: Learner, items: list[int]
) -> None:
    second = answer(session, learner, items[1])
    for days in (1, 0):
        answer(session, learner, items[0], at=NOW + days * DAY, review=uuid4())
    answer(session, factories.add_learner(session), items[0])
    log = learner_log(session, learner.id)
    assert [(row.item_id, row.at) for row in log] == [(items[0], NOW), (items[0], NOW + DAY), (items[1], NOW)]
    assert log[-1].id == second.review
    assert [row[7:] for row in log[:2]] == card_log(session, learner.id, items[0])
