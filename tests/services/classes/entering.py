"""How tests come into a class."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.services.classes import joining
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.tables import Enrolment
from tests.factories import NOW


def join(
    session: Session, code: str, account: Account | None = None, name: str = "Anna", **keywords: object
) -> joining.Joined:
    values = {"zone": "", "ticket": None, "now": NOW} | keywords
    return joining.join(session, account, code=code, name=name, **values)  # type: ignore[arg-type]


def count(session: Session, entity: type) -> int:
    return session.scalars(select(func.count()).select_from(entity)).one()


def enrolment(session: Session, account: Account) -> Enrolment:
    return session.scalars(select(Enrolment).where(Enrolment.learner_id == account.id)).one()
