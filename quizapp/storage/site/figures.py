"""Reads of how a site stands: how much there is, and what waits or has failed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from quizapp.storage.accounts.tables import ROLES, Account, MailOrder
from quizapp.storage.audit.tables import BackgroundFailure
from quizapp.storage.library.tables import Picture
from quizapp.storage.private import BESIDE
from quizapp.storage.study.tables import Review


def accounts_by_role(session: Session) -> dict[str, int]:
    """How many accounts each role has, guests too."""
    query = select(Account.role, func.count()).group_by(Account.role).order_by(Account.role)
    found = {row[0]: row[1] for row in session.execute(query)}
    return {role: found.get(role, 0) for role in ROLES}


def answers(session: Session) -> int:
    """How many answers the log holds."""
    return session.scalar(select(func.count()).select_from(Review)) or 0


def pictures(session: Session) -> tuple[int, int]:
    """How many pictures there are, and their bytes."""
    count, size = session.execute(select(func.count(), func.sum(func.length(Picture.body)))).one()
    return count, int(size or 0)


def waiting_mail(session: Session) -> int:
    """How many mails are still to be sent."""
    query = select(func.count()).select_from(MailOrder).where(MailOrder.due_at.is_not(None))
    return session.scalar(query) or 0


def failures_since(session: Session, moment: datetime) -> dict[str, int]:
    """How often each sort of work behind the pages failed."""
    query = select(BackgroundFailure.task, func.count()).where(BackgroundFailure.at >= moment)
    query = query.group_by(BackgroundFailure.task).order_by(BackgroundFailure.task)
    return {row[0]: row[1] for row in session.execute(query)}


def database_bytes(session: Session) -> int:
    """What the database takes on its disk, its log included."""
    bind = session.get_bind()
    if bind.dialect.name == "postgresql":
        return int(session.scalar(text("SELECT pg_database_size(current_database())")) or 0)
    path = Path(str(bind.engine.url.database))
    files = (path.with_name(path.name + ending) for ending in BESIDE)
    return sum(file.stat().st_size for file in files if file.exists())
