"""Reads for drafting: what became of drafts on an article, questions that are based on it, decks to fill."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.sharing import Act
from quizapp.storage.accounts.deck_rights import may
from quizapp.storage.drafting.tables import SourceDraft
from quizapp.storage.library.tables import Deck, Evidence, Item, ItemVersion
from quizapp.storage.rows import all_as

MOST_DRAFTS = 2_000
MOST_RESTING = 1_000


class DraftLine(NamedTuple):
    """What became of a draft; its content, where a model wrote it."""

    digest: str
    outcome: str
    origin: str
    content: Content | None
    quote_digest: str
    item_id: int | None


def dealt_with(session: Session, account_id: int, source_id: int) -> list[DraftLine]:
    """A teacher's drafts on a source that were taken, dropped, or wait from a model."""
    query = select(
        SourceDraft.digest,
        SourceDraft.outcome,
        SourceDraft.origin,
        SourceDraft.content,
        SourceDraft.quote_digest,
        SourceDraft.item_id,
    ).where(SourceDraft.account_id == account_id, SourceDraft.source_id == source_id)
    return all_as(DraftLine, session.execute(query.order_by(SourceDraft.id).limit(MOST_DRAFTS)))


class RestingItem(NamedTuple):
    """An item, and a sentence that it is based on."""

    id: int
    content: Content
    digest: str


def resting_on(session: Session, account_id: int, source_id: int) -> list[RestingItem]:
    """Items that rest on a source, in decks that this teacher may look into: id, content and digest, a row
    for each piece of evidence."""
    query = (
        select(Item.id, ItemVersion.content, Evidence.digest)
        .join(ItemVersion, ItemVersion.id == Item.version_id)
        .join(Evidence, Evidence.version_id == Item.version_id)
        .join(Deck, Deck.id == Item.deck_id)
        .where(Evidence.source_id == source_id, Item.state != "retired", may(Act.TEACH, account_id))
        .order_by(Item.id, Evidence.id)
        .limit(MOST_RESTING)
    )
    return all_as(RestingItem, session.execute(query))
