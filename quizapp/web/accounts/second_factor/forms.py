"""The forms of the second factor."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from quizapp.web.accounts.confirming import ConfirmingForm


class CodeForm(FlaskForm):  # type: ignore[misc]
    """A code of the app, or a recovery code."""

    code = StringField(
        "Code", [InputRequired("Type the code."), Length(max=100)], description="Six digits from your app."
    )


class PresentForm(ConfirmingForm):
    """The password alone."""
