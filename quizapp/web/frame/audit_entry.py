"""Writing to the audit log from a view, as anyone who is signed in."""

from __future__ import annotations

from quizapp.domain.audit.actions import Action
from quizapp.services.audit import log
from quizapp.storage.base import Base
from quizapp.web.frame import access
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session


def note(action: Action, subject: Base | tuple[Base, ...], **detail: log.Detail) -> None:
    """Tell the log what the teacher or admin has just done (`services/audit/log.py: record`)."""
    log.record(session(), access.account(), action, subject, detail, now=now())
