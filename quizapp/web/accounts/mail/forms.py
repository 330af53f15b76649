"""The forms that end in a mail."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from quizapp.domain.language.translation import marked
from quizapp.web.accounts.password_check import ConfirmingForm


class ForgotForm(FlaskForm):  # type: ignore[misc]
    """Whose password is forgotten."""

    name = StringField(
        marked("Name or e-mail address"),
        [InputRequired(marked("Type your name or address.")), Length(max=254)],
    )


class AddressForm(ConfirmingForm):
    """An address, or none, and the password that shows whose account it is."""

    email = StringField(
        marked("E-mail address"),
        [Length(max=254, message=marked("At most 254 characters."))],
        description=marked("Used only for signing in and for resetting your password. Empty: none."),
    )
