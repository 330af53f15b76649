"""What a teacher sees first: the work of their classes that is due, and what is left to do on a first day."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from quizapp.storage.classes.conditions import taken_late
from quizapp.storage.classes.tables import Assignment, Classroom, ClassroomDeck, ClassroomTeacher, Enrolment
from quizapp.storage.library.tables import Deck, Item
from quizapp.storage.quizzes.tables import Attempt
from quizapp.storage.rows import all_as
from quizapp.storage.sources.tables import Source
from quizapp.storage.study.tables import Card

MOST_OPEN = 30


class OpenAssignment(NamedTuple):
    """An assignment of a class that goes on, with its students counted. done: of a quiz those who have
    finished, of a deck to study those who have answered anything of it since it opened."""

    id: int
    title: str
    sort: str
    due_at: datetime
    classroom_id: int
    classroom_name: str
    zone: str
    students: int
    done: int


def taught_now(session: Session, account_id: int, since: datetime, until: datetime) -> list[OpenAssignment]:
    """What the classes of a teacher have to do between these moments, the next due first."""
    of_class = and_(Enrolment.classroom_id == Assignment.classroom_id, Enrolment.removed_at.is_(None))
    students = select(func.count()).select_from(Enrolment).where(of_class).correlate(Assignment)
    finished = exists().where(
        Attempt.assignment_id == Assignment.id,
        Attempt.learner_id == Enrolment.learner_id,
        Attempt.finished_at.is_not(None),
        Attempt.set_aside_at.is_(None),
    )
    studied = exists().where(
        Card.learner_id == Enrolment.learner_id,
        Card.deck_id == Assignment.deck_id,
        Card.last_at >= Assignment.opens_at,
    )
    did = or_(and_(Assignment.sort == "quiz", finished), and_(Assignment.sort == "study", studied))
    query = (
        select(
            Assignment.id,
            Assignment.title,
            Assignment.sort,
            Assignment.due_at,
            Classroom.id.label("classroom_id"),
            Classroom.name.label("classroom_name"),
            Classroom.zone,
            students.scalar_subquery().label("students"),
            students.where(did).scalar_subquery().label("done"),
        )
        .join(Classroom, Classroom.id == Assignment.classroom_id)
        .join(ClassroomTeacher, ClassroomTeacher.classroom_id == Classroom.id)
        .where(
            ClassroomTeacher.account_id == account_id,
            Classroom.archived_at.is_(None),
            Assignment.opens_at <= until,
            or_(Assignment.due_at >= since, taken_late(until)),
        )
        .order_by(Assignment.due_at, Assignment.id)
        .limit(MOST_OPEN)
    )
    return all_as(OpenAssignment, session.execute(query))


class FirstSteps(NamedTuple):
    """What a teacher has done of what there is to do on a first day."""

    article: bool
    question: bool
    classroom: bool
    work: bool
    student: bool


def first_steps(session: Session, account_id: int) -> FirstSteps:
    """Which of them are done, in any of their decks and classes."""
    taught = ClassroomTeacher.account_id == account_id
    own = Deck.owner_id == account_id
    asked = exists().where(own, Item.deck_id == Deck.id, Item.state == "published")
    given = exists().where(taught, Assignment.classroom_id == ClassroomTeacher.classroom_id)
    learnt = exists().where(taught, ClassroomDeck.classroom_id == ClassroomTeacher.classroom_id)
    query = select(
        exists().where(Source.owner_id == account_id).label("article"),
        asked.label("question"),
        exists().where(taught).label("classroom"),
        or_(given, learnt).label("work"),
        exists().where(taught, Enrolment.classroom_id == ClassroomTeacher.classroom_id).label("student"),
    )
    return all_as(FirstSteps, session.execute(query))[0]
