"""Students who answer all that they are asked, day by day, until they are told “done for today”."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizapp.domain.classes.terms import Feedback, Sort
from quizapp.domain.study.scheduling.goals import Pace
from quizapp.services.classes import assignments, classrooms, rosters
from quizapp.services.study.learner import learner_of
from quizapp.services.study.next_question import next_question, one_more, waiting
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.tables import Assignment, Enrolment
from quizapp.storage.study.tables import Card
from tests import factories
from tests.factories import NOW, SETTINGS, flip
from tests.services.study.simulated import ANSWER, DAY, Student

EVENING = timedelta(hours=8)  # after NOW, which is nine in the morning


def given(
    session: Session, *, facts: int, due_at: datetime, target: float, siblings: int = 0, other: int = 0
) -> Student:
    """A student whose class is to know so many facts; siblings: second items on the first of them;
    other: facts of a deck that the student has begun before, and of which nothing is known yet."""
    teacher = factories.add_account(session, role="teacher", name="Vera")
    names = [f"fact-{number}" for number in [*range(facts), *range(siblings)]]
    contents = [flip(number) for number in range(facts + siblings)]
    factories.add_deck(session, contents, slug="rivers", facts=names)
    room = classrooms.create(session, teacher, name="7b", zone="UTC", now=NOW)
    rosters.add_roster(session, room, ["Ada"], now=NOW)
    place = session.scalars(select(Enrolment)).one()
    learner = learner_of(session.get_one(Account, place.learner_id), SETTINGS)
    if other:
        lakes = factories.add_deck(session, [flip(1_000 + number) for number in range(other)], slug="lakes")
        factories.study(session, learner, lakes)
    plan = assignments.Plan(opens_at=NOW, due_at=due_at, target=target, feedback=Feedback.NOW)
    assignments.create(session, room, teacher, sort=Sort.STUDY, deck_slug="rivers", plan=plan, now=NOW)
    return Student(session, learner, random.Random(1), {})


def evenings(student: Student, due_at: datetime) -> Iterator[int]:
    """Study every evening before the moment."""
    at = NOW + EVENING
    while at < due_at:
        yield student.study(at)
        at += DAY


@pytest.mark.parametrize("target", [0.80, 0.85, 0.90, 0.95])
@pytest.mark.parametrize(("days", "facts"), [(2, 46), (3, 46), (7, 30), (14, 20), (30, 12), (60, 8)])
def test_who_does_all_that_is_asked_until_done_knows_it_on_the_day(
    session: Session, days: int, facts: int, target: float
) -> None:
    due_at = NOW + days * DAY + timedelta(hours=14)
    student = given(session, facts=facts, due_at=due_at, target=target, siblings=5, other=12)
    assert len(list(evenings(student, due_at))) == days + 1
    assert student.progress(due_at).complete


@pytest.mark.parametrize(
    ("days", "target", "least"),
    [
        *[(2, 0.80, 0.95), (4, 0.90, 0.90), (4, 0.95, 0.85)],
        *[(7, 0.80, 0.95), (7, 0.90, 0.95), (7, 0.95, 0.90)],
        *[(14, 0.90, 0.95), (14, 0.95, 0.90)],
    ],
)
def test_who_cannot_study_on_the_day_itself_knows_it_in_the_morning(
    session: Session, days: int, target: float, least: float
) -> None:
    due_at = NOW + days * DAY
    student = given(session, facts=30, due_at=due_at, target=target, siblings=5)
    list(evenings(student, due_at))
    assert student.progress(due_at).share >= least


def test_the_share_of_a_day_lifts_its_limit_and_comes_before_other_decks(session: Session) -> None:
    due_at = NOW + 2 * DAY + timedelta(hours=14)
    student = given(session, facts=46, due_at=due_at, target=0.90, other=20)
    waits = waiting(session, student.learner, now=NOW)
    assert (waits.new, waits.goals[0].pace) == (16, Pace(46, 0, 3, 16))
    for number in range(10):
        asked = next_question(session, student.learner, waits, now=NOW)
        assert asked is not None
        assert asked.deck_slug == "rivers"
        student.answer(asked, NOW + number * ANSWER)
        waits = waiting(session, student.learner, now=NOW)
    assert waits.goals[0].pace.met == 10


def test_a_card_learnt_before_the_goal_was_set_is_asked_on_the_last_day(session: Session) -> None:
    due_at = NOW + 5 * DAY + timedelta(hours=14)
    student = given(session, facts=2, due_at=due_at, target=0.95)
    session.execute(update(Assignment).values(opens_at=NOW + 4 * DAY))
    student.study(NOW)
    cards = session.scalars(select(Card)).all()
    for card in cards:
        card.due_day += 100
        card.stability = card.fast = 5.0
    session.flush()
    assert waiting(session, student.learner, now=NOW + 4 * DAY).due == 0
    assert waiting(session, student.learner, now=NOW + 5 * DAY).due == 2
    student.study(NOW + 5 * DAY)
    assert student.progress(due_at).complete


def test_one_more_may_be_learnt_when_the_share_is_done(session: Session) -> None:
    student = given(session, facts=12, due_at=NOW + 40 * DAY, target=0.90)
    student.study(NOW)
    assert one_more(session, student.learner, now=NOW) is not None
    assert one_more(session, student.learner, now=NOW + DAY) is not None
    for day in range(2, 8):
        student.study(NOW + day * DAY)
    assert one_more(session, student.learner, now=NOW + 8 * DAY) is None
