"""Reads of the audit log: all of it for admins, what touches their classes and decks for teachers."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.sharing import Act
from quizapp.storage.accounts.deck_rights import may_with
from quizapp.storage.accounts.tables import Account
from quizapp.storage.audit.tables import AuditEntry
from quizapp.storage.classes.tables import Classroom, ClassroomTeacher, Enrolment
from quizapp.storage.library.tables import Deck, Item, ItemVersion
from quizapp.storage.quizzes.tables import AttemptDecision
from quizapp.storage.rows import all_as

ENTRIES_A_PAGE = 50


class LogLine(NamedTuple):
    """An entry of the log with the names of whom and what it is about; None where there is none. …_open: the
    reader may look at that themselves."""

    id: int
    at: datetime
    done_as: str
    action: str
    actor_id: int | None
    account_id: int | None
    detail: str
    actor: str | None
    account: str | None
    student: str | None
    classroom_id: int | None
    classroom: str | None
    deck_slug: str | None
    deck: str | None
    item_id: int | None
    content: Content | None
    class_open: bool
    deck_open: bool
    item_open: bool


def entries(
    session: Session,
    reader_id: int,
    *,
    everything: bool = False,
    before: int | None = None,
    actions: Collection[str] | None = None,
    most: int = ENTRIES_A_PAGE,
) -> list[LogLine]:
    """A page of the log, newest first, and one entry more where others follow: those that a teacher may
    read, or everything. before: the id of the entry after which the page begins; actions: of these alone."""
    actor, subject = aliased(Account), aliased(Account)
    known_as = and_(
        Enrolment.classroom_id == AuditEntry.classroom_id, Enrolment.learner_id == AuditEntry.account_id
    )
    query = (
        select(
            AuditEntry.id,
            AuditEntry.at,
            AuditEntry.done_as,
            AuditEntry.action,
            AuditEntry.actor_id,
            AuditEntry.account_id,
            AuditEntry.detail,
            actor.name.label("actor"),
            subject.name.label("account"),
            Enrolment.name.label("student"),
            Classroom.id.label("classroom_id"),
            Classroom.name.label("classroom"),
            Deck.slug.label("deck_slug"),
            Deck.title.label("deck"),
            Item.id.label("item_id"),
            ItemVersion.content,
            exists()
            .where(
                ClassroomTeacher.classroom_id == AuditEntry.classroom_id,
                ClassroomTeacher.account_id == reader_id,
            )
            .label("class_open"),
            may_with(Act.TEACH, reader_id, AuditEntry.deck_id).label("deck_open"),
            may_with(Act.TEACH, reader_id, Item.deck_id).label("item_open"),
        )
        .outerjoin(actor, actor.id == AuditEntry.actor_id)
        .outerjoin(subject, subject.id == AuditEntry.account_id)
        .outerjoin(Enrolment, known_as)
        .outerjoin(Classroom, Classroom.id == AuditEntry.classroom_id)
        .outerjoin(Deck, Deck.id == AuditEntry.deck_id)
        .outerjoin(Item, Item.id == AuditEntry.item_id)
        .outerjoin(ItemVersion, ItemVersion.id == Item.version_id)
        .order_by(AuditEntry.id.desc())
        .limit(most + 1)
    )
    if not everything:
        query = query.where(_readable(reader_id))
    if actions is not None:
        query = query.where(AuditEntry.action.in_(actions))
    if before is not None:
        query = query.where(AuditEntry.id < before)
    return all_as(LogLine, session.execute(query))


def reasons(session: Session, decision_ids: Collection[int]) -> dict[int, str]:
    """Why teachers decided what entries tell of, by the decision's id."""
    query = select(AttemptDecision.id, AttemptDecision.reason).where(AttemptDecision.id.in_(decision_ids))
    return {row[0]: row[1] for row in session.execute(query)}


def _readable(teacher_id: int) -> ColumnElement[bool]:
    """What a teacher did themselves, and what was done in their classes and to their decks."""
    classes = select(ClassroomTeacher.classroom_id).where(ClassroomTeacher.account_id == teacher_id)
    decks = select(Deck.id).where(Deck.owner_id == teacher_id)
    return or_(
        AuditEntry.actor_id == teacher_id,
        AuditEntry.classroom_id.in_(classes),
        and_(AuditEntry.deck_id.in_(decks), AuditEntry.classroom_id.is_(None)),
    )
