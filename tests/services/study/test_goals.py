"""Intervals of what is to be known by a date: capped in the event, so that a rebuild says the same."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.classes.terms import Feedback, Sort
from quizapp.services.classes import assignments, classrooms, enrolments
from quizapp.services.study.learner import Learner, learner_of
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.tables import Assignment, AssignmentExtension, Classroom, Enrolment
from quizapp.storage.study import goals
from tests import factories
from tests.factories import NOW, SETTINGS, answer, card, checked, choice, flip, item_ids, log_of

DAY = timedelta(days=1)


def furnish(session: Session, **terms: Any) -> tuple[Learner, int]:
    """A student of a class that is to know a deck in ten days, and an item of it."""
    teacher = factories.add_account(session, role="teacher", name="Vera")
    deck = factories.add_deck(
        session, [choice() if terms.get("sort") is Sort.QUIZ else flip()], slug="rivers"
    )
    room = classrooms.create(session, teacher, name="7b", zone="UTC", now=NOW)
    enrolments.add_roster(session, room, ["Ada"], now=NOW)
    wanted = {"opens_at": NOW, "due_at": NOW + 10 * DAY, "feedback": Feedback.NOW} | terms
    sort = wanted.pop("sort", Sort.STUDY)
    plan = assignments.Plan(**wanted)
    assignments.create(session, room, teacher, sort=sort, deck_slug="rivers", plan=plan, now=NOW)
    place = session.scalars(select(Enrolment)).one()
    return learner_of(session.get_one(Account, place.learner_id), SETTINGS), item_ids(session, deck)[0]


def learn(session: Session, learner: Learner, item: int) -> None:
    """So well that the next interval would be weeks."""
    for days in (-90, -80, -50):
        answer(session, learner, item, at=NOW + days * DAY)


def interval(session: Session, learner: Learner, item: int) -> int:
    row = card(session, learner, item)
    assert row is not None
    return row["due_day"] - row["last_day"]


def test_what_is_to_be_known_by_a_date_comes_again_within_half_the_days_left(session: Session) -> None:
    learner, item = furnish(session)
    learn(session, learner, item)
    for days, most in ((0, 5), (3, 3), (9, 1), (10, 1)):
        answer(session, learner, item, at=NOW + days * DAY)
        assert interval(session, learner, item) <= most
        assert log_of(session, learner, item)[-1].cap == most
    assert checked(session).differences == []


def test_after_the_date_intervals_are_free_again(session: Session) -> None:
    learner, item = furnish(session)
    learn(session, learner, item)
    answer(session, learner, item, at=NOW + 11 * DAY)
    assert log_of(session, learner, item)[-1].cap is None
    assert interval(session, learner, item) > 14


def test_a_student_with_more_time_has_it_here_too(session: Session) -> None:
    learner, item = furnish(session)
    made, place = session.scalars(select(Assignment)).one(), session.scalars(select(Enrolment)).one()
    more = AssignmentExtension(
        assignment_id=made.id, enrolment_id=place.id, due_at=NOW + 20 * DAY, granted_at=NOW
    )
    session.add(more)
    session.flush()
    assert goals.known_by(session, learner.id, item, NOW) == NOW + 20 * DAY


@pytest.mark.parametrize(
    "why", ["a quiz", "not open yet", "removed from the class", "archived", "another item"]
)
def test_nothing_else_sets_a_date(session: Session, why: str) -> None:
    terms: dict[str, Any] = {"a quiz": {"sort": Sort.QUIZ}, "not open yet": {"opens_at": NOW + DAY}}.get(
        why, {}
    )
    learner, item = furnish(session, **terms)
    place, room = session.scalars(select(Enrolment)).one(), session.scalars(select(Classroom)).one()
    if why == "removed from the class":
        place.removed_at = NOW
    elif why == "archived":
        room.archived_at = NOW
    elif why == "another item":
        item = item_ids(session, factories.add_deck(session, [flip(2)], slug="lakes"))[0]
    session.flush()
    assert goals.known_by(session, learner.id, item, NOW) is None
