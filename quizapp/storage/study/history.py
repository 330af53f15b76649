"""The log of answers as the scheduler reads it: of one card, or of all that a learner has."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from quizapp.storage.library.tables import Item
from quizapp.storage.rows import all_as
from quizapp.storage.study.tables import Review

EVENT_COLUMNS = (
    Review.id,
    Review.at,
    Review.day,
    Review.score,
    Review.chance,
    Review.guess,
    Review.weight,
    Review.rating,
    Review.hinted,
    Review.prior,
    Review.planned_day,
    Review.cap,
    Review.ease,
    Review.voids,
    Review.source,
)


class LogEvent(NamedTuple):
    """An event as the scheduler needs it."""

    id: UUID
    at: datetime
    day: int
    score: float
    chance: float
    guess: float
    weight: float
    rating: int | None
    hinted: bool
    prior: float
    planned_day: int | None
    cap: int | None
    ease: float
    voids: UUID | None
    source: str


class PastEvent(NamedTuple):
    """An event as its learner may look at it: what was asked how, and what came of it."""

    id: UUID
    at: datetime
    day: int
    score: float
    chance: float
    guess: float
    weight: float
    rating: int | None
    hinted: bool
    prior: float
    planned_day: int | None
    cap: int | None
    ease: float
    voids: UUID | None
    source: str
    format: str
    response: str
    expected: float | None


class RollupEvent(NamedTuple):
    """An event with what cards, days and predictions are made of."""

    item_id: int
    version_id: int
    format: str
    deck_id: int
    fact_id: int
    expected: float | None
    duration_ms: int
    id: UUID
    at: datetime
    day: int
    score: float
    chance: float
    guess: float
    weight: float
    rating: int | None
    hinted: bool
    prior: float
    planned_day: int | None
    cap: int | None
    ease: float
    voids: UUID | None
    source: str


class FullEvent(NamedTuple):
    """All that the log holds of an event, and its item's deck and fact."""

    id: UUID
    learner_id: int
    item_id: int
    version_id: int
    at: datetime
    zone: str
    day: int
    source: str
    format: str
    response: str
    grade: str
    score: float
    chance: float
    guess: float
    weight: float
    rating: int | None
    hinted: bool
    duration_ms: int
    prior: float
    expected: float | None
    planned_day: int | None
    cap: int | None
    ease: float
    voids: UUID | None
    graded_by: int | None
    deck_id: int
    fact_id: int


class AnswerFigures(NamedTuple):
    """Of an answer, what a learner's figures are made of."""

    format: str
    expected: float | None
    score: float
    chance: float
    guess: float
    rating: int | None
    hinted: bool


AnyEvent = LogEvent | PastEvent | RollupEvent | FullEvent


def card_log(session: Session, learner_id: int, item_id: int) -> list[LogEvent]:
    """All events of one card."""
    query = select(*EVENT_COLUMNS).where(Review.learner_id == learner_id, Review.item_id == item_id)
    return all_as(LogEvent, session.execute(query.order_by(Review.at, Review.id)))


def past_events(session: Session, learner_id: int, item_id: int) -> list[PastEvent]:
    """All that a learner's log holds of an item, oldest first."""
    query = select(*EVENT_COLUMNS, Review.format, Review.response, Review.expected)
    mine = Review.learner_id == learner_id, Review.item_id == item_id
    return all_as(PastEvent, session.execute(query.where(*mine).order_by(Review.at, Review.id)))


def learner_log(session: Session, learner_id: int) -> list[RollupEvent]:
    """A learner's events, item by item, in order of time."""
    query = (
        select(
            Review.item_id,
            Review.version_id,
            Review.format,
            Item.deck_id,
            Item.fact_id,
            Review.expected,
            Review.duration_ms,
            *EVENT_COLUMNS,
        )
        .join(Item, Item.id == Review.item_id)
        .where(Review.learner_id == learner_id)
        .order_by(Review.item_id, Review.at, Review.id)
    )
    return all_as(RollupEvent, session.execute(query))


FIGURES = (
    Review.format,
    Review.expected,
    Review.score,
    Review.chance,
    Review.guess,
    Review.rating,
    Review.hinted,
)


def predicted(session: Session, learner_id: int) -> list[AnswerFigures]:
    """A learner's answers that had been predicted."""
    query = select(*FIGURES).where(Review.expected.is_not(None), *counted(learner_id))
    return all_as(AnswerFigures, session.execute(query))


def opening_answers(session: Session, learner_id: int) -> list[AnswerFigures]:
    """A learner's first answer to each item, and the first after each restart."""
    answers = ranked(learner_id, *FIGURES).subquery()
    columns = (answers.c[name] for name in AnswerFigures._fields)
    return all_as(AnswerFigures, session.execute(select(*columns).where(answers.c.turn == 1)))


def opening_days(session: Session, learner_id: int, item_id: int) -> set[int]:
    """The days of an item's first answer and of the second, which was the first until one came before
    it; also after each restart."""
    answers = ranked(learner_id, Review.day).where(Review.item_id == item_id).subquery()
    return set(session.scalars(select(answers.c.day).where(answers.c.turn <= 2)))


def ranked(learner_id: int, *columns: ColumnElement[Any] | InstrumentedAttribute[Any]) -> Select[Any]:
    """A learner's answers that count, with the `turn` of each among those to its item, from 1 on, which
    begins anew with each restart."""
    restart, cancel = Review.__table__.alias("restart").c, Review.__table__.alias("restart_cancel").c
    starts = (
        select(func.count())
        .where(
            restart.learner_id == Review.learner_id,
            restart.item_id == Review.item_id,
            restart.source == "restart",
            or_(restart.at < Review.at, and_(restart.at == Review.at, restart.id < Review.id)),
            ~exists().where(cancel.voids == restart.id, cancel.id != restart.id),
        )
        .scalar_subquery()
    )
    turn = func.row_number().over(partition_by=(Review.item_id, starts), order_by=(Review.at, Review.id))
    return select(*columns, turn.label("turn")).where(*counted(learner_id))


def counted(learner_id: int) -> tuple[ColumnElement[bool], ...]:
    """What of the log counts: a learner's answers that have not been undone."""
    cancel = Review.__table__.alias("cancel")
    undone = exists().where(cancel.c.voids == Review.id)  # only a learner's own void names it
    return (Review.learner_id == learner_id, Review.voids.is_(None), ~undone)
