"""Reads of reviewing: who may approve, what waits for approval, a question's thread."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, and_, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.review import MOST_COMMENTS
from quizapp.domain.library.sharing import Act
from quizapp.storage.accounts.deck_rights import may
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.tables import ClassroomDeck, ClassroomTeacher
from quizapp.storage.library.tables import Deck, DeckShare, Item, ItemComment, ItemVersion
from quizapp.storage.rows import all_as


def needs_approval(session: Session, deck_id: int, account_id: int) -> bool:
    """Whether another teacher has to approve what this one publishes in a deck: where its owner wants it so,
    of all or of all others; and where there is another at all."""
    editor = exists().where(DeckShare.deck_id == Deck.id, DeckShare.can_edit)
    other_editor = editor.where(DeckShare.account_id != account_id)
    other_teacher = exists().where(
        ClassroomDeck.deck_id == Deck.id,
        ClassroomTeacher.classroom_id == ClassroomDeck.classroom_id,
        ClassroomTeacher.account_id != account_id,
    )
    not_own = Deck.owner_id != account_id
    wanted = or_(Deck.review == "all", and_(Deck.review == "others", not_own))
    query = select(Deck.id).where(Deck.id == deck_id, wanted, or_(not_own, other_editor, other_teacher))
    return session.scalar(query) is not None


def to_approve(account: Account) -> ColumnElement[bool]:
    """A condition on Deck and ItemVersion: this teacher may approve it, and it is by someone else."""
    return may(Act.APPROVE, account.id) & ItemVersion.author_id.is_distinct_from(account.id)


def count_in_review(scope: ColumnElement[bool]) -> ScalarSelect[int]:
    """How many questions wait for approval; scope: as `to_approve`."""
    query = select(func.count()).select_from(Item).join(Deck, Deck.id == Item.deck_id)
    query = query.join(ItemVersion, ItemVersion.id == Item.version_id)
    return query.where(Item.state == "in_review", scope).scalar_subquery()


class ItemInReview(NamedTuple):
    """An item that waits for approval, with its deck, and who wrote it when."""

    id: int
    slug: str
    title: str
    content: Content
    note: str
    created_at: datetime
    author: str | None


def in_review(session: Session, scope: ColumnElement[bool], limit: int, offset: int) -> list[ItemInReview]:
    """Questions that wait for approval, the longest first: item, deck, content, author, since when."""
    query = (
        select(
            Item.id,
            Deck.slug,
            Deck.title,
            ItemVersion.content,
            ItemVersion.note,
            ItemVersion.created_at,
            Account.name.label("author"),
        )
        .join(Deck, Deck.id == Item.deck_id)
        .join(ItemVersion, ItemVersion.id == Item.version_id)
        .outerjoin(Account, Account.id == ItemVersion.author_id)
        .where(Item.state == "in_review", scope)
        .order_by(ItemVersion.created_at, Item.id)
        .limit(limit)
        .offset(offset)
    )
    return all_as(ItemInReview, session.execute(query))


def sent_back_to(account: Account) -> ColumnElement[bool]:
    """A condition on Deck, Item and ItemVersion: a draft of this teacher's of which a colleague has said
    something since it was written."""
    said = exists().where(
        ItemComment.item_id == Item.id,
        ItemComment.made_at > ItemVersion.created_at,
        ItemComment.author_id.is_distinct_from(ItemVersion.author_id),
    )
    own = ItemVersion.author_id == account.id
    return may(Act.EDIT, account.id) & own & (Item.state == "draft") & said


def count_sent_back(scope: ColumnElement[bool]) -> ScalarSelect[int]:
    """How many drafts came back; scope: as `sent_back_to`."""
    query = select(func.count()).select_from(Item).join(Deck, Deck.id == Item.deck_id)
    return query.join(ItemVersion, ItemVersion.id == Item.version_id).where(scope).scalar_subquery()


class ReturnedItem(NamedTuple):
    """A draft that came back, with its deck and its author."""

    id: int
    slug: str
    title: str
    content: Content
    author_id: int | None


def sent_back(session: Session, scope: ColumnElement[bool], limit: int, offset: int) -> list[ReturnedItem]:
    """Drafts that came back, the latest version first: item, deck, content."""
    query = (
        select(Item.id, Deck.slug, Deck.title, ItemVersion.content, ItemVersion.author_id)
        .join(Deck, Deck.id == Item.deck_id)
        .join(ItemVersion, ItemVersion.id == Item.version_id)
        .where(scope)
        .order_by(ItemVersion.created_at.desc(), Item.id)
        .limit(limit)
        .offset(offset)
    )
    return all_as(ReturnedItem, session.execute(query))


class CommentLine(NamedTuple):
    """What someone said of an item."""

    item_id: int
    author_id: int | None
    name: str | None
    text: str
    made_at: datetime


def comments_on(session: Session, item_ids: Collection[int]) -> list[CommentLine]:
    """What is said of these questions, oldest first: item, author's id and name, text, when."""
    query = (
        select(
            ItemComment.item_id, ItemComment.author_id, Account.name, ItemComment.text, ItemComment.made_at
        )
        .outerjoin(Account, Account.id == ItemComment.author_id)
        .where(ItemComment.item_id.in_(item_ids))
        .order_by(ItemComment.made_at, ItemComment.id)
        .limit(MOST_COMMENTS * max(1, len(item_ids)))
    )
    return all_as(CommentLine, session.execute(query))


def item(session: Session, item_id: int, act: Act, account_id: int) -> Item | None:
    """An item of whose home deck this account may do this; None for any other."""
    query = (
        select(Item)
        .join(Deck, Deck.id == Item.deck_id)
        .options(joinedload(Item.deck), joinedload(Item.version), joinedload(Item.fact))
        .where(Item.id == item_id, may(act, account_id))
    )
    return session.scalar(query)


def comments(session: Session, item_id: int) -> list[ItemComment]:
    """A question's thread, oldest first."""
    query = select(ItemComment).options(joinedload(ItemComment.author)).where(ItemComment.item_id == item_id)
    return list(session.scalars(query.order_by(ItemComment.made_at, ItemComment.id).limit(MOST_COMMENTS)))


def own_comment(session: Session, comment_id: int, account_id: int) -> ItemComment | None:
    """A comment that this account made; None for any other."""
    return session.scalar(
        select(ItemComment)
        .options(joinedload(ItemComment.item))
        .where(ItemComment.id == comment_id, ItemComment.author_id == account_id)
    )
