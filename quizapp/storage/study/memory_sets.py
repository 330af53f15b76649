"""Which weights of the memory model hold for whom."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from quizapp.domain.study.scheduling.fsrs import MODEL
from quizapp.storage.accounts.tables import Account
from quizapp.storage.study.tables import MemorySet

Held = dict[int, str]  # by learner


def held(session: Session, learner_ids: Collection[int]) -> Held:
    """The weights of those of these learners who do not have the published ones."""
    query = select(Account.id, Account.weights).where(Account.id.in_(learner_ids), Account.weights != "")
    return {row[0]: row[1] for row in session.execute(query)}


def behind(session: Session) -> Account | None:
    """A learner whose cards are not yet scheduled by the newest weights that hold for them."""
    query = select(Account).where(Account.weights != wanted()).order_by(Account.id).limit(1)
    return session.scalars(query).one_or_none()


def wanted_of(session: Session, account: Account) -> str:
    """The newest weights that hold for a learner."""
    return session.scalars(select(wanted()).select_from(Account).where(Account.id == account.id)).one()


def wanted() -> ColumnElement[str]:
    """Of the account in the query: those fitted to their own answers, else the site's, else the published."""
    own, site = (
        select(MemorySet.weights)
        .where(MemorySet.used, MemorySet.model == MODEL, whose)
        .order_by(MemorySet.id.desc())
        .limit(1)
        .correlate(Account)
        .scalar_subquery()
        for whose in (MemorySet.learner_id == Account.id, MemorySet.learner_id.is_(None))
    )
    return func.coalesce(own, site, "")
