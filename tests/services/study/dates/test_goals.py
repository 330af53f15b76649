"""Intervals of what is to be known by a date: capped in the event, so that a rebuild says the same."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.classes.terms import Feedback, Sort
from quizapp.services.classes import assignments, classrooms, rosters
from quizapp.services.study.answer_log import open_item
from quizapp.services.study.learner import Learner, learner_of
from quizapp.services.study.next_question import waiting
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.tables import Assignment, AssignmentExtension, Classroom, Enrolment
from quizapp.storage.study.step import asked
from quizapp.storage.study.tables import Goal, GoalDeck, StudyDeck
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
    rosters.add_roster(session, room, ["Ada"], now=NOW)
    wanted = {"opens_at": NOW, "due_at": NOW + 10 * DAY, "feedback": Feedback.NOW} | terms
    sort = wanted.pop("sort", Sort.STUDY)
    plan = assignments.Plan(**wanted)
    assignments.create(session, room, teacher, sort=sort, deck_slug="rivers", plan=plan, now=NOW)
    place = session.scalars(select(Enrolment)).one()
    return learner_of(session.get_one(Account, place.learner_id), SETTINGS), item_ids(session, deck)[0]


def known_by(session: Session, learner: Learner, item: int) -> datetime | None:
    served = asked(session, learner.id, item)
    assert served is not None
    return open_item(session, learner, item, served.version_id, now=NOW).known_by


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
    assert known_by(session, learner, item) == NOW + 20 * DAY


@pytest.mark.parametrize("whose", ["own", "the class's"])
def test_a_date_of_ones_own_or_of_the_class_is_one_too(session: Session, whose: str) -> None:
    learner, item = furnish(session)
    room, deck_id = session.scalars(select(Classroom)).one(), session.scalars(select(StudyDeck.deck_id)).one()
    owner = {"learner_id": learner.id} if whose == "own" else {"classroom_id": room.id}
    goal = Goal(title="Exam", due_at=NOW + 5 * DAY, target=0.9, created_at=NOW, **owner)
    session.add(goal)
    session.flush()
    session.add(GoalDeck(goal_id=goal.id, deck_id=deck_id))
    session.flush()
    assert known_by(session, learner, item) == NOW + 5 * DAY
    waits = waiting(session, learner, now=NOW)
    assert [(each.title, each.pace.share) for each in waits.goals] == [("Exam", 1), ("Rivers", 1)]
    assert waits == waiting(session, learner, now=NOW, deck_id=deck_id)
    answer(session, learner, item, at=NOW)
    goal.due_at = NOW - DAY
    session.flush()
    assert known_by(session, learner, item) == NOW + 10 * DAY


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
    assert known_by(session, learner, item) is None
