"""The dates by which a learner is to know an item: those of the study assignments of their classes."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, select
from sqlalchemy.orm import Session

from quizapp.storage.classes.tables import Assignment, AssignmentExtension, Classroom, Enrolment
from quizapp.storage.library.tables import DeckItem
from quizapp.storage.types import UtcDateTime


def known_by(session: Session, learner_id: int, item_id: int, now: datetime) -> datetime | None:
    """The next moment by which an assignment of the learner's asks them to know the item."""
    found: datetime | None = session.scalar(_known_by(), {"learner": learner_id, "item": item_id, "now": now})
    return found


@cache
def _known_by() -> Select[Any]:
    enrolment, assignment, own, classroom, place = (
        table.__table__.c for table in (Enrolment, Assignment, AssignmentExtension, Classroom, DeckItem)
    )
    due_at = func.coalesce(own.due_at, assignment.due_at, type_=UtcDateTime())
    now = bindparam("now", type_=UtcDateTime())
    extended = and_(own.assignment_id == assignment.id, own.enrolment_id == enrolment.id)
    return (
        select(func.min(due_at, type_=UtcDateTime()))
        .select_from(Enrolment.__table__)
        .join(Classroom.__table__, classroom.id == enrolment.classroom_id)
        .join(Assignment.__table__, assignment.classroom_id == enrolment.classroom_id)
        .join(DeckItem.__table__, place.deck_id == assignment.deck_id)
        .outerjoin(AssignmentExtension.__table__, extended)
        .where(
            enrolment.learner_id == bindparam("learner"),
            enrolment.removed_at.is_(None),
            classroom.archived_at.is_(None),
            assignment.sort == "study",
            assignment.opens_at <= now,
            due_at >= now,
            place.item_id == bindparam("item"),
        )
    )
