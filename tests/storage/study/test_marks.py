"""A learner's marks: they pass what has been met, go back to what is new again, and hide nothing new."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizapp.services.library.editor import move_by_one
from quizapp.services.library.items import fill_deck
from quizapp.services.study.answer_log import undo
from quizapp.services.study.learner import Learner
from quizapp.storage.library.tables import Deck, DeckItem, Item
from quizapp.storage.study import due as waiting
from quizapp.storage.study import marks
from quizapp.storage.study.tables import StudyDeck
from tests import factories
from tests.factories import NOW, flip

TODAY = NOW.date().toordinal()


@pytest.fixture
def learner(session: Session) -> Learner:
    return factories.add_learner(session)


def mark(session: Session, learner: Learner) -> int:
    return session.scalars(select(StudyDeck.met_before).where(StudyDeck.learner_id == learner.id)).one()


def fresh(session: Session, learner: Learner, deck_id: int | None = None) -> list[int]:
    return [row.item_id for row in waiting.new_items(session, learner.id, TODAY + 400, deck_id)]


def test_the_mark_passes_what_has_been_met(session: Session, learner: Learner) -> None:
    one, two, three, four = factories.studied_deck(session, learner, [flip(n) for n in range(4)])
    factories.answer(session, learner, two)
    assert mark(session, learner) == 1
    factories.answer(session, learner, one)
    assert mark(session, learner) == 3
    session.execute(update(Item).where(Item.id == three).values(state="retired"))
    factories.answer(session, learner, four)
    assert mark(session, learner) == 5


def test_the_mark_goes_back_to_an_answer_undone(session: Session, learner: Learner) -> None:
    one, two, three = factories.studied_deck(session, learner, [flip(n) for n in range(3)])
    for item in (one, two):
        given = factories.answer(session, learner, item)
    undo(session, learner, given.review, now=NOW + timedelta(minutes=1))
    assert mark(session, learner) == 2
    assert fresh(session, learner) == [two, three]


STEP = st.tuples(
    st.sampled_from(["answer", "undo", "retire", "publish", "up", "down", "turn round"]), st.integers(0, 5)
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEP, max_size=25))
def test_whatever_happens_marks_hide_nothing_new(
    session: Session, learner: Learner, steps: list[tuple[str, int]]
) -> None:
    with session.begin_nested() as nested:
        items = factories.studied_deck(session, learner, [flip(n) for n in range(6)])
        deck = session.scalars(select(Deck)).one()
        at, given_ids = NOW, list[UUID]()
        for what, number in steps:
            at += timedelta(days=1)
            item = session.get_one(Item, items[number])
            match what:
                case "answer" if item.state == "published":
                    given_ids.append(factories.answer(session, learner, item.id, at=at).review)
                case "undo" if given_ids:
                    undo(session, learner, given_ids.pop(number % len(given_ids)), now=at)
                case "retire" | "publish":
                    factories.set_published(session, item, published=what == "publish")
                case "up" | "down":
                    move_by_one(session, deck, item, up=what == "up")
                case "turn round":
                    order = select(DeckItem.item_id).where(DeckItem.deck_id == deck.id)
                    now = session.scalars(order.order_by(DeckItem.position)).all()
                    fill_deck(session, deck, now[::-1])
        quick = fresh(session, learner), fresh(session, learner, deck.id)
        marks.unpass(session, learner_id=learner.id)
        assert quick == (fresh(session, learner), fresh(session, learner, deck.id))
        nested.rollback()
    session.expunge_all()
