"""The doors to assignments: of a class that a teacher teaches, and of one that a student is in."""

from __future__ import annotations

from typing import Any

from quizapp.domain.errors import Missing
from quizapp.storage.classes import assignments as queries
from quizapp.web.frame.access import LARGEST_ID, account
from quizapp.web.frame.database import session


def taught_assignment(assignment_id: int) -> Any:
    """An assignment of a class that this teacher teaches: Assignment, Classroom, deck_slug, deck_title."""
    return _found(assignment_id, queries.taught)


def own_assignment(assignment_id: int) -> Any:
    """An assignment of a class that goes on and that the learner is in, with own_due_at as well."""
    return _found(assignment_id, queries.attended)


def _found(assignment_id: int, query: Any) -> Any:
    found = query(session(), assignment_id, account().id) if assignment_id < LARGEST_ID else None
    if found is None:
        raise Missing("There is no such assignment.")
    return found
