"""Who answered what: the answers of a class's attempts one by one, and what teachers decided about them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.sharing import Act
from quizapp.storage.accounts.deck_rights import may
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.tables import Assignment, Classroom, ClassroomDeck, ClassroomTeacher, Enrolment
from quizapp.storage.library.tables import Deck, DeckItem, Item, ItemVersion
from quizapp.storage.quizzes.tables import Attempt, AttemptDecision, AttemptQuestion
from quizapp.storage.rows import all_as, one_as
from quizapp.storage.study.tables import Review

MOST_ROWS = 200_000
MOST_ANSWERS = 200


class TaughtAttempt(NamedTuple):
    """An attempt at an assignment, whose student is or was in the class."""

    attempt: Attempt
    assignment: Assignment
    classroom: Classroom
    enrolment_id: int
    student: str


def taught_attempt(session: Session, attempt_id: UUID, account_id: int) -> TaughtAttempt | None:
    """An attempt of a student of a class that this account teaches; None for any other."""
    query = (
        select(
            Attempt,
            Assignment,
            Classroom,
            Enrolment.id.label("enrolment_id"),
            Enrolment.name.label("student"),
        )
        .join(Assignment, Assignment.id == Attempt.assignment_id)
        .join(Classroom, Classroom.id == Assignment.classroom_id)
        .join(ClassroomTeacher, ClassroomTeacher.classroom_id == Classroom.id)
        .join(
            Enrolment,
            and_(Enrolment.classroom_id == Classroom.id, Enrolment.learner_id == Attempt.learner_id),
        )
        .where(Attempt.id == attempt_id, ClassroomTeacher.account_id == account_id)
    )
    return one_as(TaughtAttempt, session.execute(query))


class MarkedAnswer(NamedTuple):
    """A question that a student was asked, and what came of it. at: None while it is not answered; score:
    the share of its points."""

    learner_id: int
    item_id: int
    version_id: int
    attempt_id: UUID | None
    position: int
    response: str
    grade: str
    score: float | None
    points: float
    marked: bool
    at: datetime | None


def quiz_answers(session: Session, attempt_ids: Collection[UUID]) -> list[MarkedAnswer]:
    """Every question of these attempts."""
    query = (
        select(
            Attempt.learner_id,
            AttemptQuestion.item_id,
            AttemptQuestion.version_id,
            AttemptQuestion.attempt_id,
            AttemptQuestion.position,
            AttemptQuestion.response,
            AttemptQuestion.grade,
            AttemptQuestion.score,
            AttemptQuestion.points,
            AttemptQuestion.marked,
            AttemptQuestion.answered_at.label("at"),
        )
        .join(Attempt, Attempt.id == AttemptQuestion.attempt_id)
        .where(AttemptQuestion.attempt_id.in_(attempt_ids))
        .order_by(AttemptQuestion.attempt_id, AttemptQuestion.position)
        .limit(MOST_ROWS)
    )
    return all_as(MarkedAnswer, session.execute(query))


class StudiedAnswer(NamedTuple):
    """An answer that counts, given in study or in a quiz."""

    id: UUID
    learner_id: int
    item_id: int
    version_id: int
    response: str
    format: str
    grade: str
    score: float
    graded_by: int | None
    source: str
    at: datetime


def last_answers(session: Session, assignment: Assignment) -> list[StudiedAnswer]:
    """The last answer of each student of the class to each question of a deck to study since it opened."""
    undone = Review.__table__.alias("undone")
    enrolled = select(Enrolment.learner_id).where(
        Enrolment.classroom_id == assignment.classroom_id, Enrolment.removed_at.is_(None)
    )
    place = func.row_number().over(
        partition_by=(Review.learner_id, Review.item_id), order_by=(Review.at.desc(), Review.id.desc())
    )
    found = (
        select(*_studied(), place.label("place"))
        .join(DeckItem, and_(DeckItem.item_id == Review.item_id, DeckItem.deck_id == assignment.deck_id))
        .where(
            Review.learner_id.in_(enrolled),
            Review.at >= assignment.opens_at,
            Review.voids.is_(None),
            ~exists().where(undone.c.voids == Review.id),
        )
        .subquery()
    )
    columns = [found.c[name] for name in StudiedAnswer._fields]
    query = select(*columns).where(found.c.place == 1).order_by(found.c.learner_id, found.c.item_id)
    return all_as(StudiedAnswer, session.execute(query.limit(MOST_ROWS)))


def answers_of(session: Session, classroom_id: int, learner_id: int) -> list[StudiedAnswer]:
    """A student's latest answers to questions of what the class has to do, newest first."""
    undone = Review.__table__.alias("undone")
    query = (
        select(*_studied())
        .where(_asked_of(classroom_id, learner_id), ~exists().where(undone.c.voids == Review.id))
        .order_by(Review.at.desc(), Review.id)
        .limit(MOST_ANSWERS)
    )
    return all_as(StudiedAnswer, session.execute(query))


def _asked_of(classroom_id: int, learner_id: int) -> ColumnElement[bool]:
    """A condition on Review: an answer of this learner to a question of a deck that the class has to do.
    What they study of their own accord is not their teachers' to see."""
    learnt = select(ClassroomDeck.deck_id).where(ClassroomDeck.classroom_id == classroom_id)
    given = select(Assignment.deck_id).where(Assignment.classroom_id == classroom_id)
    asked = select(DeckItem.item_id).where(DeckItem.deck_id.in_(learnt.union(given)))
    return and_(Review.learner_id == learner_id, Review.item_id.in_(asked), Review.voids.is_(None))


class TaughtAnswer(NamedTuple):
    """An answer of a student to what a class has to do, and their place in it."""

    enrolment: Enrolment
    classroom: Classroom
    answer: StudiedAnswer


def taught_answer(session: Session, review_id: UUID, account_id: int) -> TaughtAnswer | None:
    """One of these answers, of a student of a class that this account teaches; None for any other."""
    places = (
        select(Enrolment, Classroom)
        .join(Classroom, Classroom.id == Enrolment.classroom_id)
        .join(ClassroomTeacher, ClassroomTeacher.classroom_id == Classroom.id)
        .join(Review, Review.learner_id == Enrolment.learner_id)
        .where(Review.id == review_id, ClassroomTeacher.account_id == account_id)
        .order_by(Enrolment.id)
        .limit(MOST_ANSWERS)
    )
    for place, classroom in session.execute(places).all():
        query = select(*_studied()).where(Review.id == review_id, _asked_of(classroom.id, place.learner_id))
        if (found := one_as(StudiedAnswer, session.execute(query))) is not None:
            return TaughtAnswer(place, classroom, found)
    return None


def _studied() -> tuple[InstrumentedAttribute[Any], ...]:
    return (
        Review.id,
        Review.learner_id,
        Review.item_id,
        Review.version_id,
        Review.response,
        Review.format,
        Review.grade,
        Review.score,
        Review.graded_by,
        Review.source,
        Review.at,
    )


class AskedItem(NamedTuple):
    """A question as it is worded now, and whether this teacher may change it."""

    id: int
    version_id: int
    content: Content
    editable: bool


def asked_items(session: Session, item_ids: Collection[int], account_id: int) -> dict[int, AskedItem]:
    """The present wording of these questions, by id."""
    query = (
        select(
            Item.id,
            ItemVersion.id.label("version_id"),
            ItemVersion.content,
            may(Act.EDIT, account_id).label("editable"),
        )
        .join(ItemVersion, ItemVersion.id == Item.version_id)
        .join(Deck, Deck.id == Item.deck_id)
        .where(Item.id.in_(item_ids))
        .order_by(Item.id)
        .limit(MOST_ROWS)
    )
    return {row.id: row for row in all_as(AskedItem, session.execute(query))}


class Decision(NamedTuple):
    """What a teacher decided. by: None where they have been erased since."""

    position: int | None
    before: float | None
    score: float | None
    reason: str
    by: str | None
    made_at: datetime


def decisions(session: Session, attempt_id: UUID) -> list[Decision]:
    """What was decided about an attempt, the latest last."""
    query = (
        select(
            AttemptDecision.position,
            AttemptDecision.before,
            AttemptDecision.score,
            AttemptDecision.reason,
            Account.name.label("by"),
            AttemptDecision.made_at,
        )
        .outerjoin(Account, Account.id == AttemptDecision.author_id)
        .where(AttemptDecision.attempt_id == attempt_id)
        .order_by(AttemptDecision.id)
        .limit(MOST_ANSWERS)
    )
    return all_as(Decision, session.execute(query))


def all_attempts(session: Session, assignment_ids: Collection[int], learner_id: int) -> list[Attempt]:
    """A student's attempts at these assignments, also those that were reset, in the order they began."""
    query = select(Attempt).where(Attempt.assignment_id.in_(assignment_ids), Attempt.learner_id == learner_id)
    return list(session.scalars(query.order_by(Attempt.started_at, Attempt.id).limit(MOST_ANSWERS)))
