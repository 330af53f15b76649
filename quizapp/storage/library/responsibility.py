"""Whose questions a teacher answers for: the one condition behind the queue and its doors."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload

from quizapp.domain.library.sharing import Act
from quizapp.storage.accounts.deck_rights import may
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Deck, Item
from quizapp.storage.rows import all_as

MOST_DECKS = 500


def tended(account: Account) -> ColumnElement[bool]:
    """A condition on Deck: those whose questions this teacher answers for, because they may change them;
    of an admin also the shipped ones."""
    own = may(Act.EDIT, account.id)
    return or_(own, Deck.owner_id.is_(None)) if account.role == "admin" else own


class TendedDeck(NamedTuple):
    """A deck that something in the queue can be about."""

    id: int
    slug: str
    title: str


def tended_decks(session: Session, account: Account) -> list[TendedDeck]:
    """Decks that something in the teacher's queue can be about; theme decks left out (no item has its home
    there)."""
    theirs = or_(tended(account), may(Act.APPROVE, account.id))
    query = select(Deck.id, Deck.slug, Deck.title).where(theirs, Deck.theme_tag.is_(None))
    return all_as(TendedDeck, session.execute(query.order_by(Deck.title, Deck.id).limit(MOST_DECKS)))


def tended_item(session: Session, item_id: int, account: Account) -> Item | None:
    """An item whose home is such a deck, with deck, version and fact; None for any other."""
    query = (
        select(Item)
        .join(Deck, Deck.id == Item.deck_id)
        .options(joinedload(Item.deck), joinedload(Item.version), joinedload(Item.fact))
        .where(Item.id == item_id, tended(account))
    )
    return session.scalar(query)
