"""Reads of attempts and of what a quiz can be drawn from."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session

from quizapp.storage.library.tables import Deck, DeckItem, Item, ItemVersion
from quizapp.storage.quizzes.tables import Attempt, AttemptQuestion
from quizapp.storage.rows import Rows
from quizapp.storage.study.step import CARD_COLUMNS
from quizapp.storage.study.tables import Card

MOST_ITEMS = 5_000


def drawable(session: Session, deck_id: int) -> Rows:
    """The published items of a deck: item, fact, and the present version's content and formats."""
    query = (
        select(Item.id, Item.fact_id, ItemVersion.content, ItemVersion.formats)
        .join(DeckItem, DeckItem.item_id == Item.id)
        .join(ItemVersion, ItemVersion.id == Item.version_id)
        .where(DeckItem.deck_id == deck_id, Item.state == "published")
        .order_by(Item.id)
        .limit(MOST_ITEMS)
    )
    return session.execute(query).all()


def present_versions(session: Session, learner_id: int, item_ids: list[int]) -> Rows:
    """The present version of each item with the learner's card (None columns without one)."""
    query = (
        select(
            Item.id.label("item_id"),
            ItemVersion.id.label("version_id"),
            ItemVersion.content,
            ItemVersion.formats,
            Card.learner_id.label("card"),
            *CARD_COLUMNS,
        )
        .join(ItemVersion, ItemVersion.id == Item.version_id)
        .outerjoin(Card, and_(Card.learner_id == learner_id, Card.item_id == Item.id))
        .where(Item.id.in_(item_ids))
        .order_by(Item.id)
        .limit(MOST_ITEMS)
    )
    return session.execute(query).all()


def attempt(session: Session, attempt_id: UUID, learner_id: int) -> Any:
    """A learner's own attempt with its deck; None for anybody else's."""
    query = (
        select(Attempt, Deck.title.label("deck_title"), Deck.slug.label("deck_slug"))
        .join(Deck, Deck.id == Attempt.deck_id)
        .where(Attempt.id == attempt_id, Attempt.learner_id == learner_id)
    )
    return session.execute(query).one_or_none()


def questions(session: Session, attempt_id: UUID) -> Rows:
    """An attempt's questions in order, each with the version asked."""
    query = (
        select(AttemptQuestion, ItemVersion.content, Item.key)
        .join(ItemVersion, ItemVersion.id == AttemptQuestion.version_id)
        .join(Item, Item.id == AttemptQuestion.item_id)
        .where(AttemptQuestion.attempt_id == attempt_id)
        .order_by(AttemptQuestion.position)
        .limit(MOST_ITEMS)
    )
    return session.execute(query).all()


def still_open(attempt_id: UUID) -> ColumnElement[bool]:
    """A condition: the attempt has not been finished."""
    return exists().where(Attempt.id == attempt_id, Attempt.finished_at.is_(None))


def is_finished(session: Session, attempt_id: UUID) -> bool:
    """Whether an attempt has been finished."""
    return session.scalar(select(Attempt.finished_at).where(Attempt.id == attempt_id)) is not None


def is_answered(session: Session, attempt_id: UUID, position: int) -> bool:
    """Whether a question of an attempt has an answer."""
    query = select(AttemptQuestion.answered_at).where(
        AttemptQuestion.attempt_id == attempt_id, AttemptQuestion.position == position
    )
    return session.scalar(query) is not None


def open_attempts(session: Session, learner_id: int, deck_id: int | None = None) -> Rows:
    """Attempts begun of one's own accord and not finished, newest first: id, deck, questions, answered."""
    query = (
        select(
            Attempt.id,
            Deck.title.label("deck_title"),
            Deck.slug.label("deck_slug"),
            func.count().label("questions"),
            func.count(AttemptQuestion.answered_at).label("answered"),
        )
        .join(Deck, Deck.id == Attempt.deck_id)
        .join(AttemptQuestion, AttemptQuestion.attempt_id == Attempt.id)
        .where(
            Attempt.learner_id == learner_id,
            Attempt.finished_at.is_(None),
            Attempt.assignment_id.is_(None),
        )
        .group_by(Attempt.id, Deck.id)
        .order_by(Attempt.started_at.desc(), Attempt.id)
        .limit(5)
    )
    if deck_id is not None:
        query = query.where(Attempt.deck_id == deck_id)
    return session.execute(query).all()
