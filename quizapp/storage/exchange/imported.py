"""Which items of a deck came from a file, by the names that the file has for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.storage.exchange.tables import ImportedItem, ImportFile
from quizapp.storage.library.tables import Deck, Item
from quizapp.storage.rows import all_as, one_as


class Brought(NamedTuple):
    """An item under a file's name; digest: "" where it was never brought in."""

    name: str
    item_id: int
    digest: str


class Upload(NamedTuple):
    """A file that waits to be imported, and the address of the deck it is meant for."""

    import_file: ImportFile
    slug: str


def upload(session: Session, key: str, account_id: int) -> Upload | None:
    """A file that this account has brought."""
    query = select(ImportFile, Deck.slug).join(Deck, Deck.id == ImportFile.deck_id)
    query = query.where(ImportFile.id == key, ImportFile.account_id == account_id)
    return one_as(Upload, session.execute(query))


def brought(session: Session, deck_id: int, names: Sequence[str]) -> dict[str, Brought]:
    """Those of a deck that have one of these names."""
    query = select(ImportedItem.name, ImportedItem.item_id, ImportedItem.digest)
    query = query.where(ImportedItem.deck_id == deck_id, ImportedItem.name.in_(names))
    return {row.name: row for row in all_as(Brought, session.execute(query))}


def written_here(session: Session, deck_id: int, keys: Sequence[str]) -> dict[str, Brought]:
    """Those of a deck whose own key is one of these: a file that was written here calls them so."""
    digest = func.coalesce(ImportedItem.digest, "").label("digest")
    query = select(Item.key.label("name"), Item.id.label("item_id"), digest)
    query = query.outerjoin(ImportedItem, ImportedItem.item_id == Item.id)
    query = query.where(Item.deck_id == deck_id, Item.key.in_(keys))
    return {row.name: row for row in all_as(Brought, session.execute(query))}
