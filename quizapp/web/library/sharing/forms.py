"""The form that shares a deck with a colleague."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from quizapp.domain.errors import Invalid
from quizapp.domain.language.translation import marked

WAYS = [
    SelectChoice("view", marked("Can view (and copy and assign)")),
    SelectChoice("edit", marked("Can edit")),
]


class ShareForm(FlaskForm):  # type: ignore[misc]
    """A colleague's name, and what they may do."""

    name = StringField(
        marked("Name of a teacher"),
        [InputRequired(marked("Type the name of a teacher.")), Length(max=200)],
        description=marked("The name they sign in with."),
    )
    way = RadioField(marked("They may"), choices=WAYS, default="view")

    def refuse(self, error: Invalid) -> None:
        """Put each problem beside its field."""
        for problem in error.problems:
            self[problem.field].errors = [problem.message]
