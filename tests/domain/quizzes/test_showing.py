"""Grades are shown at once, with the result, or once the answers have been opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from quizapp.domain.quizzes.showing import grade_shown, result_shown

AT = datetime(2026, 3, 2, tzinfo=UTC)


@dataclass
class Attempt:
    feedback: str
    finished_at: datetime | None
    shown_at: datetime | None = None


@pytest.mark.parametrize(
    ("attempt", "grade", "result"),
    [
        (Attempt("now", None), True, False),
        (Attempt("now", AT), True, True),
        (Attempt("end", None), False, False),
        (Attempt("end", AT), True, True),
        (Attempt("due", None), False, False),
        (Attempt("due", AT), False, False),
        (Attempt("due", AT, AT), True, True),
    ],
)
def test_when_a_grade_and_a_result_are_shown(attempt: Attempt, grade: bool, result: bool) -> None:
    assert grade_shown(attempt, AT) is grade
    assert result_shown(attempt) is result


@pytest.mark.parametrize("feedback", ["now", "end", "due"])
def test_what_was_not_answered_has_no_grade_to_show(feedback: str) -> None:
    assert not grade_shown(Attempt(feedback, AT, AT), None)
