"""One change to many questions of a deck at once: publish, retire, tag, move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple
from uuid import uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from quizapp.domain.errors import Invalid
from quizapp.domain.language.translation import _
from quizapp.domain.library.review import STEPS, State, Step
from quizapp.domain.library.sharing import Act
from quizapp.services.audit import log
from quizapp.services.library import review
from quizapp.services.library.editor import draft_of
from quizapp.services.library.items import append_to_deck, create_item, move_item, write_version
from quizapp.storage.accounts.deck_rights import may
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Deck, DeckItem, Item, ItemOrigin

MOST_ITEMS = 500


class Done(NamedTuple):
    """How many of the chosen items changed, of how many."""

    changed: int
    chosen: int


def chosen(session: Session, deck: Deck, item_ids: Sequence[int]) -> list[Item]:
    """These items in the deck's order, as far as it is their home; raises Invalid where none is left."""
    query = (
        select(Item)
        .join(DeckItem, (DeckItem.item_id == Item.id) & (DeckItem.deck_id == deck.id))
        .options(joinedload(Item.version), joinedload(Item.deck), joinedload(Item.fact))
        .where(Item.deck_id == deck.id, Item.id.in_(item_ids[:MOST_ITEMS]))
        .order_by(DeckItem.position, Item.id)
    )
    found = list(session.scalars(query))
    if not found:
        raise Invalid(_("No questions selected. Select the ones to edit, then press the button again."))
    return found


def anywhere(session: Session, teacher: Account, item_ids: Sequence[int], *, to_copy: bool) -> list[Item]:
    """These items in whatever decks this teacher may change, or (to_copy) look into. Raises Invalid where
    none is left."""
    query = (
        select(Item)
        .join(Deck, Deck.id == Item.deck_id)
        .options(joinedload(Item.version), joinedload(Item.deck), joinedload(Item.fact))
        .where(Item.id.in_(item_ids[:MOST_ITEMS]), may(Act.TEACH if to_copy else Act.EDIT, teacher.id))
        .order_by(Item.id)
    )
    found = [
        item
        for item in session.scalars(query)
        if not to_copy or item.state == State.PUBLISHED or item.deck.owner_id == teacher.id
    ]
    if not found:
        raise Invalid(_("Select questions that you may change, then press the button again."))
    return found


def copy(session: Session, items: Sequence[Item], target: Deck, *, author: Account, now: datetime) -> Done:
    """Copy them to the end of a deck, with their evidence; a copy tests the same fact as its origin."""
    state = review.first_state(session, target, author, "publish")
    for item in items:
        copy_one(session, item, target, author=author, now=now, state=state)
    session.flush()
    return Done(len(items), len(items))


def copy_one(
    session: Session, item: Item, target: Deck, *, author: Account, now: datetime, state: State
) -> Item:
    """One of them, in this state."""
    assert item.version is not None
    origin = item.version
    made = create_item(session, key=f"t-{uuid4().hex}", deck=target, fact=item.fact, state=state.value)
    note = f"Copied from version {origin.number}"
    write_version(session, made, draft_of(session, origin), author_id=author.id, now=now, note=note)
    session.add(ItemOrigin(item_id=made.id, version_id=origin.id))
    append_to_deck(session, target, made)
    return made


def take_step(session: Session, items: Sequence[Item], step: Step, *, by: Account, now: datetime) -> Done:
    """Publish them (where another teacher has to approve: ask for that) or retire them."""
    moving = [item for item in items if State(item.state) in STEPS[step][0]]
    for item in moving:
        state = review.take_step(session, item, step, by)
        if state in review.NOTED:
            log.record(session, by, review.NOTED[state], item, {}, now=now)
    return Done(len(moving), len(items))


def tag(
    session: Session, items: Sequence[Item], tags: Sequence[str], *, add: bool, author: Account, now: datetime
) -> Done:
    """Add these tags, or take them off; each item that changes gets a version."""
    if not tags:
        raise Invalid(_("Enter the tag to add or remove, then press the button again."))
    changed = 0
    for item in items:
        assert item.version is not None
        draft = draft_of(session, item.version)
        kept = tuple(each for each in draft.tags if each not in tags)
        wanted = tuple(dict.fromkeys((*draft.tags, *tags))) if add else kept
        if wanted != draft.tags:
            note = f"{'Tagged' if add else 'Tag removed'}: {', '.join(tags)}"
            tagged = replace(draft, tags=wanted)
            changed += write_version(session, item, tagged, author_id=author.id, now=now, note=note)
    return Done(changed, len(items))


def move(session: Session, items: Sequence[Item], target: Deck) -> Done:
    """Move them to the end of another deck; memories, versions and evidence go along."""
    moving = [item for item in items if item.deck_id != target.id]
    for item in moving:
        home = item.deck_id
        move_item(session, item, deck_id=target.id, fact_id=item.fact_id)
        session.execute(delete(DeckItem).where(DeckItem.deck_id == home, DeckItem.item_id == item.id))
        append_to_deck(session, target, item)
    return Done(len(moving), len(items))
