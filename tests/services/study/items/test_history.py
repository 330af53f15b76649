"""One item with its learner: each answer with the memory after it, why it is due, what an answer would do."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.errors import Missing
from quizapp.domain.library.kinds.base import Format
from quizapp.services.study import aside, decks
from quizapp.services.study.answer_log import undo
from quizapp.services.study.items.history import Outcome, Why, item_history
from quizapp.services.study.learner import Learner, learner_of
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Deck
from quizapp.storage.study.tables import Goal, GoalDeck
from tests import factories
from tests.factories import NOW, SETTINGS, answer, card, choice, flip, studied_deck

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture
def learner(session: Session) -> Learner:
    return factories.add_learner(session)


def test_each_answer_has_the_memory_after_it_and_the_undone_one_none(
    session: Session, learner: Learner
) -> None:
    item, _other = studied_deck(session, learner, [choice(1), choice(2)])
    answer(session, learner, item, at=NOW - 9 * DAY)
    last = answer(session, learner, item, False, at=NOW - 2 * DAY)
    after = card(session, learner, item)
    assert after is not None
    found = item_history(session, learner, item, now=NOW)
    assert found.why is Why.LEARNING
    assert [past.undone for past in found.past] == [False, False]
    assert [past.event.score for past in found.past] == [0.0, 1.0]
    newest = found.past[0].state
    assert newest is not None
    assert (newest.stability, newest.due_day) == (after["stability"], after["due_day"])
    undo(session, learner, last.review, now=NOW)
    again = item_history(session, learner, item, now=NOW)
    assert [(past.undone, past.state is None) for past in again.past] == [(True, True), (False, False)]
    assert again.why is Why.RECALL
    assert again.low <= again.state.due_day <= again.high  # type: ignore[union-attr]


@pytest.mark.parametrize("right", [True, False])
def test_an_answer_does_what_was_said_it_would(session: Session, learner: Learner, right: bool) -> None:
    item, _other = studied_deck(session, learner, [choice(1), choice(2)])
    answer(session, learner, item, at=NOW - 9 * DAY)
    said = item_history(session, learner, item, now=NOW)
    assert (said.format, [each.rating for each in said.outcomes]) == (Format.CHOOSE, [0, 1])
    assert said.outcomes[1] == Outcome(1, 0, 0)
    outcome = said.outcomes[0 if right else 1]
    state = answer(session, learner, item, right).state
    assert state is not None
    assert outcome.low <= state.due_day - NOW.toordinal() <= outcome.high


def test_a_flip_card_has_as_many_outcomes_as_ratings_and_its_decks_target(session: Session) -> None:
    account = factories.add_account(session, four_ratings=True)
    learner = learner_of(account, SETTINGS)
    item = studied_deck(session, learner, [flip(1)])[0]
    answer(session, learner, item, at=NOW - 3 * DAY)
    usual = item_history(session, learner, item, now=NOW)
    assert [each.rating for each in usual.outcomes] == [1, 2, 3, 4]
    factories.set_target(session, learner, 0.8)
    lower = item_history(session, learner, item, now=NOW)
    assert lower.target == 0.8
    assert lower.outcomes[-1].high > usual.outcomes[-1].high


def test_it_is_said_why_it_is_due_when_it_is(session: Session, learner: Learner) -> None:
    item, other = studied_deck(session, learner, [flip(1), flip(2)])
    deck = session.scalars(select(Deck)).one()

    def why(item: int = item) -> Why:
        return item_history(session, learner, item, now=NOW + MINUTE).why

    given = answer(session, learner, item, at=NOW)
    assert why() is Why.RECALL
    decks.pause(session, learner.id, deck.id, now=NOW)
    assert why() is Why.RESTS
    aside.put_away(session, learner, given.review, now=NOW)
    assert why() is Why.AWAY
    account = session.get_one(Account, learner.id)
    decks.restart(session, account, deck.id, SETTINGS, now=NOW)
    assert why() is Why.NEW
    decks.resume(session, learner.id, deck.id, now=NOW)
    goal = Goal(learner_id=learner.id, title="Exam", due_at=NOW + 3 * DAY, target=0.9, created_at=NOW)
    session.add(goal)
    session.flush()
    session.add(GoalDeck(goal_id=goal.id, deck_id=deck.id))
    session.flush()
    answer(session, learner, other, at=NOW)
    assert why(other) is Why.DATE


def test_what_was_not_answered_or_does_not_exist_has_no_history(session: Session, learner: Learner) -> None:
    item = studied_deck(session, learner, [flip(1)])[0]
    stranger = factories.add_learner(session)
    answer(session, learner, item, review=uuid4())
    for who, which in ((stranger, item), (learner, item + 10**6)):
        with pytest.raises(Missing):
            item_history(session, who, which, now=NOW)
