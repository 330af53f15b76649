"""The conditions under which anything of an assignment is taken.

A condition is part of the statement that writes, so that its row count is the truth.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from quizapp.storage.classes.tables import Assignment, AssignmentExtension, Classroom, Enrolment
from quizapp.storage.quizzes.tables import Attempt
from quizapp.storage.rows import all_as


def takes(learner_id: int, now: datetime) -> ColumnElement[bool]:
    """A condition on Assignment: something of this learner is taken now. They are in the class, it goes
    on, and by the class's terms or their own extension it is neither too early nor too late."""
    own = exists().where(
        Enrolment.classroom_id == Assignment.classroom_id,
        Enrolment.learner_id == learner_id,
        Enrolment.removed_at.is_(None),
        Classroom.id == Assignment.classroom_id,
        Classroom.archived_at.is_(None),
        or_(now <= Assignment.due_at, taken_late(now), _extended(now)),
    )
    return and_(Assignment.opens_at <= now, own.correlate(Assignment))


def taken_late(now: datetime) -> ColumnElement[bool]:
    """A condition on Assignment: what comes now is still taken, and marked late if it is past due."""
    return and_(Assignment.late_rule == "late", or_(Assignment.last_at.is_(None), now <= Assignment.last_at))


def _extended(now: datetime) -> ColumnElement[bool]:
    found = exists().where(extends(), now <= AssignmentExtension.due_at)
    return found.correlate(Assignment, Enrolment)


def extends() -> ColumnElement[bool]:
    """A condition that joins an extension to its assignment and to the place of its student."""
    return and_(
        AssignmentExtension.assignment_id == Assignment.id, AssignmentExtension.enrolment_id == Enrolment.id
    )


def attempt_takes(attempt_id: UUID, learner_id: int, now: datetime) -> ColumnElement[bool]:
    """A condition: the attempt was begun for an assignment that takes this learner's answers now."""
    return exists().where(
        Attempt.id == attempt_id, Assignment.id == Attempt.assignment_id, takes(learner_id, now)
    )


class LeftAttempt(NamedTuple):
    """An attempt no one can go on with, its learner's account, and whether it is finished."""

    id: UUID
    learner_id: int
    finished: bool


def left_attempts(session: Session, now: datetime, most: int) -> list[LeftAttempt]:
    """Attempts whose time is over and whose answers were not recorded: not finished, though the assignment
    takes nothing more of this learner; or with feedback `due`, finished and not opened, though no one's due
    moment is still to come. The longest begun first."""
    over = ~and_(
        Enrolment.removed_at.is_(None),
        Classroom.archived_at.is_(None),
        or_(now <= Assignment.due_at, taken_late(now), _extended(now)),
    )
    enrolled = and_(
        Enrolment.classroom_id == Assignment.classroom_id, Enrolment.learner_id == Attempt.learner_id
    )
    going_on = and_(
        now <= func.coalesce(Assignment.last_at, Assignment.due_at), Assignment.late_rule == "late"
    )
    later = exists().where(
        AssignmentExtension.assignment_id == Assignment.id, AssignmentExtension.due_at >= now
    )
    openable = ~or_(now <= Assignment.due_at, going_on, later.correlate(Assignment))
    query = (
        select(Attempt.id, Attempt.learner_id, Attempt.finished_at.is_not(None).label("finished"))
        .join(Assignment, Assignment.id == Attempt.assignment_id)
        .join(Classroom, Classroom.id == Assignment.classroom_id)
        .outerjoin(Enrolment, enrolled)
        .where(
            or_(
                and_(
                    Attempt.finished_at.is_(None),
                    Attempt.feedback != "now",
                    or_(Enrolment.id.is_(None), over, Attempt.ends_at < now),
                ),
                and_(
                    Attempt.finished_at.is_not(None),
                    Attempt.feedback == "due",
                    Attempt.shown_at.is_(None),
                    openable,
                ),
            )
        )
        .order_by(Attempt.started_at, Attempt.id)
        .limit(most)
    )
    return all_as(LeftAttempt, session.execute(query))


def asking_is_off(session: Session, learner_id: int, deck_id: int, now: datetime) -> bool:
    """Whether a deck is studied for an assignment, open to this learner, that asks no one about answers of
    which grading is not sure."""
    query = (
        select(Assignment.id)
        .join(Classroom, Classroom.id == Assignment.classroom_id)
        .join(Enrolment, Enrolment.classroom_id == Classroom.id)
        .where(
            Enrolment.learner_id == learner_id,
            Enrolment.removed_at.is_(None),
            Classroom.archived_at.is_(None),
            Assignment.deck_id == deck_id,
            Assignment.sort == "study",
            Assignment.ask_unsure.is_(False),
            Assignment.opens_at <= now,
            still_open(now),
        )
        .limit(1)
    )
    return session.scalar(query) is not None


def still_open(now: datetime) -> ColumnElement[bool]:
    """A condition on Assignment: it is not over for everyone yet; it need not have begun."""
    extended = exists().where(
        AssignmentExtension.assignment_id == Assignment.id, AssignmentExtension.due_at >= now
    )
    return or_(now <= Assignment.due_at, taken_late(now), extended.correlate(Assignment))
