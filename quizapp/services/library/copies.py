"""Copying a deck with its questions, their evidence and where they come from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Integer, Select, String, and_, cast, insert, literal, null, select, update
from sqlalchemy.orm import Session, aliased

from quizapp.services.library.editor import LONGEST_TITLE, add_deck
from quizapp.storage.accounts.tables import Account
from quizapp.storage.base import Base
from quizapp.storage.library.tables import (
    Deck,
    DeckItem,
    DeckOrigin,
    Evidence,
    Item,
    ItemOrigin,
    ItemVersion,
    VersionPicture,
)
from quizapp.storage.sources.tables import Anchor
from quizapp.storage.upserts import lock_learner

DOUBLE_CLICK = timedelta(seconds=10)
COPY = " (copy)"


def copy_deck(session: Session, deck: Deck, teacher: Account, *, now: datetime) -> Deck:
    """A private copy of a deck for a teacher: its published questions as they are worded now, in their
    order, with their evidence. A double click makes one copy.

    A copied question tests the same fact as the one it comes from, so that anyone who studies both decks
    meets one of the two a day. The same few statements for any number of questions.
    """
    lock_learner(session, teacher.id)
    twin = session.scalar(_just_copied(deck, teacher, now))
    if twin is not None:
        return twin
    title = deck.title[: LONGEST_TITLE - len(COPY)] + COPY
    copy = add_deck(session, teacher, title=title, summary=deck.summary, now=now)
    copy.source_id = deck.source_id
    session.add(DeckOrigin(deck_id=copy.id, origin_id=deck.id, title=deck.title))
    session.flush()
    _copy_items(session, deck, copy)
    _copy_versions(session, copy, teacher, now)
    _copy_pictures(session, copy)
    _copy_evidence(session, copy)
    return copy


def _just_copied(deck: Deck, teacher: Account, now: datetime) -> Select[Deck]:
    copied = DeckOrigin.deck_id == Deck.id, DeckOrigin.origin_id == deck.id
    mine = Deck.owner_id == teacher.id, Deck.created_at > now - DOUBLE_CLICK
    return select(Deck).join(DeckOrigin, and_(*copied)).where(*mine).order_by(Deck.id.desc()).limit(1)


def _copy_items(session: Session, deck: Deck, copy: Deck) -> None:
    """Items, where each comes from, and their places; an item's key says which one it is a copy of."""
    key = literal(f"copy-{copy.id}-", String) + cast(Item.id, String)
    there = (
        select(Item)
        .join(DeckItem, DeckItem.item_id == Item.id)
        .where(DeckItem.deck_id == deck.id, Item.state == "published", Item.version_id.is_not(None))
        .order_by(DeckItem.position, DeckItem.item_id)
    )
    own = {"key": key, "deck_id": literal(copy.id, Integer)}
    _insert(session, Item, there, own, leave={"version_id"})
    made = aliased(Item)
    pairs = there.join(made, made.key == key)
    _fill(session, ItemOrigin, pairs, {"item_id": made.id, "version_id": Item.version_id})
    place = {"deck_id": literal(copy.id, Integer), "item_id": made.id, "position": DeckItem.position}
    _fill(session, DeckItem, pairs, place)


def _copy_versions(session: Session, copy: Deck, teacher: Account, now: datetime) -> None:
    """The first version of each copied item says what its origin said."""
    origin = and_(ItemOrigin.item_id == Item.id, Item.deck_id == copy.id)
    there = (
        select(ItemVersion)
        .join(ItemOrigin, ItemOrigin.version_id == ItemVersion.id)
        .join(Item, origin)
        .order_by(Item.id)
    )
    own = {
        "item_id": Item.id,
        "number": literal(1, Integer),
        "author_id": literal(teacher.id, Integer),
        "created_at": literal(now, ItemVersion.__table__.c.created_at.type),
        "note": literal("Copied from version ", String) + cast(ItemVersion.number, String),
    }
    _insert(session, ItemVersion, there, own)
    version = select(ItemVersion.id).where(ItemVersion.item_id == Item.id).scalar_subquery()
    session.execute(
        update(Item).where(Item.deck_id == copy.id).values(version_id=version),
        execution_options={"synchronize_session": False},
    )


def _copy_pictures(session: Session, copy: Deck) -> None:
    """Anyone who learns the copy sees the pictures that its origin shows."""
    shown = (
        select(VersionPicture)
        .join(ItemOrigin, ItemOrigin.version_id == VersionPicture.version_id)
        .join(Item, and_(ItemOrigin.item_id == Item.id, Item.deck_id == copy.id))
    )
    _insert(session, VersionPicture, shown, {"version_id": Item.version_id})


def _copy_evidence(session: Session, copy: Deck) -> None:
    """It cites what its origin cited, where that stands now in each version of the source."""
    cited = (
        select(Evidence)
        .join(ItemOrigin, ItemOrigin.version_id == Evidence.version_id)
        .join(Item, and_(ItemOrigin.item_id == Item.id, Item.deck_id == copy.id))
        .order_by(Evidence.id)
    )
    _insert(session, Evidence, cited, {"version_id": Item.version_id})
    made = aliased(Evidence)
    same = (made.source_id, made.paragraph, made.sentence)
    pair = and_(
        made.version_id == Item.version_id,
        *(column == getattr(Evidence, column.key) for column in same),
    )
    pairs = cited.join(made, pair).with_only_columns(Evidence.id, made.id.label("made")).order_by(None)
    there = pairs.subquery()
    anchors = select(Anchor).join(there, there.c.id == Anchor.evidence_id).order_by(Anchor.id)
    _insert(session, Anchor, anchors, {"evidence_id": there.c.made, "settled_by": null()})


def _insert(
    session: Session,
    entity: type[Base],
    there: Any,
    own: dict[str, Any],
    *,
    leave: Collection[str] = (),
) -> None:
    """Rows like those there, column by column, but for their id and what is the copies' own."""
    columns: Sequence[Any] = [
        column for column in entity.__table__.columns if column.name not in {"id", *leave}
    ]
    _fill(session, entity, there, {column.name: own.get(column.name, column) for column in columns})


def _fill(session: Session, entity: type[Base], there: Any, values: dict[str, Any]) -> None:
    session.execute(insert(entity).from_select(list(values), there.with_only_columns(*values.values())))
