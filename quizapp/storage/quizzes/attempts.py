"""Reads of attempts and of what a quiz can be drawn from."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Content
from quizapp.domain.study.scheduling.card import CardState
from quizapp.storage.library.tables import Deck, DeckItem, Item, ItemApart, ItemVersion
from quizapp.storage.quizzes.tables import Attempt, AttemptDecision, AttemptQuestion
from quizapp.storage.rows import all_as, all_with, one_as
from quizapp.storage.study.step import CARD_COLUMNS
from quizapp.storage.study.tables import Card

MOST_ITEMS = 5_000
MOST_PAIRS = 50_000


class DrawableItem(NamedTuple):
    """A published item with what its present version says."""

    id: int
    fact_id: int
    content: Content
    formats: str


def drawable(session: Session, deck_id: int) -> list[DrawableItem]:
    """The published items of a deck: item, fact, and the present version's content and formats."""
    query = (
        select(Item.id, Item.fact_id, ItemVersion.content, ItemVersion.formats)
        .join(DeckItem, DeckItem.item_id == Item.id)
        .join(ItemVersion, ItemVersion.id == Item.version_id)
        .where(DeckItem.deck_id == deck_id, Item.state == "published")
        .order_by(Item.id)
        .limit(MOST_ITEMS)
    )
    return all_as(DrawableItem, session.execute(query))


def kept_apart(session: Session, deck_id: int) -> set[tuple[int, int]]:
    """The pairs of a deck's items that must not meet, both ways round."""
    held = select(DeckItem.item_id).where(DeckItem.deck_id == deck_id)
    query = (
        select(ItemApart.item_id, ItemApart.other_id)
        .where(ItemApart.item_id.in_(held), ItemApart.other_id.in_(held))
        .limit(MOST_PAIRS)
    )
    return {(one, other) for one, other in session.execute(query)}


class PresentVersion(NamedTuple):
    """An item's present version, and the learner's card."""

    item_id: int
    version_id: int
    content: Content
    formats: str
    state: CardState | None


def present_versions(session: Session, learner_id: int, item_ids: list[int]) -> list[PresentVersion]:
    """The present version of each item with the learner's card (None without one)."""
    query = (
        select(
            Item.id.label("item_id"),
            ItemVersion.id.label("version_id"),
            ItemVersion.content,
            ItemVersion.formats,
            *CARD_COLUMNS,
        )
        .join(ItemVersion, ItemVersion.id == Item.version_id)
        .outerjoin(Card, and_(Card.learner_id == learner_id, Card.item_id == Item.id))
        .where(Item.id.in_(item_ids))
        .order_by(Item.id)
        .limit(MOST_ITEMS)
    )
    return all_with(PresentVersion, CardState, session.execute(query))


class AttemptOnDeck(NamedTuple):
    """An attempt and its deck."""

    attempt: Attempt
    deck_title: str
    deck_slug: str


def attempt(session: Session, attempt_id: UUID, learner_id: int) -> AttemptOnDeck | None:
    """A learner's own attempt with its deck; None for anyone else's."""
    query = (
        select(Attempt, Deck.title.label("deck_title"), Deck.slug.label("deck_slug"))
        .join(Deck, Deck.id == Attempt.deck_id)
        .where(Attempt.id == attempt_id, Attempt.learner_id == learner_id)
    )
    return one_as(AttemptOnDeck, session.execute(query))


class AskedQuestion(NamedTuple):
    """A question of an attempt, what the version asked says, and the item's key."""

    attempt_question: AttemptQuestion
    content: Content
    key: str


def questions(session: Session, attempt_id: UUID) -> list[AskedQuestion]:
    """An attempt's questions in order, each with the version asked."""
    query = (
        select(AttemptQuestion, ItemVersion.content, Item.key)
        .join(ItemVersion, ItemVersion.id == AttemptQuestion.version_id)
        .join(Item, Item.id == AttemptQuestion.item_id)
        .where(AttemptQuestion.attempt_id == attempt_id)
        .order_by(AttemptQuestion.position)
        .limit(MOST_ITEMS)
    )
    return all_as(AskedQuestion, session.execute(query))


def still_open(attempt_id: UUID) -> ColumnElement[bool]:
    """A condition: the attempt has been neither finished nor reset."""
    return exists().where(
        Attempt.id == attempt_id, Attempt.finished_at.is_(None), Attempt.set_aside_at.is_(None)
    )


def in_time(attempt_id: UUID, at: datetime) -> ColumnElement[bool]:
    """A condition: the attempt's own time is not over at this moment."""
    return exists().where(Attempt.id == attempt_id, or_(Attempt.ends_at.is_(None), Attempt.ends_at >= at))


def is_finished(session: Session, attempt_id: UUID) -> bool:
    """Whether an attempt has been finished."""
    return session.scalar(select(Attempt.finished_at).where(Attempt.id == attempt_id)) is not None


def is_set_aside(session: Session, attempt_id: UUID) -> bool:
    """Whether a teacher has reset an attempt."""
    return session.scalar(select(Attempt.set_aside_at).where(Attempt.id == attempt_id)) is not None


class AnswerSoFar(NamedTuple):
    """The answer that a question of an attempt has now, as it is stored."""

    answered_at: datetime
    response: str


def answer_so_far(session: Session, attempt_id: UUID, position: int) -> AnswerSoFar | None:
    """What a question of an attempt has been answered so far; None for nothing."""
    query = select(AttemptQuestion.answered_at, AttemptQuestion.response).where(
        AttemptQuestion.attempt_id == attempt_id,
        AttemptQuestion.position == position,
        AttemptQuestion.answered_at.is_not(None),
    )
    return one_as(AnswerSoFar, session.execute(query))


def reason_of_mark(session: Session, attempt_id: UUID, position: int) -> str:
    """Why a teacher gave an answer its mark by hand; "" where none did."""
    query = select(AttemptDecision.reason).where(
        AttemptDecision.attempt_id == attempt_id, AttemptDecision.position == position
    )
    return session.scalar(query.order_by(AttemptDecision.id.desc()).limit(1)) or ""


class BegunAttempt(NamedTuple):
    """An attempt that has not been finished, with its questions counted."""

    id: UUID
    started_at: datetime
    deck_title: str
    deck_slug: str
    questions: int
    answered: int


def open_attempts(session: Session, learner_id: int, deck_id: int | None = None) -> list[BegunAttempt]:
    """Attempts begun of one's own accord and not finished, newest first: id, deck, questions, answered."""
    query = (
        select(
            Attempt.id,
            Attempt.started_at,
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
    return all_as(BegunAttempt, session.execute(query))
