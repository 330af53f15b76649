"""Items that a learner puts away, or that were set aside after too many misses; and taking them back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from quizapp.domain.errors import Missing
from quizapp.domain.language.translation import _
from quizapp.domain.study.scheduling.card import AWAY
from quizapp.services.study.folding import counted_as, refold
from quizapp.services.study.learner import Learner
from quizapp.storage.study import aside as queries
from quizapp.storage.study import step
from quizapp.storage.study.step import AskedItem, GradedAnswer
from quizapp.storage.study.tables import Review
from quizapp.storage.upserts import insert_once, lock_learner


def put_away(session: Session, learner: Learner, review: UUID, *, now: datetime) -> None:
    """Ask an item no more, after this answer to it. Raises Missing for an answer that is not theirs."""
    lock_learner(session, learner.id)
    row = step.review_with_item(session, learner.id, counted_as(session, learner.id, review))
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


def aside_id(review: UUID, source: str) -> UUID:
    """The id of the event that puts an item away after its answer of this id."""
    return uuid5(review, source)


def put_aside(
    session: Session,
    learner: Learner,
    row: AskedItem | GradedAnswer,
    review: UUID,
    *,
    source: str,
    now: datetime,
) -> bool:
    """Put an item away by an event after its answer of this id; the card is to be folded again. source: away
    (the learner's wish) or leech (too many misses). False where that was done before."""
    id_ = aside_id(review, source)
    logged = step.review_with_item(session, learner.id, review)
    if logged is None:
        return False
    values = {
        "id": id_,
        "learner_id": learner.id,
        "item_id": row.item_id,
        "version_id": logged.review.version_id,
        "at": max(now, logged.review.at),
        "zone": learner.zone.key,
        "day": learner.today(now),
        "source": source,
        "format": logged.review.format,
        "score": 0.0,
        "chance": 0.0,
        "prior": logged.review.prior,
        "planned_day": AWAY,
        "voids": id_,
    }
    return insert_once(session, Review, values)


def bring_back(
    session: Session, learner: Learner, row: AskedItem | GradedAnswer, event: UUID, *, now: datetime
) -> bool:
    """Cancel the event that put an item away; the card is to be folded again. False where there is none."""
    put_away = session.get(Review, event)
    if put_away is None or put_away.learner_id != learner.id or put_away.planned_day != AWAY:
        return False
    values = {
        "id": uuid5(event, "undo"),
        "learner_id": learner.id,
        "item_id": row.item_id,
        "version_id": put_away.version_id,
        "at": now,
        "zone": learner.zone.key,
        "day": learner.today(now),
        "source": "undo",
        "format": put_away.format,
        "score": 0.0,
        "chance": 0.0,
        "prior": put_away.prior,
        "voids": event,
    }
    return insert_once(session, Review, values)
