"""Reads of what a learner has seen: today's answers, and everything to look up again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Content
from quizapp.storage.library.tables import Deck, DeckItem, Item, ItemVersion
from quizapp.storage.rows import all_as
from quizapp.storage.study.history import counted
from quizapp.storage.study.tables import Card, ItemNote, Review

MOST_OF_A_DAY = 2_000


class AnsweredToday(NamedTuple):
    """An answer that counts, with what was asked; at: when it came."""

    review: UUID
    item_id: int
    content: Content
    score: float
    duration_ms: int
    at: datetime


def answers_of_day(
    session: Session, learner_id: int, day: int, deck_id: int | None = None
) -> list[AnsweredToday]:
    """The answers of a day that have not been undone, oldest first; of one deck where it is named."""
    query = (
        select(
            Review.id.label("review"),
            Review.item_id,
            ItemVersion.content,
            Review.score,
            Review.duration_ms,
            Review.at,
        )
        .join(Item, Item.id == Review.item_id)
        .join(ItemVersion, ItemVersion.id == Review.version_id)
        .where(*counted(learner_id), Review.day == day, Review.source.in_(("review", "quiz")))
        .order_by(Review.at, Review.id)
        .limit(MOST_OF_A_DAY)
    )
    if deck_id is not None:
        query = query.where(_of_deck(deck_id))
    return all_as(AnsweredToday, session.execute(query))


class MetItem(NamedTuple):
    """An item that a learner has seen, with its answers, their note at it ("" for none), and its card."""

    id: int
    content: Content
    deck_slug: str
    deck_title: str
    note: str
    due_day: int
    learning: bool


def count_met(session: Session, learner_id: int, words: Sequence[str]) -> int:
    """How many items a learner has seen that hold all these folded words."""
    found: int | None = session.scalar(_met(select(func.count()), learner_id, words))
    return found or 0


def met(session: Session, learner_id: int, words: Sequence[str], *, offset: int, limit: int) -> list[MetItem]:
    """What a learner has seen, the newest first, as it is worded now."""
    columns = select(
        Item.id,
        ItemVersion.content,
        Deck.slug.label("deck_slug"),
        Deck.title.label("deck_title"),
        func.coalesce(ItemNote.text, "").label("note"),
        Card.due_day,
        Card.learning,
    )
    query = _met(columns, learner_id, words).order_by(Card.first_day.desc(), Item.id.desc())
    return all_as(MetItem, session.execute(query.offset(offset).limit(limit)))


def note_at(session: Session, learner_id: int, item_id: int) -> str:
    """A learner's note at an item, "" where there is none."""
    key = ItemNote.learner_id == learner_id, ItemNote.item_id == item_id
    return session.scalar(select(ItemNote.text).where(*key)) or ""


def _met(columns: Select, learner_id: int, words: Sequence[str]) -> Select:  # type: ignore[type-arg]
    query = (
        columns.select_from(Card)
        .join(Item, and_(Item.id == Card.item_id, Item.state == "published"))
        .join(ItemVersion, ItemVersion.id == Item.version_id)
        .join(Deck, Deck.id == Item.deck_id)
        .outerjoin(ItemNote, and_(ItemNote.item_id == Item.id, ItemNote.learner_id == learner_id))
        .where(Card.learner_id == learner_id)
    )
    for word in words:
        noted = func.lower(func.coalesce(ItemNote.text, "")).contains(word, autoescape=True)
        query = query.where(or_(ItemVersion.search_text.contains(word, autoescape=True), noted))
    return query


def _of_deck(deck_id: int) -> ColumnElement[bool]:
    gathered = exists().where(DeckItem.deck_id == deck_id, DeckItem.item_id == Item.id)
    return or_(Item.deck_id == deck_id, gathered)
