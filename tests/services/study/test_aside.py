"""Putting away and setting aside: events in the log, which hold after later answers and can be undone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.errors import Missing
from quizapp.domain.study.scheduling.card import AWAY, LEECH_LAPSES
from quizapp.services.study import aside
from quizapp.services.study.answer_log import Recorded, undo
from quizapp.services.study.learner import Learner
from quizapp.services.study.next_question import next_question, waiting
from tests import factories
from tests.factories import NOW, answer, card, checked, flip, studied_deck

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture
def learner(session: Session) -> Learner:
    return factories.add_learner(session)


def due_day(session: Session, learner: Learner, item: int) -> Any:
    row = card(session, learner, item)
    assert row is not None
    return row["due_day"]


def forgotten(session: Session, learner: Learner, item: int, times: int) -> Recorded:
    """Learnt, then forgotten so many times on as many days; what came of the last miss."""
    answer(session, learner, item, at=NOW - (times + 1) * 10 * DAY)
    for lapse in range(times):
        at = NOW - (times - lapse - 1) * 10 * DAY
        last = answer(session, learner, item, False, at=at)
        if lapse < times - 1:
            answer(session, learner, item, at=at + 10 * MINUTE)
    return last


def test_what_is_dismissed_is_asked_no_more_even_after_a_quiz(session: Session, learner: Learner) -> None:
    item, _other = studied_deck(session, learner, [flip(1), flip(2)])
    given = answer(session, learner, item, False, at=NOW - 9 * DAY)
    aside.put_away(session, learner, given.review, now=NOW - 9 * DAY)
    aside.put_away(session, learner, given.review, now=NOW - 8 * DAY)
    assert due_day(session, learner, item) == AWAY
    assert waiting(session, learner, now=NOW).due == 0
    answer(session, learner, item, False, at=NOW, source="quiz")
    assert due_day(session, learner, item) == AWAY
    assert checked(session).different == 0
    assert aside.take_back(session, learner, item, now=NOW + MINUTE)
    assert not aside.take_back(session, learner, item, now=NOW + MINUTE)
    at = NOW + 10 * MINUTE
    found = next_question(session, learner, waiting(session, learner, now=at), now=at)
    assert found is not None
    assert found.item_id == item
    assert checked(session).different == 0


def test_eight_misses_set_an_item_aside_and_undoing_the_last_brings_it_back(
    session: Session, learner: Learner
) -> None:
    (item,) = studied_deck(session, learner, [flip(1)])
    last = forgotten(session, learner, item, LEECH_LAPSES)
    assert last.set_aside
    assert due_day(session, learner, item) == AWAY
    undo(session, learner, last.review, now=NOW + MINUTE)
    assert due_day(session, learner, item) < AWAY
    again = answer(session, learner, item, at=NOW + 2 * MINUTE)
    assert not again.set_aside
    assert checked(session).different == 0


def test_once_taken_back_the_next_eight_misses_count(session: Session, learner: Learner) -> None:
    (item,) = studied_deck(session, learner, [flip(1)])
    forgotten(session, learner, item, LEECH_LAPSES)
    aside.take_back(session, learner, item, now=NOW + MINUTE)
    answer(session, learner, item, at=NOW + 10 * MINUTE)
    assert not answer(session, learner, item, False, at=NOW + 20 * DAY).set_aside
    assert due_day(session, learner, item) < AWAY


def test_only_ones_own_answers_can_be_dismissed(session: Session, learner: Learner) -> None:
    (item,) = studied_deck(session, learner, [flip(1)])
    given = answer(session, learner, item)
    other = factories.add_learner(session)
    for review in (given.review, uuid4()):
        with pytest.raises(Missing):
            aside.put_away(session, other, review, now=NOW)
    assert not aside.take_back(session, other, item, now=NOW)
