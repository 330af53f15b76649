"""What the server does by itself and could not do: noted for admins, by numbers and kinds of errors only."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.storage.audit.tables import BackgroundFailure

Task = Literal["mail", "upkeep", "regrading", "backup", "clock"]
SHOWN = 20


def note(session: Session, task: Task, what: str, reason: str, *, now: datetime) -> None:
    """Something could not be done."""
    session.add(BackgroundFailure(task=task, what=what[:120], reason=reason[:300], at=now))
    session.flush()


def recent(session: Session) -> list[BackgroundFailure]:
    """The newest failures, newest first."""
    query = select(BackgroundFailure).order_by(BackgroundFailure.at.desc(), BackgroundFailure.id.desc())
    return list(session.scalars(query.limit(SHOWN)))
