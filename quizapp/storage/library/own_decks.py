"""Reads of the decks that someone owns, as a learner sees them."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Content
from quizapp.storage.library.tables import Deck, DeckItem, Item, ItemVersion
from quizapp.storage.rows import all_as

MOST_CARDS = 2_000


class OwnDeck(NamedTuple):
    """A deck of one's own, with its cards counted."""

    id: int
    slug: str
    title: str
    cards: int


def of(session: Session, owner_id: int) -> list[OwnDeck]:
    """The decks of an owner, by title."""
    query = (
        select(Deck.id, Deck.slug, Deck.title, func.count(Item.id).label("cards"))
        .outerjoin(DeckItem, DeckItem.deck_id == Deck.id)
        .outerjoin(Item, and_(Item.id == DeckItem.item_id, Item.state == "published"))
        .where(Deck.owner_id == owner_id)
        .group_by(Deck.id)
        .order_by(Deck.title, Deck.id)
        .limit(MOST_CARDS)
    )
    return all_as(OwnDeck, session.execute(query))


def count_cards(session: Session, deck_id: int) -> int:
    """How many items a deck holds, retired ones too."""
    query = select(func.count()).select_from(DeckItem).where(DeckItem.deck_id == deck_id)
    return session.scalars(query).one()


class OwnCard(NamedTuple):
    """A card of a deck, as it is worded now."""

    id: int
    content: Content


def cards(session: Session, deck_id: int) -> list[OwnCard]:
    """The published cards of a deck, in their order."""
    query = (
        select(Item.id, ItemVersion.content)
        .join(DeckItem, DeckItem.item_id == Item.id)
        .join(ItemVersion, ItemVersion.id == Item.version_id)
        .where(DeckItem.deck_id == deck_id, Item.state == "published")
        .order_by(DeckItem.position, Item.id)
        .limit(MOST_CARDS)
    )
    return all_as(OwnCard, session.execute(query))
