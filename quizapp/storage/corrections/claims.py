"""Reads of claims: a learner's own, what was decided on them, and what teachers have to decide."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, case, false, func, literal, select, union_all
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Content
from quizapp.storage.corrections.tables import Claim, GradeNotice, Regrade
from quizapp.storage.library.tables import Deck, Item, ItemVersion
from quizapp.storage.rows import all_as
from quizapp.storage.study.tables import Review

MOST_CLAIMS = 5_000
MOST_TOLD = 20
MOST_SAYING = 50


def of_review(session: Session, review_id: UUID) -> Claim | None:
    """The claim on one answer."""
    return session.get(Claim, review_id)


def saying(session: Session, learner_id: int, response: str) -> list[Claim]:
    """A learner's claims on answers that read just like this one (as encoded), oldest first."""
    query = select(Claim).where(Claim.learner_id == learner_id, Claim.response == response)
    return list(session.scalars(query.order_by(Claim.created_at, Claim.review_id).limit(MOST_SAYING)))


def count_open(session: Session, learner_id: int) -> int:
    """How many of a learner's claims wait that they made unasked."""
    query = select(func.count()).where(Claim.learner_id == learner_id, Claim.state == "open")
    query = query.where(Claim.said == "right")
    return session.scalar(query) or 0


class ToldGrade(NamedTuple):
    """What a learner is told of their answers to a question. review: an answer it is about."""

    state: str
    gained: int
    lost: int
    response: str
    reply: str
    undone: bool
    at: datetime
    review: UUID | None
    content: Content


def told(session: Session, learner_id: int) -> list[ToldGrade]:
    """What a learner was told and has not dismissed, newest first, with the question as it is now: of answers
    graded again, and of claims that were declined (state), each with an id of the answer it is about (None
    where none is in the log). One query."""
    nothing: ColumnElement[int] = literal(0)
    answer = (
        select(Review.id)
        .where(Review.learner_id == GradeNotice.learner_id, Review.item_id == Regrade.item_id)
        .where(Review.response == GradeNotice.response, Review.voids.is_(None))
        .order_by(Review.at.desc(), Review.id)
        .limit(1)
        .scalar_subquery()
    )
    graded = (
        select(
            literal("graded").label("state"),
            GradeNotice.gained,
            GradeNotice.lost,
            GradeNotice.response,
            literal("").label("reply"),
            Regrade.undone_at.is_not(None).label("undone"),
            GradeNotice.told_at.label("at"),
            answer.label("review"),
            ItemVersion.content,
        )
        .join(Regrade, Regrade.id == GradeNotice.regrade_id)
        .join(Item, Item.id == Regrade.item_id)
        .join(ItemVersion, ItemVersion.id == Item.version_id)
        .where(GradeNotice.learner_id == learner_id, GradeNotice.dismissed_at.is_(None))
    )
    declined = (
        select(
            Claim.state,
            nothing.label("gained"),
            nothing.label("lost"),
            Claim.response,
            Claim.reply,
            false().label("undone"),
            Claim.decided_at.label("at"),
            Claim.review_id.label("review"),
            ItemVersion.content,
        )
        .join(Item, Item.id == Claim.item_id)
        .join(ItemVersion, ItemVersion.id == Item.version_id)
        .where(Claim.learner_id == learner_id, Claim.state == "declined", Claim.seen_at.is_(None))
        .where(Claim.said != "different")
    )
    both = union_all(graded, declined).subquery()
    return all_as(
        ToldGrade, session.execute(select(both).order_by(both.c.at.desc(), both.c.response).limit(MOST_TOLD))
    )


def group(session: Session, item_id: int, normal_form: str, state: str = "open") -> list[Claim]:
    """The claims that one decision is about, oldest first."""
    query = select(Claim).where(
        Claim.item_id == item_id, Claim.normal_form == normal_form, Claim.state == state
    )
    query = query.order_by(Claim.created_at, Claim.review_id).limit(MOST_CLAIMS)
    return list(session.scalars(query.execution_options(populate_existing=True)))


def count_open_on(session: Session, item_id: int) -> int:
    """How many decisions wait on an item."""
    query = select(func.count(Claim.normal_form.distinct()))
    return session.scalar(query.where(Claim.item_id == item_id, Claim.state == "open")) or 0


def accepted(session: Session, item_id: int) -> list[Claim]:
    """The claims on an item that were accepted, oldest decision first."""
    query = select(Claim).where(Claim.item_id == item_id, Claim.state == "accepted")
    return list(session.scalars(query.order_by(Claim.decided_at, Claim.created_at).limit(MOST_CLAIMS)))


def accepted_by(session: Session, regrade_id: int) -> list[Claim]:
    """The claims that a regrade was ordered for, accepted or declined."""
    query = select(Claim).where(Claim.regrade_id == regrade_id)
    return list(session.scalars(query.order_by(Claim.created_at, Claim.review_id).limit(MOST_CLAIMS)))


def _groups(decks: ColumnElement[bool]) -> Select[int, str, int, int, int, datetime, str]:
    return (
        select(
            Claim.item_id,
            Claim.normal_form,
            func.count(Claim.learner_id.distinct()).label("claims"),
            func.sum(case((Claim.said == "same", 1), else_=0)).label("same"),
            func.sum(case((Claim.said == "different", 1), else_=0)).label("different"),
            func.min(Claim.created_at).label("oldest"),
            func.min(Claim.response).label("response"),
        )
        .join(Item, Item.id == Claim.item_id)
        .join(Deck, Deck.id == Item.deck_id)
        .where(Claim.state == "open", decks)
        .group_by(Claim.item_id, Claim.normal_form)
    )


def count_groups(decks: ColumnElement[bool]) -> ScalarSelect[int]:
    """How many decisions wait in these decks, as an SQL number."""
    return select(func.count()).select_from(_groups(decks).subquery()).scalar_subquery()


class ClaimGroup(NamedTuple):
    """Open claims that one decision is about. same, different: how many were asked and said so; response: one
    of the answers."""

    item_id: int
    normal_form: str
    claims: int
    same: int
    different: int
    oldest: datetime
    response: str
    content: Content
    slug: str
    title: str


def groups(session: Session, decks: ColumnElement[bool], limit: int, offset: int) -> list[ClaimGroup]:
    """Open claims in these decks, one row a decision, the most claimed first: item, its content and deck,
    an answer, how many learners claim it, since when."""
    each = _groups(decks).subquery()
    query = (
        select(each, ItemVersion.content, Deck.slug, Deck.title)
        .join(Item, Item.id == each.c.item_id)
        .join(ItemVersion, ItemVersion.id == Item.version_id)
        .join(Deck, Deck.id == Item.deck_id)
        .order_by(each.c.claims.desc(), each.c.oldest, each.c.item_id, each.c.normal_form)
        .limit(limit)
        .offset(offset)
    )
    return all_as(ClaimGroup, session.execute(query))


class ClaimReason(NamedTuple):
    """What a learner said with a claim."""

    item_id: int
    normal_form: str
    reason: str


def reasons(session: Session, item_ids: Collection[int]) -> list[ClaimReason]:
    """What was said with the open claims on these items: item, normal form, reason."""
    query = (
        select(Claim.item_id, Claim.normal_form, Claim.reason)
        .where(Claim.item_id.in_(item_ids), Claim.state == "open", Claim.reason != "")
        .order_by(Claim.created_at, Claim.review_id)
        .limit(MOST_CLAIMS)
    )
    return all_as(ClaimReason, session.execute(query))


def newest_of_bank(session: Session, item_id: int) -> ItemVersion | None:
    """The newest version of an item that no one here has written."""
    query = select(ItemVersion).where(ItemVersion.item_id == item_id, ItemVersion.author_id.is_(None))
    return session.scalars(query.order_by(ItemVersion.number.desc()).limit(1)).one_or_none()
