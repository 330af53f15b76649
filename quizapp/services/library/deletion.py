"""Deleting what no one has seen, a draft or a whole deck; a deck that was seen is archived.

Anyone who calls has made sure that a deck is the teacher's own (`web/frame/access.py: own_deck`).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from quizapp.domain.audit.actions import Action
from quizapp.domain.errors import Conflict
from quizapp.domain.language.translation import _
from quizapp.domain.library.review import State
from quizapp.services.audit import log
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library import editor as queries
from quizapp.storage.library.tables import Deck, Fact, Item, ItemVersion


def deletable(session: Session, item: Item, by: Account) -> bool:
    """Whether this teacher can delete a question: a draft, wholly their own or in their deck, that no one
    was ever asked. Anything else is retired instead, so that what was learnt keeps its question."""
    if item.state != State.DRAFT or queries.was_asked(session, item.id):
        return False
    return item.deck.owner_id == by.id or queries.authors(session, item.id) == {by.id}


def delete_draft(session: Session, item: Item, by: Account, *, now: datetime) -> None:
    """Delete a draft with its versions, evidence and comments. Raises Conflict where it is not deletable."""
    query = select(Item).where(Item.id == item.id).with_for_update()
    session.scalars(query.execution_options(populate_existing=True)).one()
    if not deletable(session, item, by):
        raise Conflict(
            _("Only a draft that no student has seen can be deleted, and only by its author. It was kept.")
        )
    deck, item_id, fact_id = item.deck, item.id, item.fact_id
    item.version_id = None
    session.flush()
    session.execute(delete(ItemVersion).where(ItemVersion.item_id == item_id))
    session.execute(delete(Item).where(Item.id == item_id))
    session.expunge(item)
    others = select(Item.id).where(Item.fact_id == fact_id).exists()
    session.execute(delete(Fact).where(Fact.id == fact_id, ~others))
    log.record(session, by, Action.DRAFT_DELETED, deck, now=now)


def set_archived(session: Session, deck: Deck, by: Account, *, archived: bool, now: datetime) -> None:
    """Take a deck out of all lists and selects, or back. Who studies it goes on; nothing is lost."""
    if (deck.archived_at is not None) != archived:
        deck.archived_at = now if archived else None
        log.record(session, by, Action.DECK_ARCHIVED if archived else Action.DECK_TAKEN_BACK, deck, now=now)


def delete_deck(session: Session, deck: Deck, by: Account, *, now: datetime) -> None:
    """Delete a deck with its questions. Raises Conflict where anyone has seen one of them, or a class has it:
    such a deck is archived instead."""
    if queries.was_met(session, deck.id):
        raise Conflict(_("Someone has already seen this deck, so it can’t be deleted. Archive it instead."))
    log.record(session, by, Action.DECK_DELETED, by, now=now)
    home = select(Item.id).where(Item.deck_id == deck.id)
    facts = list(session.scalars(select(Item.fact_id).where(Item.deck_id == deck.id).distinct()))
    session.execute(update(Item).where(Item.deck_id == deck.id).values(version_id=None))
    session.execute(delete(ItemVersion).where(ItemVersion.item_id.in_(home)))
    session.execute(delete(Item).where(Item.deck_id == deck.id))
    used = select(Item.id).where(Item.fact_id == Fact.id).exists()
    session.execute(delete(Fact).where(Fact.id.in_(facts), ~used))
    session.execute(delete(Deck).where(Deck.id == deck.id))
    session.expire_all()
