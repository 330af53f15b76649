"""Items that share words or evidence with a question: what the finder of duplicates looks at."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, select
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.sharing import Act
from quizapp.storage.accounts.deck_rights import may
from quizapp.storage.library.tables import Deck, Evidence, Item, ItemVersion
from quizapp.storage.rows import all_as

MOST_CANDIDATES = 40


class ComparableItem(NamedTuple):
    """An item that may ask the same, with its deck. editable: the teacher may change it."""

    id: int
    version_id: int
    content: Content
    slug: str
    title: str
    editable: bool


def sharing_words(
    session: Session, account_id: int, words: Sequence[str], without: int
) -> list[ComparableItem]:
    """Items whose question or answers hold some of the words, those that hold most first. `words`:
    folded, at least one; `without`: the version to leave out (0: none)."""
    held: ColumnElement[int] = sum(
        (case((ItemVersion.search_text.contains(word, autoescape=True), 1), else_=0) for word in words[1:]),
        start=case((ItemVersion.search_text.contains(words[0], autoescape=True), 1), else_=0),
    )
    query = _comparable(account_id, without)
    return all_as(
        ComparableItem, session.execute(query.order_by(held.desc(), Item.id).limit(MOST_CANDIDATES))
    )


def sharing_evidence(
    session: Session, account_id: int, digests: Collection[str], without: int
) -> list[ComparableItem]:
    """Items that are based on one of the sentences."""
    bearers = select(Evidence.version_id).where(Evidence.digest.in_(digests))
    query = _comparable(account_id, without).where(Item.version_id.in_(bearers))
    return all_as(ComparableItem, session.execute(query.order_by(Item.id).limit(MOST_CANDIDATES)))


class VersionDigest(NamedTuple):
    """A version, and the digest of a sentence that it cites."""

    version_id: int
    digest: str


def digests_of(session: Session, version_ids: Collection[int]) -> list[VersionDigest]:
    """(version_id, digest) of what versions cite."""
    query = select(Evidence.version_id, Evidence.digest).where(Evidence.version_id.in_(version_ids))
    return all_as(VersionDigest, session.execute(query.order_by(Evidence.id).limit(MOST_CANDIDATES * 40)))


def _comparable(account_id: int, without: int) -> Select[*tuple[Any, ...]]:
    """The items of the decks that a teacher may look into, unless retired."""
    return (
        select(
            Item.id,
            Item.version_id,
            ItemVersion.content,
            Deck.slug,
            Deck.title,
            may(Act.EDIT, account_id).label("editable"),
        )
        .join(Deck, Deck.id == Item.deck_id)
        .join(ItemVersion, ItemVersion.id == Item.version_id)
        .where(
            may(Act.TEACH, account_id),
            Item.state != "retired",
            Item.version_id != without,
        )
    )
