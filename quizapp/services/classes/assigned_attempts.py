"""Beginning an assigned quiz: never more attempts than allowed, and one open at a time.

One guarded INSERT decides: its row count is the truth, whatever pages show and anyone who clicks twice.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import and_, func, literal, null, or_, select
from sqlalchemy.orm import Session

from quizapp.domain.errors import Conflict, Invalid
from quizapp.domain.language.text import fold_for_search
from quizapp.domain.language.translation import _
from quizapp.services.quizzes.attempts import ask, draw, terms_of
from quizapp.services.study.learner import Learner
from quizapp.storage.classes import assignments as queries
from quizapp.storage.classes import conditions
from quizapp.storage.classes.tables import Assignment, Enrolment
from quizapp.storage.quizzes.tables import Attempt
from quizapp.storage.upserts import insert_selected, lock_learner


def begin(
    session: Session,
    learner: Learner,
    assignment: Assignment,
    *,
    attempt_id: UUID,
    code: str = "",
    now: datetime,
) -> UUID:
    """Begin an attempt, or go on with the one that is open; returns its id. The same id again begins
    nothing.

    Raises Conflict when nothing is taken now or no attempt is left, Invalid for a deck without questions and
    for another access code than the quiz's.
    """
    lock_learner(session, learner.id)
    wanted = assignment.access_code
    if (
        wanted
        and fold_for_search(code) != fold_for_search(wanted)
        and not _goes_on(session, learner, assignment)
    ):
        raise Invalid(_("That isn’t the access code of this quiz. Ask your teacher."))
    if _insert(session, learner, assignment, attempt_id, now):
        ask(session, learner, attempt_id, *asked(session, assignment, attempt_id.hex))
        return attempt_id
    mine = select(Attempt.id).where(Attempt.assignment_id == assignment.id, Attempt.learner_id == learner.id)
    goes_on = and_(Attempt.finished_at.is_(None), Attempt.set_aside_at.is_(None))
    present = or_(goes_on, Attempt.id == attempt_id)
    found = session.scalar(mine.where(present).order_by(Attempt.finished_at.is_not(None)).limit(1))
    if found is None:
        raise Conflict(_refusal(session, learner, assignment, now))
    return found


def _goes_on(session: Session, learner: Learner, assignment: Assignment) -> bool:
    """Whether an attempt of theirs has begun already and is not over."""
    query = select(Attempt.id).where(
        Attempt.assignment_id == assignment.id,
        Attempt.learner_id == learner.id,
        Attempt.finished_at.is_(None),
        Attempt.set_aside_at.is_(None),
    )
    return session.scalar(query) is not None


def asked(session: Session, assignment: Assignment, seed: str) -> tuple[tuple[int, ...], dict[int, float]]:
    """The items that a quiz asks, in their order, and what each is worth; seed: of what is drawn or
    shuffled."""
    picked = queries.picked(session, assignment.id)
    if not picked:
        return draw(session, assignment.deck_id, seed, assignment.questions), {}
    items = [each.item_id for each in picked if each.published]
    if assignment.shuffled:
        items.sort(key=lambda item: sha256(f"{seed}:place:{item}".encode()).digest())
    return tuple(items), {each.item_id: each.points for each in picked}


def _insert(
    session: Session, learner: Learner, assignment: Assignment, attempt_id: UUID, now: datetime
) -> bool:
    earlier = Attempt.__table__.alias("earlier")
    mine = (earlier.c.assignment_id == Assignment.id, earlier.c.learner_id == learner.id)
    counted = (*mine, earlier.c.set_aside_at.is_(None))
    begun = select(func.count()).select_from(earlier).where(*counted).correlate(Assignment)
    open_one = select(earlier.c.id).where(*counted, earlier.c.finished_at.is_(None)).correlate(Assignment)
    last = select(func.coalesce(func.max(earlier.c.number), 0)).where(*mine).correlate(Assignment)
    may = select(Assignment.id).where(
        Assignment.id == assignment.id,
        Assignment.sort == "quiz",
        conditions.takes(learner.id, now),
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
        "ends_at": literal(_ends_at(session, learner, assignment, now), Attempt.ends_at.type),
        "assignment_id": Assignment.id,
        "number": last.scalar_subquery() + 1,
    }
    return insert_selected(session, Attempt, may, values)


def _ends_at(session: Session, learner: Learner, assignment: Assignment, now: datetime) -> datetime | None:
    """When the time limit of an attempt that begins now is over; with the student's extra time."""
    if assignment.minutes is None:
        return None
    here = (Enrolment.classroom_id == assignment.classroom_id, Enrolment.learner_id == learner.id)
    extra = session.scalar(select(Enrolment.extra_time).where(*here)) or 0
    return now + timedelta(minutes=assignment.minutes) * (100 + extra) / 100


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
