"""A class with a quiz to take, as the web sees it: each step in a transaction of its own, from any thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from quizapp.domain.classes.terms import Feedback, Sort
from quizapp.domain.errors import Conflict
from quizapp.services.classes import assigned_attempts, assignments, classrooms, rosters
from quizapp.services.quizzes import attempts as quizzes
from quizapp.services.study.learner import Learner, learner_of
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.tables import Assignment, Classroom, Enrolment
from quizapp.storage.quizzes import attempts as queries
from quizapp.storage.quizzes.tables import Attempt, AttemptQuestion
from tests import factories
from tests.factories import NOW, SETTINGS

HOUR, INSTANT = timedelta(hours=1), timedelta(microseconds=1)
DUE = NOW + 24 * HOUR
QUESTIONS = 6


def plan(**changes: Any) -> assignments.Plan:
    return assignments.Plan(**{"opens_at": NOW, "due_at": DUE, "questions": QUESTIONS, **changes})


@dataclass
class Room:
    """A class and its assignment, by ids: nothing of one session is used in another."""

    engine: Engine
    classroom: int
    assignment: int
    learners: list[Learner]
    enrolments: list[int]

    @contextmanager
    def session(self) -> Iterator[Session]:
        with Session(self.engine, expire_on_commit=False, autoflush=False) as own, own.begin():
            yield own

    def begin(self, who: int = 0, *, attempt_id: UUID | None = None, at: datetime = NOW) -> UUID | str:
        """The attempt's id, or why there is none."""
        with self.session() as own:
            try:
                return assigned_attempts.begin(
                    own,
                    self.learners[who],
                    own.get_one(Assignment, self.assignment),
                    attempt_id=attempt_id or uuid4(),
                    now=at,
                )
            except Conflict as refused:
                own.rollback()
                return str(refused)

    def answer(
        self, attempt: UUID, position: int, *, right: bool = True, at: datetime = NOW, who: int = 0
    ) -> bool | str:
        """Whether the answer was stored (False: one stood already), or why it was refused."""
        with self.session() as own:
            found = queries.attempt(own, attempt, self.learners[who].id).attempt
            row = queries.questions(own, attempt)[position - 1]
            response = (factories.right if right else factories.wrong)(row.content)
            given = quizzes.Given(response=response, at=at, duration_ms=1_000)
            try:
                asked = row.attempt_question
                return quizzes.answer(own, self.learners[who], found, asked, given, prior={}).new
            except Conflict as refused:
                own.rollback()
                return str(refused)

    def finish(self, attempt: UUID, *, at: datetime = NOW, who: int = 0) -> bool:
        with self.session() as own:
            found = queries.attempt(own, attempt, self.learners[who].id).attempt
            return quizzes.finish(own, self.learners[who], found, now=at, prior={})

    def change(self, **changes: Any) -> None:
        """Give the assignment other terms."""
        with self.session() as own:
            assignments.edit(
                own, own.get_one(Assignment, self.assignment), plan(**changes), deck_title="Rivers"
            )

    def extend(self, who: int, due_at: datetime) -> None:
        with self.session() as own:
            assignments.extend(
                own,
                own.get_one(Assignment, self.assignment),
                enrolment_id=self.enrolments[who],
                due_at=due_at,
                now=NOW,
            )

    def remove(self, who: int = 0, *, removed: bool = True) -> None:
        with self.session() as own:
            classrooms.set_removed(
                own, own.get_one(Enrolment, self.enrolments[who]), removed=removed, now=NOW
            )

    def archive(self) -> None:
        with self.session() as own:
            classrooms.set_archived(own, own.get_one(Classroom, self.classroom), archived=True, now=NOW)

    def delete(self) -> None:
        with self.session() as own:
            assignments.remove(own, own.get_one(Assignment, self.assignment))

    def attempts(self, who: int | None = None) -> list[Attempt]:
        with self.session() as own:
            query = select(Attempt).order_by(Attempt.started_at, Attempt.number)
            if who is not None:
                query = query.where(Attempt.learner_id == self.learners[who].id)
            return list(own.scalars(query))

    def stored(self, attempt: UUID) -> list[AttemptQuestion]:
        with self.session() as own:
            query = select(AttemptQuestion).where(AttemptQuestion.attempt_id == attempt)
            return list(own.scalars(query.order_by(AttemptQuestion.position)))


def furnish(
    engine: Engine, session: Session, *, students: int = 1, sort: Sort = Sort.QUIZ, **terms: Any
) -> Room:
    """A class of Vera's with students and one assignment on a deck of six facts."""
    teacher = factories.add_account(session, role="teacher", name="Vera")
    factories.add_deck(session, [factories.choice(n) for n in range(QUESTIONS)], slug="rivers")
    room = classrooms.create(session, teacher, name="7b", zone="Europe/Madrid", now=NOW)
    rosters.add_roster(session, room, [f"Student {n}" for n in range(students)], now=NOW)
    terms = {"feedback": Feedback.NOW} | terms
    made = assignments.create(
        session, room, teacher, sort=sort, deck_slug="rivers", plan=plan(**terms), now=NOW
    )
    places = list(session.scalars(select(Enrolment).order_by(Enrolment.id)))
    learners = [learner_of(session.get_one(Account, each.learner_id), SETTINGS) for each in places]
    found = Room(engine, room.id, made.id, learners, [each.id for each in places])
    session.commit()
    return found


def at_once(*steps: Callable[[], Any]) -> list[Any]:
    """What each step returns, all begun at the same moment in threads of their own."""
    ready = Barrier(len(steps))

    def run(step: Callable[[], Any]) -> Any:
        ready.wait()
        return step()

    with ThreadPoolExecutor(len(steps)) as threads:
        return list(threads.map(run, steps))
