"""Weights that were fitted to answers hold for a learner together with their cards."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.study.scheduling.fsrs import DEFAULT_WEIGHTS, MODEL, Weights
from quizapp.domain.study.scheduling.parameters import text_of, weights_of
from quizapp.services.study.fitting.adoption import adopt_next
from quizapp.services.study.learner import learner_of
from quizapp.services.study.rebuild import outdated
from quizapp.storage.accounts.tables import Account
from quizapp.storage.study.tables import Card, MemorySet
from tests.factories import NOW, SETTINGS, add_account, answer, checked, flip, studied_deck

LATER = NOW + timedelta(days=1)


def weights(first: float) -> str:
    """Weights with another first stability of a right answer, as they are stored."""
    return text_of(Weights((0.1, 0.5, first, *DEFAULT_WEIGHTS.values[3:])))


def add_set(session: Session, first: float, learner_id: int | None = None, **columns: object) -> str:
    values = {"model": MODEL, "answers": 900, "held_back": 300, "used": True} | columns
    losses = {"loss": 0.4, "loss_before": 0.5, "loss_default": 0.5}
    session.add(MemorySet(learner_id=learner_id, fitted_at=NOW, weights=weights(first), **losses, **values))
    session.flush()
    return weights(first)


def adopt_all(session: Session) -> int:
    return sum(iter(lambda: adopt_next(session, SETTINGS, now=LATER), 0))


def test_without_fitted_weights_nothing_moves(session: Session) -> None:
    add_account(session)
    assert adopt_next(session, SETTINGS, now=NOW) == 0


def test_the_sites_weights_hold_for_all_and_the_cards_follow_learner_by_learner(session: Session) -> None:
    learners = [add_account(session) for _ in range(2)]
    for number, account in enumerate(learners):
        learner = learner_of(account, SETTINGS)
        answer(session, learner, studied_deck(session, learner, [flip()], slug=f"deck-{number}")[0])
    before = session.scalars(select(Card.stability).order_by(Card.learner_id)).all()
    text = add_set(session, 2.0)
    assert (checked(session).outdated, outdated(session, SETTINGS)) == (0, []), (
        "by what holds, not by what will"
    )

    assert adopt_next(session, SETTINGS, now=LATER) == 1
    assert [account.weights for account in learners] == [text, ""]
    assert (checked(session).outdated, checked(session).different) == (0, 0)
    assert adopt_all(session) == 1

    assert [account.weights for account in learners] == [text, text]
    assert session.scalars(select(Card.stability)).all() == [2.0, 2.0] != before
    assert (checked(session).outdated, checked(session).different) == (0, 0)
    assert learner_of(learners[0], SETTINGS).parameters.weights == weights_of(text)


def test_own_weights_come_before_the_sites_and_newer_ones_before_older(session: Session) -> None:
    own, other = add_account(session), add_account(session)
    mine = add_set(session, 3.0, own.id)
    add_set(session, 1.0)
    site = add_set(session, 2.0)
    assert adopt_all(session) == 2
    assert (own.weights, other.weights) == (mine, site)


def test_weights_that_are_not_used_or_of_another_model_hold_for_no_one(session: Session) -> None:
    account = add_account(session)
    add_set(session, 2.0, used=False)
    add_set(session, 3.0, model="FSRS-6")
    assert adopt_all(session) == 0
    assert account.weights == ""


def test_what_new_weights_bring_forward_to_today_comes_over_a_week(session: Session) -> None:
    account = add_account(session)
    learner = learner_of(account, SETTINGS)
    for item in studied_deck(session, learner, [flip(number) for number in range(14)]):
        answer(session, learner, item, at=NOW - timedelta(days=2))
    today = learner.today(LATER)
    assert not session.scalars(select(Card.item_id).where(Card.due_day <= today)).all()
    add_set(session, 0.5)
    assert adopt_all(session) == 1
    days = Counter(session.scalars(select(Card.due_day)).all())
    assert sum(days.values()) == 14
    assert max(days.values()) < 14
    assert (checked(session).outdated, checked(session).different) == (0, 0)


def test_an_account_is_read_with_its_weights(session: Session) -> None:
    add_account(session)
    text = add_set(session, 2.0)
    adopt_all(session)
    assert session.scalars(select(Account.weights)).all() == [text]
