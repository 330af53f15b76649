"""Which weights of the memory model hold for whom."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from quizapp.domain.study.scheduling.fsrs import MODEL
from quizapp.storage.accounts.tables import Account
from quizapp.storage.study.tables import LearnerDay, MemorySet

MOST_LEARNERS = 20_000
Held = dict[int, str]  # by learner


def held(session: Session, learner_ids: Collection[int]) -> Held:
    """The weights of those of these learners who do not have the published ones."""
    query = select(Account.id, Account.weights).where(Account.id.in_(learner_ids), Account.weights != "")
    return {row[0]: row[1] for row in session.execute(query)}


def behind(session: Session) -> Account | None:
    """A learner whose cards are not yet scheduled by the newest weights that hold for them."""
    query = select(Account).where(Account.weights != wanted()).order_by(Account.id).limit(1)
    return session.scalars(query).one_or_none()


def of_site(session: Session) -> str:
    """The weights that hold for whoever has none of their own."""
    used = select(MemorySet.weights).where(*_used(), MemorySet.learner_id.is_(None))
    return session.scalar(used.order_by(MemorySet.id.desc()).limit(1)) or ""


class Fits(NamedTuple):
    """The site's newest fit, and the newest that is used; None where there is none."""

    newest: MemorySet | None
    used: MemorySet | None


def newest(session: Session) -> Fits:
    """What was last fitted to the site's answers."""
    query = select(MemorySet).where(MemorySet.learner_id.is_(None)).order_by(MemorySet.id.desc()).limit(1)
    return Fits(session.scalar(query), session.scalar(query.where(*_used())))


def held_by(session: Session, account: Account) -> MemorySet | None:
    """The set by whose weights a learner's cards are scheduled; None for the published ones."""
    if not account.weights:
        return None
    whose = or_(MemorySet.learner_id == account.id, MemorySet.learner_id.is_(None))
    query = select(MemorySet).where(whose, MemorySet.weights == account.weights)
    return session.scalar(query.order_by(MemorySet.id.desc()).limit(1))


def is_fitted_since(session: Session, moment: datetime) -> bool:
    """Whether the site's weights have been fitted since then."""
    newer = MemorySet.learner_id.is_(None), MemorySet.fitted_at > moment
    return session.scalar(select(MemorySet.id).where(*newer).limit(1)) is not None


def to_fit(session: Session, moment: datetime, least: int, most: int) -> list[int]:
    """Learners with so many answers whose own weights have not been fitted since then, at most so many of
    them, those with the most answers first."""
    newer = select(MemorySet.id).where(
        MemorySet.learner_id == LearnerDay.learner_id, MemorySet.fitted_at > moment
    )
    answers = func.sum(LearnerDay.answers)
    query = (
        select(LearnerDay.learner_id)
        .where(~newer.exists())
        .group_by(LearnerDay.learner_id)
        .having(answers >= least)
        .order_by(answers.desc(), LearnerDay.learner_id)
        .limit(most)
    )
    return list(session.scalars(query))


def latest(session: Session, most: int) -> list[int]:
    """The learners who answered last, as many as have together given so many answers."""
    answers = func.sum(LearnerDay.answers)
    query = select(LearnerDay.learner_id, answers).group_by(LearnerDay.learner_id)
    found: list[int] = []
    total = 0
    for learner_id, given in session.execute(
        query.order_by(func.max(LearnerDay.day).desc(), LearnerDay.learner_id).limit(MOST_LEARNERS)
    ):
        total += int(given)
        if found and total > most:
            break
        found.append(learner_id)
    return found


def wanted_of(session: Session, account: Account) -> str:
    """The newest weights that hold for a learner."""
    return session.scalars(select(wanted()).select_from(Account).where(Account.id == account.id)).one()


def wanted() -> ColumnElement[str]:
    """Of the account in the query: those fitted to their own answers, else the site's, else the published."""
    own, site = (
        select(MemorySet.weights)
        .where(*_used(), whose)
        .order_by(MemorySet.id.desc())
        .limit(1)
        .correlate(Account)
        .scalar_subquery()
        for whose in (MemorySet.learner_id == Account.id, MemorySet.learner_id.is_(None))
    )
    return func.coalesce(own, site, "")


def _used() -> tuple[ColumnElement[bool], ...]:
    return MemorySet.used.is_(True), MemorySet.model == MODEL
