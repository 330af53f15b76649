"""What teachers decide about a student's attempt: a mark by hand, or that it is reset. Each with its reason.

Anyone who calls has made sure that the attempt belongs to a class of theirs. A mark by hand changes what the
attempt is worth, never the memory: that follows the key.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from quizapp.domain.audit.actions import Action
from quizapp.domain.errors import Conflict, Invalid
from quizapp.domain.language.text import unstorable
from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds import decode_grade
from quizapp.services.audit.log import record
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.results import TaughtAttempt
from quizapp.storage.quizzes.tables import Attempt, AttemptDecision, AttemptQuestion
from quizapp.storage.upserts import lock_learner

LONGEST_REASON = 300


def mark(
    session: Session,
    found: TaughtAttempt,
    question: AttemptQuestion,
    score: float | None,
    *,
    reason: str,
    by: Account,
    now: datetime,
) -> None:
    """Give an answer a mark by hand, a share in [0, 1] of its points; None: the mark by the key again.

    Raises Invalid for a mark or a reason that cannot be, Conflict while the attempt goes on.
    """
    reason = _reason(reason)
    lock_learner(session, found.attempt.learner_id)
    if found.attempt.finished_at is None and found.attempt.feedback != "now":
        raise Conflict(_("The student can still change this answer. Mark it once the quiz is finished."))
    if score is not None and not 0 <= score <= 1:
        raise Invalid(_("Give a mark between 0 and the question’s points."))
    by_key = decode_grade(question.grade).score if question.grade else None
    question.marked = score is not None
    before, question.score = question.score, by_key if score is None else score
    what = {"position": question.position, "before": before, "score": question.score}
    decided = _decide(session, found, reason, by, now, **what)
    record(session, by, Action.GRADE_CHANGED, _subject(found), {"decision": decided}, now=now)


def reset(session: Session, found: TaughtAttempt, *, reason: str, by: Account, now: datetime) -> None:
    """Let an attempt count for nothing, so that its student may begin another in its place. Its answers stay
    in the student's log. Raises Invalid without a reason, Conflict where it is reset already."""
    reason = _reason(reason)
    lock_learner(session, found.attempt.learner_id)
    unset = update(Attempt).where(Attempt.id == found.attempt.id, Attempt.set_aside_at.is_(None))
    if session.execute(unset.values(set_aside_at=now)).rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict(_("This attempt has already been reset."))
    decided = _decide(session, found, reason, by, now)
    record(session, by, Action.ATTEMPT_OPENED_AGAIN, _subject(found), {"decision": decided}, now=now)


def _decide(
    session: Session, found: TaughtAttempt, reason: str, by: Account, now: datetime, **what: Any
) -> int:
    decided = AttemptDecision(
        attempt_id=found.attempt.id,
        learner_id=found.attempt.learner_id,
        reason=reason,
        author_id=by.id,
        made_at=now,
        **what,
    )
    session.add(decided)
    session.flush()
    return decided.id


def _reason(text: str) -> str:
    reason = " ".join(text.split())
    if not reason:
        raise Invalid(_("Say why in a few words: the student and the log are told."))
    if complaint := unstorable(reason, LONGEST_REASON):
        raise Invalid(complaint)
    return reason


def _subject(found: TaughtAttempt) -> tuple[Any, ...]:
    return (found.attempt, found.classroom)
