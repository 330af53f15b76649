"""One-time links by which a class's teachers sign its students in."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, delete, select, update
from sqlalchemy.orm import Session

from quizapp.domain.classes import codes
from quizapp.domain.errors import Missing
from quizapp.domain.language.translation import _
from quizapp.storage.accounts.tables import Account, SignIn
from quizapp.storage.classes.tables import Classroom, Enrolment, SignInLink

LINK_LIVES = timedelta(days=14)


def make_links(
    session: Session, classroom: Classroom, chosen: Collection[int] = (), *, now: datetime
) -> list[tuple[str, str]]:
    """(name, token) of fresh one-time links for these students of the class (by their places), or () for
    those who are signed in nowhere; of those who joined by this class and have no password. Links that they
    had before are worth nothing any more; those of others stay."""
    signed_in = select(SignIn.token_digest).where(SignIn.account_id == Enrolment.learner_id)
    who = Enrolment.id.in_(chosen) if chosen else ~signed_in.exists()
    query = linkable(classroom.id).where(who).order_by(Enrolment.name_key, Enrolment.id)
    return [(row.name, _make_link(session, row.learner_id, now)) for row in session.scalars(query).all()]


def make_link(session: Session, enrolment: Enrolment, *, now: datetime) -> str:
    """The token of a fresh one-time link for one student. Raises Missing where a teacher may not make one."""
    if session.scalar(linkable(enrolment.classroom_id).where(Enrolment.id == enrolment.id)) is None:
        raise Missing(_("Student not found."))
    return _make_link(session, enrolment.learner_id, now)


def linkable(classroom_id: int) -> Select[Enrolment]:
    """The students of a class whom its teachers may sign in: their account came to be by joining it, and
    no password of their own protects it yet."""
    return (
        select(Enrolment)
        .join(Account, Account.id == Enrolment.learner_id)
        .where(
            Enrolment.classroom_id == classroom_id,
            Enrolment.removed_at.is_(None),
            Enrolment.founding,
            Account.password_hash.is_(None),
        )
    )


def _make_link(session: Session, account_id: int, now: datetime) -> str:
    session.execute(delete(SignInLink).where(SignInLink.account_id == account_id))
    token = codes.card_code(secrets.randbelow)
    session.add(SignInLink(token_digest=_digest(token), account_id=account_id, created_at=now))
    session.flush()
    return token


def open_link(session: Session, token: str, *, now: datetime) -> Account:
    """Whom the link signs in, if it still can; raises Missing else."""
    query = (
        select(Account)
        .join(SignInLink, SignInLink.account_id == Account.id)
        .where(*_usable(token, now), Account.password_hash.is_(None))
    )
    account = session.scalar(query)
    if account is None:
        raise Missing(_("This link has been used or has expired. Ask your teacher for a new one."))
    return account


def use_link(session: Session, token: str, *, now: datetime) -> Account:
    """Whom the link signs in; it is used up. Raises Missing if it is so already."""
    account = open_link(session, token, now=now)
    used = session.execute(update(SignInLink).where(*_usable(token, now)).values(used_at=now))
    if used.rowcount != 1:  # type: ignore[attr-defined]
        raise Missing(_("This link has just been used."))
    return account


def _usable(token: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        SignInLink.token_digest == _digest(token),
        SignInLink.used_at.is_(None),
        SignInLink.created_at > now - LINK_LIVES,
    )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
