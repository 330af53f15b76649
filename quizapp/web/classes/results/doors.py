"""The doors to attempts and answers: of classes that a teacher teaches."""

from __future__ import annotations

from uuid import UUID

from quizapp.domain.errors import Missing
from quizapp.domain.language.translation import _
from quizapp.storage.classes import results as queries
from quizapp.storage.classes.results import TaughtAnswer, TaughtAttempt
from quizapp.web.frame.access import account
from quizapp.web.frame.database import session


def taught_answer(review_id: UUID) -> TaughtAnswer:
    """A student's answer to what a class that this teacher teaches has to do."""
    found = queries.taught_answer(session(), review_id, account().id)
    if found is None:
        raise Missing(_("Answer not found."))
    return found


def taught_attempt(attempt_id: UUID) -> TaughtAttempt:
    """An attempt at an assignment of a class that this teacher teaches."""
    found = queries.taught_attempt(session(), attempt_id, account().id)
    if found is None:
        raise Missing(_("Attempt not found."))
    return found
