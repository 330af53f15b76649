"""Beginning an assigned quiz: never more attempts than allowed, and one open at a time.

One guarded INSERT decides: its row count is the truth, whatever pages show and whoever clicks twice.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, literal, null, or_, select
from sqlalchemy.orm import Session

from quizapp.domain.errors import Conflict
from quizapp.domain.language.translation import _
from quizapp.services.quizzes.attempts import draw_questions, terms_of
from quizapp.services.study.learner import Learner
from quizapp.storage.classes import assignments as queries
from quizapp.storage.classes.tables import Assignment
from quizapp.storage.quizzes.tables import Attempt
from quizapp.storage.upserts import insert_selected, lock_learner


def begin(
    session: Session, learner: Learner, assignment: Assignment, *, attempt_id: UUID, now: datetime
) -> UUID:
    """Begin an attempt, or go on with the one that is open; returns its id. The same id again begins
    nothing.

    Raises Conflict when nothing is taken now or no attempt is left, Invalid for a deck without questions.
    """
    lock_learner(session, learner.id)
    if _insert(session, learner, assignment, attempt_id, now):
        draw_questions(session, learner, assignment.deck_id, attempt_id, assignment.questions)
        return attempt_id
    mine = select(Attempt.id).where(Attempt.assignment_id == assignment.id, Attempt.learner_id == learner.id)
    present = or_(Attempt.finished_at.is_(None), Attempt.id == attempt_id)
    found = session.scalar(mine.where(present).order_by(Attempt.finished_at.is_not(None)).limit(1))
    if found is None:
        raise Conflict(_refusal(session, learner, assignment, now))
    return found


def _insert(
    session: Session, learner: Learner, assignment: Assignment, attempt_id: UUID, now: datetime
) -> bool:
    earlier = Attempt.__table__.alias("earlier")
    mine = (earlier.c.assignment_id == Assignment.id, earlier.c.learner_id == learner.id)
    begun = select(func.count()).select_from(earlier).where(*mine).correlate(Assignment)
    open_one = select(earlier.c.id).where(*mine, earlier.c.finished_at.is_(None)).correlate(Assignment)
    last = select(func.coalesce(func.max(earlier.c.number), 0)).where(*mine).correlate(Assignment)
    may = select(Assignment.id).where(
        Assignment.id == assignment.id,
        Assignment.sort == "quiz",
        queries.takes(learner.id, now),
        ~open_one.exists(),
        or_(
            Assignment.attempts_allowed.is_(None),
            begun.scalar_subquery() < Assignment.attempts_allowed,
        ),
    )
    values = {
        "id": literal(attempt_id, Attempt.id.type),
        "learner_id": literal(learner.id, Attempt.learner_id.type),
        "deck_id": Assignment.deck_id,
        "feedback": Assignment.feedback,
        "started_at": literal(now, Attempt.started_at.type),
        "finished_at": null(),
        "assignment_id": Assignment.id,
        "number": last.scalar_subquery() + 1,
    }
    return insert_selected(session, Attempt, may, values)


def _refusal(session: Session, learner: Learner, assignment: Assignment, now: datetime) -> str:
    found = queries.attended(session, assignment.id, learner.id)
    if found is None:
        return _("This assignment is no longer available to you. Your earlier answers are kept.")
    terms = terms_of(found.assignment, found.own_due_at)
    if now < terms.opens_at:
        return _("This assignment isn’t open yet. Come back when it is.")
    if terms.has_closed(now):
        return _("Time is up: this assignment no longer accepts answers. Your earlier answers are kept.")
    return _("You’ve used all your attempts. Your results are kept.")
