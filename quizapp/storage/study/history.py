"""The log of answers as the scheduler reads it: of one card, or of all that a learner has."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

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
    voids: UUID | None
    source: str


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


AnyEvent = LogEvent | RollupEvent | FullEvent


def card_log(session: Session, learner_id: int, item_id: int) -> list[LogEvent]:
    """All events of one card."""
    query = select(*EVENT_COLUMNS).where(Review.learner_id == learner_id, Review.item_id == item_id)
    return all_as(LogEvent, session.execute(query.order_by(Review.at, Review.id)))


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
    """A learner's first answer to each item."""
    turn = func.row_number().over(partition_by=Review.item_id, order_by=(Review.at, Review.id))
    ranked = select(*FIGURES, turn.label("turn")).where(*counted(learner_id)).subquery()
    columns = (ranked.c[name] for name in AnswerFigures._fields)
    return all_as(AnswerFigures, session.execute(select(*columns).where(ranked.c.turn == 1)))


def counted(learner_id: int) -> tuple[ColumnElement[bool], ...]:
    """What of the log counts: a learner's answers that have not been undone."""
    cancel = Review.__table__.alias("cancel")
    undone = exists().where(cancel.c.voids == Review.id)  # only a learner's own void names it
    return (Review.learner_id == learner_id, Review.voids.is_(None), ~undone)
