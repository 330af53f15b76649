"""Writing to the audit log from a view, as whoever is signed in."""

from __future__ import annotations

from quizapp.domain.auditing import Action
from quizapp.services import auditing
from quizapp.storage.base import Base
from quizapp.web import access
from quizapp.web.clock import now
from quizapp.web.database import session


def note(action: Action, subject: Base | tuple[Base, ...], **detail: auditing.Detail) -> None:
    """Tell the log what the teacher or admin has just done (`services/auditing.py: record`)."""
    auditing.record(session(), access.account(), action, subject, detail, now=now())
