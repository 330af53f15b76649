"""The scope of every read of decks: which ones an account may do something with
(`domain/library/sharing.py`)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, false, or_, select
from sqlalchemy.orm import Session

from quizapp.domain.library.sharing import ANYBODY, Act, Tie
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.tables import Classroom, ClassroomDeck, ClassroomTeacher, Enrolment
from quizapp.storage.library.tables import Deck, DeckOrigin, DeckShare
from quizapp.storage.rows import all_as, one_as

MOST_COLLEAGUES = 200
MOST_CLASSES = 300
MOST_TEACHERS = 2_000

Id = int | ColumnElement[int]
DECK = Deck.__table__.c
WHO = Account.__table__.alias("who").c
SHARE, GIVEN = DeckShare.__table__.c, ClassroomDeck.__table__.c
CLASSROOM, TEACHER, ENROLMENT = (each.__table__.c for each in (Classroom, ClassroomTeacher, Enrolment))


def may(act: Act, account_id: Id | None) -> ColumnElement[bool]:
    """A condition on the table of decks: this account (None: a visitor without one) may do this."""
    ties = [tie for tie in Tie if tie in act.value and (account_id is not None or tie in ANYBODY)]
    return or_(false(), *(CONDITIONS[tie](account_id) for tie in ties))


def may_with(act: Act, account_id: Id | None, deck_id: Any) -> ColumnElement[bool]:
    """A condition on anything else that names a deck (`deck_id`: that column)."""
    return exists(select(DECK.id).where(DECK.id == deck_id, may(act, account_id)).correlate_except(Deck))


def acts(session: Session, deck_id: int, account_id: int) -> frozenset[Act]:
    """What an account may do with a deck."""
    query = select(*(may(act, account_id).label(act.name) for act in Act)).where(DECK.id == deck_id)
    row = session.execute(query).mappings().one()
    return frozenset(act for act in Act if row[act.name])


class DeckSource(NamedTuple):
    """What a deck is a copy of: the title then, the slug now."""

    title: str
    slug: str | None


def origin(session: Session, deck_id: int, teacher_id: int) -> DeckSource | None:
    """What a deck is a copy of: its title then, and its slug now (None where it is gone, or not for this
    teacher to look into). None where the deck is no copy."""
    seen = and_(DECK.id == DeckOrigin.origin_id, may(Act.TEACH, teacher_id))
    query = select(DeckOrigin.title, DECK.slug).select_from(DeckOrigin).outerjoin(Deck, seen)
    return one_as(DeckSource, session.execute(query.where(DeckOrigin.deck_id == deck_id)))


class Colleague(NamedTuple):
    """A teacher that a deck is shared with."""

    id: int
    name: str | None
    can_edit: bool


def colleagues(session: Session, deck_id: int) -> list[Colleague]:
    """The teachers that a deck is shared with, by name: id, name, can_edit."""
    query = (
        select(Account.id, Account.name, DeckShare.can_edit)
        .join(DeckShare, DeckShare.account_id == Account.id)
        .where(DeckShare.deck_id == deck_id)
        .order_by(Account.name, Account.id)
        .limit(MOST_COLLEAGUES)
    )
    return all_as(Colleague, session.execute(query))


class ClassOfDeck(NamedTuple):
    """A class that learns a deck, and who made it."""

    id: int
    name: str
    archived_at: datetime | None
    founder_id: int | None
    founder: str | None


def classes(session: Session, deck_id: int) -> list[ClassOfDeck]:
    """The classes that learn a deck, with who made each."""
    founder = and_(ClassroomTeacher.classroom_id == Classroom.id, ClassroomTeacher.founder)
    query = (
        select(
            Classroom.id,
            Classroom.name,
            Classroom.archived_at,
            Account.id.label("founder_id"),
            Account.name.label("founder"),
        )
        .join(ClassroomDeck, ClassroomDeck.classroom_id == Classroom.id)
        .outerjoin(ClassroomTeacher, founder)
        .outerjoin(Account, Account.id == ClassroomTeacher.account_id)
        .where(ClassroomDeck.deck_id == deck_id)
        .order_by(Classroom.archived_at.is_not(None), Classroom.name, Classroom.id)
        .limit(MOST_CLASSES)
    )
    return all_as(ClassOfDeck, session.execute(query))


def teacher_names(session: Session, *, but: int) -> list[str]:
    """The names of everyone who teaches here, but for one."""
    query = select(Account.name).where(
        Account.role.in_(("teacher", "admin")),
        Account.name.is_not(None),
        Account.disabled_at.is_(None),
        Account.id != but,
    )
    return [name for name in session.scalars(query.order_by(Account.id).limit(MOST_TEACHERS)) if name]


def _shared(account_id: Any, *, can_edit: bool) -> ColumnElement[bool]:
    return exists().where(
        SHARE.deck_id == DECK.id, SHARE.account_id == account_id, SHARE.can_edit.is_(can_edit)
    )


def _of_bank(account_id: Any) -> ColumnElement[bool]:
    # No IN: a list has to be expanded at each run, and the reads of a study step hold this condition.
    staff = or_(WHO.role == "teacher", WHO.role == "admin")
    teacher = exists().where(WHO.id == account_id, staff)
    return and_(DECK.department.is_(True), teacher)


def _teaches(account_id: Any) -> ColumnElement[bool]:
    return exists().where(
        GIVEN.deck_id == DECK.id,
        TEACHER.classroom_id == GIVEN.classroom_id,
        TEACHER.account_id == account_id,
    )


def _attends(account_id: Any) -> ColumnElement[bool]:
    return exists().where(
        GIVEN.deck_id == DECK.id,
        ENROLMENT.classroom_id == GIVEN.classroom_id,
        ENROLMENT.learner_id == account_id,
        ENROLMENT.removed_at.is_(None),
        CLASSROOM.id == GIVEN.classroom_id,
        CLASSROOM.archived_at.is_(None),
    )


CONDITIONS: dict[Tie, Callable[[Any], ColumnElement[bool]]] = {
    Tie.SHIPPED: lambda _: DECK.owner_id.is_(None),
    Tie.PUBLIC: lambda _: DECK.public.is_(True),
    Tie.OWNER: lambda account_id: and_(DECK.owner_id.is_not(None), DECK.owner_id == account_id),
    Tie.EDITOR: lambda account_id: _shared(account_id, can_edit=True),
    Tie.VIEWER: lambda account_id: _shared(account_id, can_edit=False),
    Tie.BANK: _of_bank,
    Tie.TEACHES: _teaches,
    Tie.ATTENDS: _attends,
}
