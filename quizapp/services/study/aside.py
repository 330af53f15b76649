"""Items that a learner puts away, or that were set aside after too many misses; and taking them back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from quizapp.domain.errors import Missing
from quizapp.domain.language.translation import _
from quizapp.services.study.answer_log import bring_back, put_aside, refold, standing
from quizapp.services.study.learner import Learner
from quizapp.storage.study import aside as queries
from quizapp.storage.study import step
from quizapp.storage.upserts import lock_learner


def put_away(session: Session, learner: Learner, review: UUID, *, now: datetime) -> None:
    """Ask an item no more, after this answer to it. Raises Missing for an answer that is not theirs."""
    lock_learner(session, learner.id)
    row = step.review_with_item(session, learner.id, standing(session, learner.id, review))
    if row is None:
        raise Missing(_("Answer not found."))
    if put_aside(session, learner, row, row.review.id, source="away", now=now):
        refold(session, learner, row)


def take_back(session: Session, learner: Learner, item_id: int, *, now: datetime) -> bool:
    """Ask an item again that was put away or set aside: it is due when its memory says. False where it is not
    away."""
    lock_learner(session, learner.id)
    row = step.asked(session, learner.id, item_id)
    events = queries.away_events(session, learner.id, item_id)
    if row is None or not events:
        return False
    for event in events:
        bring_back(session, learner, row, event, now=now)
    refold(session, learner, row)
    return True
