"""What students remember of assigned decks: their cards, and the logs of cards answered since a moment."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from quizapp.storage.library.tables import DeckItem, Item
from quizapp.storage.rows import all_as, all_with
from quizapp.storage.study.history import EVENT_COLUMNS, LogEvent
from quizapp.storage.study.tables import Card, Review

MOST_CARDS = 200_000


class StudentCard(NamedTuple):
    """A student's card on an item of a deck, with what its recall follows from."""

    deck_id: int
    learner_id: int
    item_id: int
    fact_id: int
    stability: float
    fast: float
    difficulty: float
    last_day: int
    last_at: datetime
    learning: bool


def remembered(session: Session, deck_ids: list[int], learner_ids: list[int]) -> list[StudentCard]:
    """The cards of these learners on the published items of these decks: deck, learner, item, fact,
    memory, last study day and moment, and whether it is being learnt."""
    query = (
        select(
            DeckItem.deck_id,
            Card.learner_id,
            Card.item_id,
            Card.fact_id,
            Card.stability,
            Card.fast,
            Card.difficulty,
            Card.last_day,
            Card.last_at,
            Card.learning,
        )
        .join(DeckItem, DeckItem.item_id == Card.item_id)
        .join(Item, and_(Item.id == Card.item_id, Item.state == "published"))
        .where(DeckItem.deck_id.in_(deck_ids), Card.learner_id.in_(learner_ids))
        .order_by(Card.learner_id, Card.item_id)
        .limit(MOST_CARDS)
    )
    return all_as(StudentCard, session.execute(query))


class StudentEvent(NamedTuple):
    """An event of a student's log on an item."""

    learner_id: int
    item_id: int
    event: LogEvent


def logs(
    session: Session, deck_ids: list[int], learner_ids: list[int], since: datetime
) -> list[StudentEvent]:
    """All events of those of these learners' cards on these decks that were answered after a moment, card
    by card, as the scheduler needs them."""
    query = (
        select(Review.learner_id, Review.item_id, *EVENT_COLUMNS)
        .join(Card, and_(Card.learner_id == Review.learner_id, Card.item_id == Review.item_id))
        .where(
            Card.learner_id.in_(learner_ids),
            Card.last_at > since,
            Card.item_id.in_(select(DeckItem.item_id).where(DeckItem.deck_id.in_(deck_ids))),
        )
        .order_by(Review.learner_id, Review.item_id, Review.at, Review.id)
        .limit(MOST_CARDS)
    )
    return all_with(StudentEvent, LogEvent, session.execute(query))
