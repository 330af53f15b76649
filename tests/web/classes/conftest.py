"""A class of Vera's with a deck of six facts, its students with phones of their own, and her desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.classes.terms import Feedback, Sort
from quizapp.services.classes import assignments, classrooms, rosters
from quizapp.services.study.learner import Learner, learner_of
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.tables import Assignment, Classroom, Enrolment
from tests import factories
from tests.world import Visitor, client_of, person

NOW = datetime.now(UTC)
HOUR = timedelta(hours=1)


class Place(NamedTuple):
    """A student's place in the class. id: the enrolment's."""

    id: int
    learner_id: int


@dataclass
class Class:
    """Everything by ids; nothing stays locked between steps."""

    app: Flask
    session: Session
    id: int
    teacher: Account
    desk: Visitor

    def seat(self, *names: str) -> list[Place]:
        room = self.session.get_one(Classroom, self.id)
        rosters.add_roster(self.session, room, names, now=NOW)
        self.session.commit()
        query = select(Enrolment).where(Enrolment.classroom_id == self.id).order_by(Enrolment.id)
        found = [Place(row.id, row.learner_id) for row in self.session.scalars(query)][-len(names) :]
        self.session.rollback()
        return found

    def phone(self, enrolment: Place) -> Visitor:
        account = self.session.get_one(Account, enrolment.learner_id)
        return Visitor(client_of(self.app, self.session, account, now=NOW))

    def learner(self, enrolment: Place) -> Learner:
        return learner_of(self.session.get_one(Account, enrolment.learner_id), factories.SETTINGS)

    def give(self, sort: Sort = Sort.QUIZ, **terms: Any) -> int:
        """An assignment on the rivers; times are hours from now."""
        opens, due = terms.pop("opens", -24), terms.pop("due", 48)
        slug = terms.pop("deck_slug", "rivers")
        plan = assignments.Plan(
            **{"opens_at": NOW + opens * HOUR, "due_at": NOW + due * HOUR, "feedback": Feedback.END, **terms}
        )
        room = self.session.get_one(Classroom, self.id)
        made = assignments.create(
            self.session, room, self.teacher, sort=sort, deck_slug=slug, plan=plan, now=NOW
        )
        self.session.commit()
        return made.id

    def move(self, assignment: int, **columns: Any) -> None:
        """Let time pass: other moments, hours from now."""
        found = self.session.get_one(Assignment, assignment, populate_existing=True)
        for name, hours in columns.items():
            setattr(found, name, NOW + hours * HOUR)
        self.session.commit()


@pytest.fixture
def room(app: Flask, session: Session) -> Class:
    teacher = person(session, "teacher", name="Vera", now=NOW)
    factories.add_deck(session, [factories.choice(n) for n in range(6)], slug="rivers")
    made = classrooms.create(session, teacher, name="7b", zone="Europe/Madrid", now=NOW)
    session.commit()
    return Class(app, session, made.id, teacher, Visitor(client_of(app, session, teacher, now=NOW)))
