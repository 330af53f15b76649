"""Reads of everyone's accounts, for admins."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, func, literal, or_, select
from sqlalchemy.orm import Session

from quizapp.domain.accounts.names import name_key
from quizapp.storage.accounts.tables import ROLES, Account, SignIn
from quizapp.storage.classes.tables import Classroom, ClassroomTeacher, Enrolment
from quizapp.storage.rows import all_as

PAGE = 50  # accounts a page
MOST_CLASSES = 100


class NamedAccount(NamedTuple):
    """An account with a name, as admins see it."""

    id: int
    name: str
    role: str
    created_at: datetime
    disabled_at: datetime | None
    has_password: bool


def named_accounts(session: Session, *, wanted: str, role: str, page: int) -> list[NamedAccount]:
    """One page (from 1) of the accounts that have a name, by name, and one row more where another page
    follows. wanted: a part of a name, however it is spelt; role: "" for all."""
    query = (
        _named(wanted)
        .with_only_columns(
            Account.id,
            Account.name,
            Account.role,
            Account.created_at,
            Account.disabled_at,
            Account.password_hash.is_not(None).label("has_password"),
        )
        .order_by(Account.name_key.is_(None), Account.name_key, Account.name, Account.id)
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    )
    return all_as(NamedAccount, session.execute(query.where(Account.role == role) if role else query))


def count_by_role(session: Session, *, wanted: str) -> dict[str, int]:
    """How many accounts of each role have such a name."""
    query = _named(wanted).with_only_columns(Account.role, func.count()).group_by(Account.role)
    found = {row[0]: row[1] for row in session.execute(query.order_by(Account.role))}
    return {role: found.get(role, 0) for role in ROLES if role != "guest"}


def _named(wanted: str) -> Select[Account]:
    query = select(Account).where(Account.name.is_not(None))
    if not wanted.strip():
        return query
    part = name_key(wanted)
    in_class = select(Enrolment.id).where(
        Enrolment.learner_id == Account.id, Enrolment.name_key.contains(part, autoescape=True)
    )
    return query.where(or_(Account.name_key.contains(part, autoescape=True), in_class.exists()))


def named_account(session: Session, account_id: int) -> Account | None:
    """The account with this id if it has a name."""
    return session.scalar(select(Account).where(Account.id == account_id, Account.name.is_not(None)))


def sign_in_count(session: Session, account_id: int) -> int:
    """How many browsers are signed in to an account."""
    return session.scalars(select(func.count()).where(SignIn.account_id == account_id)).one()


class ClassOfAccount(NamedTuple):
    """A class that someone teaches (1) or is in (0)."""

    id: int
    name: str
    teaches: int


def classes_of(session: Session, account_id: int) -> list[ClassOfAccount]:
    """The classes that someone teaches (teaches: 1) or is in (0) and that go on."""
    taught = (
        select(Classroom.id, Classroom.name, literal(1).label("teaches"))
        .join(ClassroomTeacher, ClassroomTeacher.classroom_id == Classroom.id)
        .where(ClassroomTeacher.account_id == account_id, Classroom.archived_at.is_(None))
    )
    attended = (
        select(Classroom.id, Classroom.name, literal(0).label("teaches"))
        .join(Enrolment, Enrolment.classroom_id == Classroom.id)
        .where(
            Enrolment.learner_id == account_id,
            Enrolment.removed_at.is_(None),
            Classroom.archived_at.is_(None),
        )
    )
    both = taught.union_all(attended).subquery()
    return all_as(
        ClassOfAccount,
        session.execute(
            select(both).order_by(both.c.teaches.desc(), both.c.name, both.c.id).limit(MOST_CLASSES)
        ),
    )
