"""What the classes of the house have to do: a quiz each, which everyone who is in a class has begun."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid5

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.classes.terms import Sort
from quizapp.services.classes import assigned_attempts, assignments
from quizapp.services.study.learner import learner_of
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.tables import Assignment, Classroom, ClassroomTeacher, Enrolment

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FAR = datetime(2090, 1, 1, tzinfo=UTC)
NAMES = UUID(int=7)


def assigned(session: Session, app: Flask, place: Enrolment) -> int:
    """A quiz for the class of this place, the same for all its places; anyone who is in it has begun."""
    room = session.get_one(Classroom, place.classroom_id)
    found = session.scalar(select(Assignment).where(Assignment.classroom_id == room.id))
    if found is None:
        plan = assignments.Plan(opens_at=NOW, due_at=FAR, questions=3, attempts_allowed=None)
        founder = session.scalars(
            select(Account)
            .join(ClassroomTeacher)
            .where(ClassroomTeacher.classroom_id == room.id, ClassroomTeacher.founder)
        ).one()
        found = assignments.create(
            session, room, founder, sort=Sort.QUIZ, deck_slug="every", plan=plan, now=NOW
        )
    if place.removed_at is None:
        learner = learner_of(session.get_one(Account, place.learner_id), app.config["SETTINGS"])
        assigned_attempts.begin(session, learner, found, attempt_id=uuid5(NAMES, f"in {place.id}"), now=NOW)
    return found.id
