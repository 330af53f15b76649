"""The weights of the memory model that hold for a learner are changed with their cards, at once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.services.study.rebuild import replan
from quizapp.settings import Settings
from quizapp.storage.study import memory_sets as queries
from quizapp.storage.upserts import lock_learner


def adopt_next(session: Session, settings: Settings, *, now: datetime) -> int:
    """Let one learner have the newest weights that hold for them, and fold their cards again; what that
    brings forward to today is spread over a week. How many learners: 0 when none is left."""
    account = queries.behind(session)
    if account is None:
        return 0
    lock_learner(session, account.id)
    account.weights = queries.wanted_of(session, account)
    session.flush()
    replan(session, account, settings, now=now)
    return 1
