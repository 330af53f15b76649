"""How an assignment stands with a student, in one word."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from quizapp.domain.assignments.terms import SOON, Terms


class Standing(StrEnum):
    """From the student's side. Lists and tables use these and no others."""

    NOT_OPEN = "not open"
    OPEN = "open"
    DUE_SOON = "due soon"  # within a day
    OVERDUE = "overdue"  # past due, not done, and still taken
    DONE = "done"
    LATE = "late"  # done after the due moment
    CLOSED = "closed"  # over; what was done until then counts
    MISSED = "missed"  # over, and nothing was done


OVER = frozenset({Standing.DONE, Standing.LATE, Standing.CLOSED, Standing.MISSED})


def standing(terms: Terms, now: datetime, *, begun: bool, done: bool, late: bool) -> Standing:
    """begun: something was answered; done: all that was asked for; late: after the due moment."""
    if done:
        return Standing.LATE if late else Standing.DONE
    if now < terms.opens_at:
        return Standing.NOT_OPEN
    if terms.has_closed(now):
        return Standing.CLOSED if begun else Standing.MISSED
    if terms.is_late(now):
        return Standing.OVERDUE
    return Standing.DUE_SOON if terms.due_at - now <= SOON else Standing.OPEN
