"""What a learner has dismissed."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Content
from quizapp.domain.study.scheduling.card import AWAY
from quizapp.storage.library.tables import Deck, Item, ItemVersion
from quizapp.storage.rows import all_as
from quizapp.storage.study.tables import Card, Review

MOST_SHOWN = 200


def away_events(session: Session, learner_id: int, item_id: int) -> list[UUID]:
    """The events that keep an item away."""
    cancel = Review.__table__.alias("cancel").c
    query = select(Review.id).where(
        Review.learner_id == learner_id,
        Review.item_id == item_id,
        Review.planned_day == AWAY,
        Review.voids == Review.id,
        ~exists().where(cancel.voids == Review.id, cancel.id != Review.id),
    )
    return list(session.scalars(query.order_by(Review.id)))


class AwayItem(NamedTuple):
    """An item that is dismissed, and its deck."""

    id: int
    content: Content
    deck_title: str
    lapses: int


def put_away(session: Session, learner_id: int) -> list[AwayItem]:
    """The items that a learner has dismissed, or that were set aside; by deck."""
    query = (
        select(Item.id, ItemVersion.content, Deck.title.label("deck_title"), Card.lapses)
        .join(Card, Card.item_id == Item.id)
        .join(ItemVersion, ItemVersion.id == Item.version_id)
        .join(Deck, Deck.id == Item.deck_id)
        .where(Card.learner_id == learner_id, Card.due_day == AWAY, Item.state == "published")
        .order_by(Deck.title, Deck.id, Item.id)
        .limit(MOST_SHOWN)
    )
    return all_as(AwayItem, session.execute(query))
