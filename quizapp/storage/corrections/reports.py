"""Reports as teachers and learners read them: open ones by item, one item's, a learner's own."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, func, select
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Content
from quizapp.storage.corrections.tables import Report
from quizapp.storage.library.tables import Deck, Item, ItemVersion
from quizapp.storage.quizzes.tables import AttemptQuestion
from quizapp.storage.rows import all_as, one_as
from quizapp.storage.study.tables import Review

MOST_OF_AN_ITEM = 60
MOST_OF_A_LEARNER = 50
OPEN = Report.state == "open"
UNREAD = (Report.state != "open", Report.read_at.is_(None))


def count_reported(decks: ColumnElement[bool]) -> ScalarSelect[int]:
    """How many items of these decks (a condition on Deck) have open reports."""
    query = (
        select(func.count(func.distinct(Report.item_id)))
        .join(Item, Item.id == Report.item_id)
        .join(Deck, Deck.id == Item.deck_id)
        .where(OPEN, decks)
    )
    return query.scalar_subquery()


class ReportedItem(NamedTuple):
    """An item with its deck and its open reports counted."""

    id: int
    slug: str
    title: str
    content: Content
    reports: int
    newest: datetime


def reported_items(
    session: Session, decks: ColumnElement[bool], limit: int, offset: int
) -> list[ReportedItem]:
    """Items with open reports, the most reported first: item, deck, content, reports, newest."""
    counted = (
        select(Report.item_id, func.count().label("reports"), func.max(Report.made_at).label("newest"))
        .where(OPEN)
        .group_by(Report.item_id)
        .subquery()
    )
    query = (
        select(Item.id, Deck.slug, Deck.title, ItemVersion.content, counted.c.reports, counted.c.newest)
        .join(counted, counted.c.item_id == Item.id)
        .join(Deck, Deck.id == Item.deck_id)
        .join(ItemVersion, ItemVersion.id == Item.version_id)
        .where(decks)
        .order_by(counted.c.reports.desc(), counted.c.newest.desc(), Item.id)
        .limit(limit)
        .offset(offset)
    )
    return all_as(ReportedItem, session.execute(query))


class OpenReport(NamedTuple):
    """An open report, and the number of the version it is about."""

    id: int
    item_id: int
    version_id: int
    reason: str
    text: str
    made_at: datetime
    number: int


def open_reports(session: Session, item_ids: Collection[int]) -> list[OpenReport]:
    """Open reports on these items, oldest first, each with the number of the version it is about. No one
    is named: who reported it does not matter for whether it is right."""
    query = (
        select(
            Report.id, Report.item_id, Report.version_id, Report.reason, Report.text, Report.made_at,
            ItemVersion.number,
        )
        .join(ItemVersion, ItemVersion.id == Report.version_id)
        .where(OPEN, Report.item_id.in_(item_ids))
        .order_by(Report.made_at, Report.id)
        .limit(MOST_OF_AN_ITEM * max(1, len(item_ids)))
    )  # fmt: skip
    return all_as(OpenReport, session.execute(query))


def count_open(session: Session, item_id: int) -> int:
    """How many reports on an item are open."""
    return session.scalar(select(func.count()).where(OPEN, Report.item_id == item_id)) or 0


def made_since(session: Session, learner_id: int, since: datetime) -> list[datetime]:
    """When a learner has made reports since a moment."""
    query = select(Report.made_at).where(Report.learner_id == learner_id, Report.made_at > since)
    return list(session.scalars(query.limit(MOST_OF_A_LEARNER)))


def unread(session: Session, learner_id: int) -> int:
    """How many of a learner's reports were settled since they last looked."""
    return session.scalar(select(func.count()).where(Report.learner_id == learner_id, *UNREAD)) or 0


class ReportOnItem(NamedTuple):
    """A learner's report, with the item as it is now and its deck."""

    report: Report
    content: Content
    item_state: str
    slug: str
    title: str


def of_learner(session: Session, learner_id: int) -> list[ReportOnItem]:
    """A learner's own reports, newest first: the report, what the item says now, its state and deck."""
    query = (
        select(Report, ItemVersion.content, Item.state.label("item_state"), Deck.slug, Deck.title)
        .join(Item, Item.id == Report.item_id)
        .join(ItemVersion, ItemVersion.id == Item.version_id)
        .join(Deck, Deck.id == Item.deck_id)
        .where(Report.learner_id == learner_id)
        .order_by(Report.made_at.desc(), Report.id.desc())
        .limit(MOST_OF_A_LEARNER)
    )
    return all_as(ReportOnItem, session.execute(query))


class AnsweredVersion(NamedTuple):
    """An item and the version that was answered."""

    item_id: int
    version_id: int


def answered_in_study(session: Session, learner_id: int, review_id: UUID) -> AnsweredVersion | None:
    """Item and version of an answer in the learner's log; None where there is none of theirs."""
    query = select(Review.item_id, Review.version_id).where(
        Review.id == review_id, Review.learner_id == learner_id, Review.voids.is_(None)
    )
    return one_as(AnsweredVersion, session.execute(query))


class QuizzedVersion(NamedTuple):
    """An item, the version asked in a quiz, and when that was answered."""

    item_id: int
    version_id: int
    answered_at: datetime | None


def asked_in_quiz(session: Session, attempt_id: UUID, position: int) -> QuizzedVersion | None:
    """Item and version of a question of an attempt, and when it was answered; None where there is none."""
    query = select(AttemptQuestion.item_id, AttemptQuestion.version_id, AttemptQuestion.answered_at).where(
        AttemptQuestion.attempt_id == attempt_id, AttemptQuestion.position == position
    )
    return one_as(QuizzedVersion, session.execute(query))
