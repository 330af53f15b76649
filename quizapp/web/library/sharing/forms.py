"""The form that shares a deck with a colleague."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from quizapp.domain.errors import Invalid

WAYS = [
    SelectChoice("view", "See it: look into it, copy it, give it to their classes"),
    SelectChoice("edit", "Change its questions, too"),
]


class ShareForm(FlaskForm):  # type: ignore[misc]
    """A colleague's name, and what they may do."""

    name = StringField(
        "Name of a teacher",
        [InputRequired("Type the name of a teacher."), Length(max=200)],
        description="As they write it when they sign in here.",
    )
    way = RadioField("They may", choices=WAYS, default="view")

    def refuse(self, error: Invalid) -> None:
        """Put each problem beside its field."""
        for problem in error.problems:
            self[problem.field].errors = [problem.message]
