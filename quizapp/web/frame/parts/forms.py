"""What forms of several rooms have in common."""

from __future__ import annotations

from flask_wtf import FlaskForm

from quizapp.domain.errors import Invalid


class Refusable(FlaskForm):  # type: ignore[misc]
    """A form that shows what a service found wrong."""

    def refuse(self, error: Invalid) -> None:
        """Put each problem beside its field."""
        for problem in error.problems:
            self[problem.field].errors = [problem.message]
