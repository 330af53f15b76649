"""What a class answered in an assignment, and how often; and what those erased now leave of it."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Select, and_, exists, func, literal, select
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.sharing import Act
from quizapp.storage.accounts.deck_rights import may
from quizapp.storage.classes.tables import Assignment, Enrolment, ErasedAnswers, ErasedResult
from quizapp.storage.library.tables import Deck, DeckItem, Item, ItemVersion
from quizapp.storage.quizzes.tables import Attempt, AttemptQuestion
from quizapp.storage.rows import all_as
from quizapp.storage.study.tables import Review

MOST_ROWS = 200_000
MOST_STUDENTS = 1_000


class CountedAnswer(NamedTuple):
    """An answer to a version, as stored, and how often it was given."""

    version_id: int
    response: str
    score: float
    times: int


def answers(session: Session, assignment: Assignment, learner_id: int | None = None) -> list[CountedAnswer]:
    """What the students of the class, or one of them, answered and how often: version, response, score,
    times. Of a quiz in first attempts; of a deck to know since it opened."""
    who = _enrolled(assignment.classroom_id)
    if learner_id is not None:
        who = who.where(Enrolment.learner_id == learner_id)
    return (_first_answers if assignment.sort == "quiz" else _studied_answers)(session, assignment, who)


def erased_answers(session: Session, assignment_id: int) -> list[CountedAnswer]:
    """What those who are erased now answered, as `answers` gives it; what they said is not known."""
    query = (
        select(
            ErasedAnswers.version_id,
            literal("").label("response"),
            ErasedAnswers.score,
            ErasedAnswers.times,
        )
        .where(ErasedAnswers.assignment_id == assignment_id)
        .order_by(ErasedAnswers.version_id, ErasedAnswers.score)
        .limit(MOST_ROWS)
    )
    return all_as(CountedAnswer, session.execute(query))


def erased_results(session: Session, assignment_id: int) -> list[float]:
    """What those who are erased now had got, as shares."""
    query = select(ErasedResult.share).where(ErasedResult.assignment_id == assignment_id)
    return list(session.scalars(query.order_by(ErasedResult.share, ErasedResult.id).limit(MOST_STUDENTS)))


def _first_answers(session: Session, assignment: Assignment, who: Select[int]) -> list[CountedAnswer]:
    earlier = Attempt.__table__.alias("earlier")
    query = (
        select(
            AttemptQuestion.version_id,
            AttemptQuestion.response,
            AttemptQuestion.score,
            func.count().label("times"),
        )
        .join(Attempt, Attempt.id == AttemptQuestion.attempt_id)
        .where(
            Attempt.assignment_id == assignment.id,
            Attempt.set_aside_at.is_(None),
            ~exists().where(
                earlier.c.assignment_id == Attempt.assignment_id,
                earlier.c.learner_id == Attempt.learner_id,
                earlier.c.number < Attempt.number,
                earlier.c.set_aside_at.is_(None),
            ),
            AttemptQuestion.answered_at.is_not(None),
            Attempt.learner_id.in_(who),
        )
        .group_by(AttemptQuestion.version_id, AttemptQuestion.response, AttemptQuestion.score)
        .order_by(AttemptQuestion.version_id, AttemptQuestion.response)
        .limit(MOST_ROWS)
    )
    return all_as(CountedAnswer, session.execute(query))


def _studied_answers(session: Session, assignment: Assignment, who: Select[int]) -> list[CountedAnswer]:
    """On the deck; what was undone is left out."""
    undone = Review.__table__.alias("undone")
    query = (
        select(Review.version_id, Review.response, Review.score, func.count().label("times"))
        .join(DeckItem, and_(DeckItem.item_id == Review.item_id, DeckItem.deck_id == assignment.deck_id))
        .where(
            Review.learner_id.in_(who),
            Review.at >= assignment.opens_at,
            Review.voids.is_(None),
            ~exists().where(undone.c.voids == Review.id),
        )
        .group_by(Review.version_id, Review.response, Review.score)
        .order_by(Review.version_id, Review.response)
        .limit(MOST_ROWS)
    )
    return all_as(CountedAnswer, session.execute(query))


class VersionContent(NamedTuple):
    """A version, its item, what it says, and whether this teacher may change the item."""

    id: int
    item_id: int
    content: Content
    editable: bool


def contents(session: Session, version_ids: list[int], account_id: int) -> list[VersionContent]:
    """The content of versions, each with its item."""
    query = (
        select(
            ItemVersion.id,
            ItemVersion.item_id,
            ItemVersion.content,
            may(Act.EDIT, account_id).label("editable"),
        )
        .join(Item, Item.id == ItemVersion.item_id)
        .join(Deck, Deck.id == Item.deck_id)
    )
    return all_as(
        VersionContent,
        session.execute(
            query.where(ItemVersion.id.in_(version_ids)).order_by(ItemVersion.id).limit(MOST_ROWS)
        ),
    )


def _enrolled(classroom_id: int) -> Select[int]:
    return select(Enrolment.learner_id).where(
        Enrolment.classroom_id == classroom_id, Enrolment.removed_at.is_(None)
    )
