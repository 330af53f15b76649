"""Archiving a deck, and deleting one that no one has seen.

Anyone who calls has made sure that the deck is the teacher's own (`web/frame/access.py: own_deck`).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from quizapp.domain.audit.actions import Action
from quizapp.domain.errors import Conflict
from quizapp.domain.language.translation import _
from quizapp.services.audit.log import record
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library import editor as queries
from quizapp.storage.library.tables import Deck, Fact, Item, ItemVersion


def set_archived(session: Session, deck: Deck, by: Account, *, archived: bool, now: datetime) -> None:
    """Take a deck out of all lists and selects, or back. Who studies it goes on; nothing is lost."""
    if (deck.archived_at is not None) != archived:
        deck.archived_at = now if archived else None
        record(session, by, Action.DECK_ARCHIVED if archived else Action.DECK_TAKEN_BACK, deck, now=now)


def delete_deck(session: Session, deck: Deck, by: Account, *, now: datetime) -> None:
    """Delete a deck with its questions. Raises Conflict where anyone has seen one of them, or a class has it:
    such a deck is archived instead."""
    if queries.was_met(session, deck.id):
        raise Conflict(_("Someone has already seen this deck, so it can’t be deleted. Archive it instead."))
    record(session, by, Action.DECK_DELETED, by, now=now)
    home = select(Item.id).where(Item.deck_id == deck.id)
    facts = list(session.scalars(select(Item.fact_id).where(Item.deck_id == deck.id).distinct()))
    session.execute(update(Item).where(Item.deck_id == deck.id).values(version_id=None))
    session.execute(delete(ItemVersion).where(ItemVersion.item_id.in_(home)))
    session.execute(delete(Item).where(Item.deck_id == deck.id))
    used = select(Item.id).where(Item.fact_id == Fact.id).exists()
    session.execute(delete(Fact).where(Fact.id.in_(facts), ~used))
    session.execute(delete(Deck).where(Deck.id == deck.id))
    session.expire_all()
