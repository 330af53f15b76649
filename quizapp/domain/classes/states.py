"""How an assignment stands with a student, in one word."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from quizapp.domain.classes.attempts import Attempted, counting, is_late
from quizapp.domain.classes.progress import Progress
from quizapp.domain.classes.terms import SOON, Terms


class Status(StrEnum):
    """From the student's side. Lists and tables use these and no others."""

    NOT_OPEN = "not open"
    OPEN = "open"
    DUE_SOON = "due soon"  # within a day
    OVERDUE = "overdue"  # past due, not done, and still taken
    DONE = "done"
    LATE = "late"  # done after the due moment
    CLOSED = "closed"  # over; what was done until then counts
    MISSED = "missed"  # over, and nothing was done


OVER = frozenset({Status.DONE, Status.LATE, Status.CLOSED, Status.MISSED})


def status(terms: Terms, now: datetime, *, begun: bool, done: bool, late: bool) -> Status:
    """begun: something was answered; done: all that was asked for; late: after the due moment."""
    if done:
        return Status.LATE if late else Status.DONE
    if now < terms.opens_at:
        return Status.NOT_OPEN
    if terms.has_closed(now):
        return Status.CLOSED if begun else Status.MISSED
    if terms.is_late(now):
        return Status.OVERDUE
    return Status.DUE_SOON if terms.due_at - now <= SOON else Status.OPEN


def quiz_status(
    terms: Terms, attempts: Sequence[Attempted], now: datetime
) -> tuple[Status, Attempted | None]:
    """How a quiz stands, and the attempt that counts so far."""
    counts = counting(attempts, terms.due_at, closed=terms.has_closed(now))
    found = status(
        terms,
        now,
        begun=any(each.answered for each in attempts),
        done=any(each.finished_at is not None for each in attempts),
        late=counts is not None and is_late(counts, terms.due_at),
    )
    return found, counts


def study_status(terms: Terms, in_time: Progress, at_last: Progress, now: datetime) -> Status:
    """How “know this deck” stands. in_time: the progress by answers until the due moment; at_last: until the
    last moment, each until now where that is still to come."""
    return status(terms, now, begun=at_last.met > 0, done=at_last.complete, late=not in_time.complete)
