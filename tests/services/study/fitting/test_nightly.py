"""What is fitted at night: to whose answers, how often, and what holds afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine, delete, func, select
from sqlalchemy.orm import Session

from quizapp.domain.study.scheduling.fsrs import DEFAULT_WEIGHTS, Weights
from quizapp.services.study.fitting.adoption import adopt_next
from quizapp.services.study.fitting.nightly import EVERY, OWN_EVERY, fit_all
from quizapp.storage.accounts.tables import Account
from quizapp.storage.study.tables import MemorySet, Review
from tests.factories import NOW, SETTINGS, add_learner, checked, flip, studied_deck
from tests.services.study.fitting.memories import remember

# Who forgets so needs to be asked much sooner.
W = DEFAULT_WEIGHTS.values
FORGETFUL = Weights((*W[:2], 0.4, *W[3:7], 0.5, *W[8:26], 0.7, *W[27:]))


def classmates(session: Session, count: int, items: int, by: Weights) -> list[int]:
    learners = [add_learner(session) for _ in range(count)]
    remember(
        session,
        [learner.id for learner in learners],
        studied_deck(session, learners[0], [flip(number) for number in range(items)]),
        by,
    )
    return [learner.id for learner in learners]


def test_the_answers_of_all_teach_the_site_and_the_cards_follow(session: Session, engine: Engine) -> None:
    classmates(session, 20, 15, FORGETFUL)
    (found,) = fit_all(engine, now=NOW)
    assert found.used
    assert found.learner_id is None
    assert found.loss < found.loss_before == found.loss_default
    assert found.answers + found.held_back == 20 * 15 * 5
    assert found.held_back == 375

    assert sum(iter(lambda: adopt_next(session, SETTINGS, now=NOW), 0)) == 20
    assert set(session.scalars(select(Account.weights))) == {found.weights}
    assert (checked(session).outdated, checked(session).different) == (0, 0)
    session.commit()

    assert list(fit_all(engine, now=NOW + EVERY - timedelta(minutes=1))) == [], "once a night"
    (again,) = fit_all(engine, now=NOW + EVERY)
    assert again.loss_before == pytest.approx(found.loss)
    assert not again.used, "it gains nothing over what is in force"
    assert len(list(fit_all(engine, now=NOW + EVERY, again=True))) == 1


def test_weights_that_predict_no_better_are_kept_but_do_not_hold(session: Session, engine: Engine) -> None:
    learners = classmates(session, 20, 15, DEFAULT_WEIGHTS)
    (found,) = fit_all(engine, now=NOW)
    assert not found.used
    assert adopt_next(session, SETTINGS, now=NOW) == 0
    assert session.get_one(Account, learners[0]).weights == ""


def test_who_has_answered_much_gets_own_weights_that_depart_from_the_sites(
    session: Session, engine: Engine
) -> None:
    classmates(session, 4, 30, DEFAULT_WEIGHTS)
    other = add_learner(session)
    remember(
        session,
        [other.id],
        studied_deck(session, other, [flip(number) for number in range(130)], slug="own"),
        FORGETFUL,
        seed=5,
    )
    site, own = fit_all(engine, now=NOW)
    assert (site.learner_id, own.learner_id) == (None, other.id)
    assert own.used
    assert own.answers + own.held_back == 130 * 5
    while adopt_next(session, SETTINGS, now=NOW):
        pass
    assert session.get_one(Account, other.id).weights == own.weights
    session.commit()
    assert [each.learner_id for each in fit_all(engine, now=NOW + EVERY)] == [None], "own ones once a week"
    assert [each.learner_id for each in fit_all(engine, now=NOW + OWN_EVERY)] == [None, other.id]


def test_few_answers_teach_nothing(session: Session, engine: Engine) -> None:
    assert list(fit_all(engine, now=NOW)) == []
    classmates(session, 3, 10, FORGETFUL)
    assert list(fit_all(engine, now=NOW)) == []


def test_who_is_erased_meanwhile_leaves_nothing(session: Session, engine: Engine) -> None:
    learners = classmates(session, 2, 130, FORGETFUL)
    found = fit_all(engine, now=NOW)
    assert next(found).learner_id is None
    session.execute(delete(Review).where(Review.learner_id == learners[0]))
    session.execute(delete(Account).where(Account.id == learners[0]))
    session.commit()
    assert [each.learner_id for each in found] == [learners[1]]
    assert session.scalar(select(func.count()).select_from(MemorySet)) == 2
