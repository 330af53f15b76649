"""Suggested edits: one with all that belongs to it, a question's, those that wait for a teacher."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, func, select
from sqlalchemy.orm import Session, joinedload

from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.sharing import Act
from quizapp.storage.accounts.deck_rights import may
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.responsibility import tended
from quizapp.storage.library.tables import Deck, Item, ItemVersion, Suggestion
from quizapp.storage.rows import all_as
from quizapp.storage.sources.tables import Source

MOST_OF_AN_ITEM = 50


def suggestion(session: Session, suggestion_id: int, act: Act, account_id: int) -> Suggestion | None:
    """A suggestion on a question of whose deck this account may do this; None for any other."""
    query = (
        select(Suggestion)
        .join(Item, Item.id == Suggestion.item_id)
        .join(Deck, Deck.id == Item.deck_id)
        .options(
            joinedload(Suggestion.author),
            joinedload(Suggestion.item).joinedload(Item.deck),
            joinedload(Suggestion.item).joinedload(Item.version),
            joinedload(Suggestion.item).joinedload(Item.fact),
        )
        .where(Suggestion.id == suggestion_id, may(act, account_id))
    )
    return session.scalar(query)


def of_item(session: Session, item_id: int) -> list[Suggestion]:
    """A question's suggestions, newest first."""
    query = select(Suggestion).options(joinedload(Suggestion.author)).where(Suggestion.item_id == item_id)
    newest = query.order_by(Suggestion.made_at.desc(), Suggestion.id.desc())
    return list(session.scalars(newest.limit(MOST_OF_AN_ITEM)))


def suggested_to(account: Account) -> ColumnElement[bool]:
    """A condition on Deck and Suggestion: this teacher answers for the question, and it is by another."""
    return tended(account) & Suggestion.author_id.is_distinct_from(account.id)


def count_suggested(scope: ColumnElement[bool]) -> ScalarSelect[int]:
    """How many suggestions wait; scope: as `suggested_to`."""
    return count((Suggestion.state == "open") & scope)


def answered_to(account: Account) -> ColumnElement[bool]:
    """A condition on Deck and Suggestion: it is this teacher's, has been settled, and they have not put that
    away; they still may look at it."""
    news = (Suggestion.state != "open") & Suggestion.read_at.is_(None)
    return (Suggestion.author_id == account.id) & news & may(Act.TEACH, account.id)


class AnsweredSuggestion(NamedTuple):
    """A suggestion with the answer it got, and the question as it is now."""

    id: int
    state: str
    note: str
    reply: str
    settled_at: datetime | None
    content: Content
    slug: str
    title: str


def answered(
    session: Session, scope: ColumnElement[bool], limit: int, offset: int
) -> list[AnsweredSuggestion]:
    """Suggestions with an answer to read, the newest first: what was said, the question now, the deck."""
    columns = (
        *(Suggestion.id, Suggestion.state, Suggestion.note, Suggestion.reply, Suggestion.settled_at),
        *(ItemVersion.content, Deck.slug, Deck.title),
    )
    query = (
        select(*columns)
        .join(Item, Item.id == Suggestion.item_id)
        .join(Deck, Deck.id == Item.deck_id)
        .join(ItemVersion, ItemVersion.id == Item.version_id)
        .where(scope)
        .order_by(Suggestion.settled_at.desc(), Suggestion.id.desc())
    )
    return all_as(AnsweredSuggestion, session.execute(query.limit(limit).offset(offset)))


def own(session: Session, suggestion_id: int, account_id: int) -> Suggestion | None:
    """A suggestion of this account's."""
    query = select(Suggestion).where(Suggestion.id == suggestion_id, Suggestion.author_id == account_id)
    return session.scalars(query).one_or_none()


def count(condition: ColumnElement[bool]) -> ScalarSelect[int]:
    """How many suggestions a condition on Deck and Suggestion holds for."""
    query = select(func.count()).select_from(Suggestion).join(Item, Item.id == Suggestion.item_id)
    return query.join(Deck, Deck.id == Item.deck_id).where(condition).scalar_subquery()


class OpenSuggestion(NamedTuple):
    """A suggestion that waits, who made it, and the question as it is now."""

    suggestion: Suggestion
    author: str | None
    version_id: int
    content: Content
    slug: str
    title: str


def suggested(session: Session, scope: ColumnElement[bool], limit: int, offset: int) -> list[OpenSuggestion]:
    """Suggestions that wait, the longest first: the suggestion, its author, the present version, the deck."""
    query = (
        select(
            Suggestion, Account.name.label("author"), Item.version_id, ItemVersion.content, Deck.slug,
            Deck.title,
        )
        .join(Item, Item.id == Suggestion.item_id)
        .join(Deck, Deck.id == Item.deck_id)
        .join(ItemVersion, ItemVersion.id == Item.version_id)
        .outerjoin(Account, Account.id == Suggestion.author_id)
        .where(Suggestion.state == "open", scope)
        .order_by(Suggestion.made_at, Suggestion.id)
        .limit(limit)
        .offset(offset)
    )  # fmt: skip
    return all_as(OpenSuggestion, session.execute(query))


def slugs(session: Session, source_ids: Collection[int]) -> dict[int, str]:
    """Addresses of sources by id."""
    query = select(Source.id, Source.slug).where(Source.id.in_(source_ids)).order_by(Source.id)
    return dict(session.execute(query).all())
