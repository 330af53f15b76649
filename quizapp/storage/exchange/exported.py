"""What goes out with a deck: its published questions, and the pictures that they show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Content
from quizapp.storage.exchange.tables import ImportedItem
from quizapp.storage.library.tables import DeckItem, Evidence, Fact, Item, ItemVersion, Picture
from quizapp.storage.rows import all_as
from quizapp.storage.sources.tables import Source


class OutgoingItem(NamedTuple):
    """A question as it is asked now. name: what the file it came from calls it, "" for one written here."""

    key: str
    fact: str
    content: Content
    formats: str
    tags: str
    name: str


class OutgoingEvidence(NamedTuple):
    """A sentence that a question is based on; source: the slug of its article."""

    key: str
    source: str
    paragraph: int
    sentence: int
    digest: str
    role: str
    words: str


class OutgoingPicture(NamedTuple):
    """A picture (WebP)."""

    id: str
    body: bytes


def outgoing(session: Session, deck_id: int) -> list[OutgoingItem]:
    """The published questions of a deck in their order."""
    query = (
        select(
            Item.key,
            Fact.key.label("fact"),
            ItemVersion.content,
            ItemVersion.formats,
            ItemVersion.tags,
            func.coalesce(ImportedItem.name, "").label("name"),
        )
        .join(DeckItem, DeckItem.item_id == Item.id)
        .join(Fact, Fact.id == Item.fact_id)
        .join(ItemVersion, ItemVersion.id == Item.version_id)
        .outerjoin(ImportedItem, ImportedItem.item_id == Item.id)
        .where(DeckItem.deck_id == deck_id, Item.state == "published")
        .order_by(DeckItem.position, Item.id)
    )
    return all_as(OutgoingItem, session.execute(query))


def evidence_of(session: Session, deck_id: int) -> list[OutgoingEvidence]:
    """What the published questions of a deck are based on, in their order."""
    query = (
        select(
            Item.key,
            Source.slug.label("source"),
            Evidence.paragraph,
            Evidence.sentence,
            Evidence.digest,
            Evidence.role,
            Evidence.words,
        )
        .join(DeckItem, DeckItem.item_id == Item.id)
        .join(Evidence, Evidence.version_id == Item.version_id)
        .join(Source, Source.id == Evidence.source_id)
        .where(DeckItem.deck_id == deck_id, Item.state == "published")
        .order_by(DeckItem.position, Evidence.id)
    )
    return all_as(OutgoingEvidence, session.execute(query))


def pictures_of(session: Session, ids: Sequence[str]) -> list[OutgoingPicture]:
    """These pictures, as far as they are there."""
    query = select(Picture.id, Picture.body).where(Picture.id.in_(ids)).order_by(Picture.id)
    return all_as(OutgoingPicture, session.execute(query))
