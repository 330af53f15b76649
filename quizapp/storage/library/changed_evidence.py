"""Evidence that has changed or is gone in the text shown now, and that no one has looked at yet."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, select, text
from sqlalchemy.orm import Session, joinedload

from quizapp.domain.library.kinds.base import Content
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.responsibility import tended
from quizapp.storage.library.tables import Deck, Evidence, Item, ItemVersion
from quizapp.storage.rows import all_as, one_as
from quizapp.storage.sources.tables import OPEN, Anchor, Passage, Source, SourceVersion


def count_changed(decks: ColumnElement[bool]) -> ScalarSelect[int]:
    """How many pieces of evidence of these decks (a condition on Deck) wait."""
    return _open(select(func.count(Anchor.id))).where(decks).scalar_subquery()


def count_of_source(session: Session, source_id: int, account: Account) -> int:
    """How many questions that this teacher answers for wait because of one article."""
    query = _open(select(func.count(Item.id.distinct()))).where(Source.id == source_id, tended(account))
    return session.scalar(query) or 0


class ChangedEvidence(NamedTuple):
    """A piece of evidence whose sentence has changed or is gone, with its item, deck and article."""

    id: int
    evidence_id: int
    standing: str
    exact: str
    paragraph: int
    item_id: int
    content: Content
    slug: str
    deck_title: str
    owner_id: int | None
    source_slug: str
    title: str
    author: str
    publisher: str
    about: str
    name: str
    created_at: datetime
    now: str | None


def changed_rows(
    session: Session, decks: ColumnElement[bool], limit: int, offset: int
) -> list[ChangedEvidence]:
    """What waits, article by article in reading order: the item and its deck, what was cited, the article,
    when it changed, and the sentence that the cited one has become (`now`; None where it is gone)."""
    here = and_(
        Passage.version_id == Anchor.version_id,
        Passage.paragraph == Anchor.paragraph,
        Passage.sentence == Anchor.sentence,
    )
    query = (
        _open(
            select(
                Anchor.id,
                Anchor.evidence_id,
                Anchor.standing,
                Evidence.exact,
                Evidence.paragraph,
                Item.id.label("item_id"),
                ItemVersion.content,
                Deck.slug,
                Deck.title.label("deck_title"),
                Deck.owner_id,
                Source.slug.label("source_slug"),
                Source.title,
                Source.author,
                Source.publisher,
                Source.about,
                Source.name,
                SourceVersion.created_at,
                Passage.text.label("now"),
            )
        )
        .join(ItemVersion, ItemVersion.id == Item.version_id)
        .join(SourceVersion, SourceVersion.id == Anchor.version_id)
        .outerjoin(Passage, here)
        .where(decks)
        .order_by(Source.slug, Evidence.paragraph, Evidence.sentence, Anchor.id)
        .limit(limit)
        .offset(offset)
    )
    return all_as(ChangedEvidence, session.execute(query))


def kept_words(session: Session, evidence_ids: Collection[int]) -> dict[int, str]:
    """The sentences that people have let evidence are based on since it was written, the newest of each."""
    here = and_(
        Passage.version_id == Anchor.version_id,
        Passage.paragraph == Anchor.paragraph,
        Passage.sentence == Anchor.sentence,
    )
    query = (
        select(Anchor.evidence_id, Passage.text)
        .join(Passage, here)
        .where(Anchor.evidence_id.in_(evidence_ids), Anchor.outcome == "kept")
        .order_by(Anchor.evidence_id, Anchor.version_id)
    )
    return dict(session.execute(query).all())


class AnchoredItem(NamedTuple):
    """Where a piece of evidence stands, and the item that is based on it."""

    anchor: Anchor
    item: Item


def waiting_anchor(session: Session, anchor_id: int, account: Account) -> AnchoredItem | None:
    """(anchor, item) of evidence that this teacher answers for, settled or not; None for any other."""
    query = (
        select(Anchor, Item)
        .join(Evidence, Evidence.id == Anchor.evidence_id)
        .join(Item, Item.version_id == Evidence.version_id)
        .join(Deck, Deck.id == Item.deck_id)
        .options(joinedload(Item.deck))
        .where(Anchor.id == anchor_id, tended(account))
    )
    return one_as(AnchoredItem, session.execute(query))


def _open(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        query.select_from(Anchor)
        .join(Source, Source.version_id == Anchor.version_id)
        .join(Evidence, Evidence.id == Anchor.evidence_id)
        .join(Item, and_(Item.version_id == Evidence.version_id, Item.state != "retired"))
        .join(Deck, Deck.id == Item.deck_id)
        .where(text(OPEN))
    )
