"""The students whom work is assigned to: their places in the class, own due moments and attempts.

As many queries for 200 students as for two.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.tables import Assignment, AssignmentExtension, Enrolment
from quizapp.storage.quizzes.tables import Attempt, AttemptQuestion
from quizapp.storage.rows import all_as

MOST_STUDENTS = 1_000
MOST_ATTEMPTS = 20_000


class EnrolledStudent(NamedTuple):
    """A student of a class: their place in it, and the weights that their cards are scheduled by."""

    id: int
    learner_id: int
    name: str
    weights: str


def enrolled(session: Session, classroom_id: int) -> list[EnrolledStudent]:
    """The students of a class by name."""
    query = (
        select(Enrolment.id, Enrolment.learner_id, Enrolment.name, Account.weights)
        .join(Account, Account.id == Enrolment.learner_id)
        .where(Enrolment.classroom_id == classroom_id, Enrolment.removed_at.is_(None))
    )
    return all_as(
        EnrolledStudent,
        session.execute(query.order_by(Enrolment.name_key, Enrolment.id).limit(MOST_STUDENTS)),
    )


def extensions_of(session: Session, assignment_ids: Collection[int]) -> dict[tuple[int, int], datetime]:
    """Students' own due moments, by (assignment, place in the class)."""
    query = select(
        AssignmentExtension.assignment_id, AssignmentExtension.enrolment_id, AssignmentExtension.due_at
    )
    rows = session.execute(query.where(AssignmentExtension.assignment_id.in_(assignment_ids)))
    return {(assignment, student): due_at for assignment, student, due_at in rows}


class AssignedStudent(NamedTuple):
    """A student of the class: their place in it, their own due moment (None: the class's), and the weights
    that their cards are scheduled by."""

    id: int
    learner_id: int
    name: str
    own_due_at: datetime | None
    weights: str


def students(session: Session, assignment: Assignment) -> list[AssignedStudent]:
    """The students of its class by name: place, learner, name, and own due moment (None: the class's)."""
    query = (
        select(
            Enrolment.id,
            Enrolment.learner_id,
            Enrolment.name,
            AssignmentExtension.due_at.label("own_due_at"),
            Account.weights,
        )
        .join(Account, Account.id == Enrolment.learner_id)
        .outerjoin(
            AssignmentExtension,
            and_(
                AssignmentExtension.enrolment_id == Enrolment.id,
                AssignmentExtension.assignment_id == assignment.id,
            ),
        )
        .where(Enrolment.classroom_id == assignment.classroom_id, Enrolment.removed_at.is_(None))
        .order_by(Enrolment.name_key, Enrolment.id)
        .limit(MOST_STUDENTS)
    )
    return all_as(AssignedStudent, session.execute(query))


def extensions(session: Session, assignment_id: int) -> list[datetime]:
    """The due moments of all who have one of their own."""
    query = select(AssignmentExtension.due_at).where(AssignmentExtension.assignment_id == assignment_id)
    return list(session.scalars(query.order_by(AssignmentExtension.due_at).limit(MOST_STUDENTS)))


class AttemptSums(NamedTuple):
    """An attempt with its questions summed up."""

    id: UUID
    assignment_id: int
    learner_id: int
    number: int
    started_at: datetime
    finished_at: datetime | None
    ends_at: datetime | None
    feedback: str
    shown_at: datetime | None
    points: float
    possible: float
    questions: int
    answered: int
    last_at: datetime | None


def attempts(session: Session, assignment_ids: list[int], learner_id: int | None = None) -> list[AttemptSums]:
    """Attempts at these assignments in numbers, in the order in which they were begun; of one learner or
    of everyone in the class. Not those that were reset."""
    query = (
        select(
            Attempt.id,
            Attempt.assignment_id,
            Attempt.learner_id,
            Attempt.number,
            Attempt.started_at,
            Attempt.finished_at,
            Attempt.ends_at,
            Attempt.feedback,
            Attempt.shown_at,
            func.coalesce(func.sum(AttemptQuestion.score * AttemptQuestion.points), 0.0).label("points"),
            func.sum(AttemptQuestion.points).label("possible"),
            func.count().label("questions"),
            func.count(AttemptQuestion.answered_at).label("answered"),
            func.max(AttemptQuestion.answered_at, type_=AttemptQuestion.answered_at.type).label("last_at"),
        )
        .join(AttemptQuestion, AttemptQuestion.attempt_id == Attempt.id)
        .where(Attempt.assignment_id.in_(assignment_ids), Attempt.set_aside_at.is_(None))
        .group_by(Attempt.id)
        .order_by(Attempt.started_at, Attempt.id)
        .limit(MOST_ATTEMPTS)
    )
    if learner_id is not None:
        query = query.where(Attempt.learner_id == learner_id)
    return all_as(AttemptSums, session.execute(query))
