"""Reads of decks, items and sources for lists and pages."""

from __future__ import annotations

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from quizapp.storage.library import Deck, DeckItem, Item
from quizapp.storage.queries.rows import Rows
from quizapp.storage.study import Card, StudyDeck

MOST_DECKS = 500


def deck_rows(session: Session, learner_id: int | None, today: int) -> Rows:
    """Every deck with its published items in numbers: total, and of this learner's: met, due, known
    (answered right and not due), and whether they study it."""
    query = (
        select(
            Deck.id,
            Deck.slug,
            Deck.title,
            Deck.summary,
            Deck.theme_tag,
            Deck.owner_id,
            func.count(Item.id).label("total"),
            func.count(Card.item_id).label("met"),
            func.coalesce(func.sum(case((Card.due_day <= today, 1), else_=0)), 0).label("due"),
            func.coalesce(func.sum(case((Card.due_day > today, 1), else_=0)), 0).label("known"),
            func.max(StudyDeck.position).label("studied"),
        )
        .outerjoin(DeckItem, DeckItem.deck_id == Deck.id)
        .outerjoin(Item, and_(Item.id == DeckItem.item_id, Item.state == "published"))
        .outerjoin(Card, and_(Card.item_id == Item.id, Card.learner_id == learner_id))
        .outerjoin(StudyDeck, and_(StudyDeck.deck_id == Deck.id, StudyDeck.learner_id == learner_id))
        .group_by(Deck.id)
        .order_by(Deck.position, Deck.title, Deck.id)
        .limit(MOST_DECKS)
    )
    return session.execute(query).all()
