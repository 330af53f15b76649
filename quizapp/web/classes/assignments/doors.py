"""The doors to assignments: of a class that a teacher teaches, and of one that a student is in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.orm import Session

from quizapp.domain.errors import Missing
from quizapp.domain.language.translation import _
from quizapp.storage.classes import assignments as queries
from quizapp.storage.classes.assignments import OwnAssignment, TaughtAssignment
from quizapp.web.frame.access import LARGEST_ID, account
from quizapp.web.frame.database import session

Found = TypeVar("Found", OwnAssignment, TaughtAssignment)


def taught_assignment(assignment_id: int) -> TaughtAssignment:
    """An assignment of a class that this teacher teaches."""
    return _found(assignment_id, queries.taught)


def own_assignment(assignment_id: int) -> OwnAssignment:
    """An assignment of a class that goes on and that the learner is in."""
    return _found(assignment_id, queries.attended)


def _found(assignment_id: int, query: Callable[[Session, int, int], Found | None]) -> Found:
    found = query(session(), assignment_id, account().id) if assignment_id < LARGEST_ID else None
    if found is None:
        raise Missing(_("Assignment not found."))
    return found
