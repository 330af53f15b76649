"""The forms of one's own account."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField
from wtforms.validators import InputRequired, Length

from quizapp.domain.language.translation import marked
from quizapp.services.accounts.passwords import LONGEST, SHORTEST
from quizapp.web.accounts.password_check import ConfirmingForm


class PasswordForm(ConfirmingForm):
    """The present password and a new one."""

    password = PasswordField(
        marked("New password"),
        [
            InputRequired(marked("Choose a new password.")),
            Length(max=LONGEST, message=f"At most {LONGEST} characters."),
        ],
        description=f"At least {SHORTEST} characters. "
        "Every browser will have to sign in again, except this one.",
    )


class EraseForm(FlaskForm):  # type: ignore[misc]
    """A box to tick before everything is erased."""

    sure = BooleanField(marked("Erase everything"), [InputRequired(marked("Tick the box if you are sure."))])
