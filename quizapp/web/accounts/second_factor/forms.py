"""The forms of the second factor."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from quizapp.domain.language.translation import marked
from quizapp.web.accounts.password_check import ConfirmingForm


class CodeForm(FlaskForm):  # type: ignore[misc]
    """A code of the app, or a recovery code."""

    code = StringField(
        marked("Code"),
        [InputRequired(marked("Type the code.")), Length(max=100)],
        description=marked("Six digits from your app."),
    )


class PresentForm(ConfirmingForm):
    """The password alone."""
