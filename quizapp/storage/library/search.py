"""One search over all questions that a teacher may look into, in whatever deck."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.sharing import Act
from quizapp.storage.accounts.deck_rights import may
from quizapp.storage.library.editor import Wanted
from quizapp.storage.library.tables import Deck, DeckItem, Item, ItemVersion
from quizapp.storage.rows import all_as

A_PAGE = 50
MOST_TAGS = 2_000


class FoundItem(NamedTuple):
    """A question with its deck. changed_at: when its present version was written."""

    id: int
    state: str
    kind: str
    content: Content
    tags: str
    changed_at: datetime
    deck_slug: str
    deck_title: str
    editable: bool


class Scope(NamedTuple):
    """Where to look. deck: its address, "" for all; own: in decks that the teacher may change alone; items:
    among these alone (None: all)."""

    deck: str = ""
    own: bool = True
    items: Collection[int] | None = None


def found(session: Session, teacher_id: int, wanted: Wanted, scope: Scope, page: int) -> list[FoundItem]:
    """The questions that are wanted, the last changed first; one more than a page holds, so that one sees
    whether another follows. Pages count from 1."""
    query = (
        select(
            Item.id,
            Item.state,
            ItemVersion.kind,
            ItemVersion.content,
            ItemVersion.tags,
            ItemVersion.created_at.label("changed_at"),
            Deck.slug.label("deck_slug"),
            Deck.title.label("deck_title"),
            may(Act.EDIT, teacher_id).label("editable"),
        )
        .join(ItemVersion, ItemVersion.id == Item.version_id)
        .join(Deck, Deck.id == Item.deck_id)
        .where(may(Act.EDIT if scope.own else Act.TEACH, teacher_id), Deck.archived_at.is_(None))
        .order_by(ItemVersion.created_at.desc(), Item.id.desc())
        .limit(A_PAGE + 1)
        .offset((page - 1) * A_PAGE)
    )
    if not scope.own:
        query = query.where((Item.state == "published") | may(Act.EDIT, teacher_id))
    for word in wanted.words:
        query = query.where(ItemVersion.search_text.contains(word, autoescape=True))
    if wanted.kind:
        query = query.where(ItemVersion.kind == wanted.kind)
    if wanted.state:
        query = query.where(Item.state == wanted.state)
    if wanted.tag:
        tags = "," + ItemVersion.tags + ","
        query = query.where(tags.contains(f",{wanted.tag},", autoescape=True))
    if scope.deck:
        query = query.where(Deck.slug == scope.deck)
    if scope.items is not None:
        query = query.where(Item.id.in_(scope.items))
    return all_as(FoundItem, session.execute(query))


def tags(session: Session, teacher_id: int) -> list[str]:
    """The tags of all questions that a teacher may change, in the order of the alphabet."""
    query = (
        select(ItemVersion.tags)
        .join(Item, Item.version_id == ItemVersion.id)
        .join(DeckItem, and_(DeckItem.item_id == Item.id, DeckItem.deck_id == Item.deck_id))
        .join(Deck, Deck.id == Item.deck_id)
        .where(may(Act.EDIT, teacher_id), ItemVersion.tags != "")
        .distinct()
        .limit(MOST_TAGS)
    )
    return sorted({tag for each in session.scalars(query) for tag in each.split(",")})
