"""The forms for signing in and signing up."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from quizapp.domain.language.translation import marked
from quizapp.services.accounts.accounts import NAME_LONGEST
from quizapp.services.accounts.passwords import LONGEST, SHORTEST


class SignInForm(FlaskForm):  # type: ignore[misc]
    """Name and password of an account."""

    name = StringField(marked("Name"), [InputRequired(marked("Type your name.")), Length(max=254)])
    password = PasswordField(
        marked("Password"), [InputRequired(marked("Type your password.")), Length(max=1_000)]
    )


class SignUpForm(FlaskForm):  # type: ignore[misc]
    """Name, password and, where mail can be sent, an optional address of an account to be."""

    name = StringField(
        marked("Name"),
        [InputRequired(marked("Choose a name.")), Length(max=200)],
        description=f"What you sign in with; at most {NAME_LONGEST} characters. "
        "It need not be your real name.",
    )
    email = StringField(
        marked("E-mail address"),
        [Length(max=254, message=marked("At most 254 characters."))],
        description=marked("Used only for signing in and for resetting your password."),
    )
    password = PasswordField(
        marked("Password"),
        [
            InputRequired(marked("Choose a password.")),
            Length(max=LONGEST, message=f"At most {LONGEST} characters."),
        ],
        description=f"At least {SHORTEST} characters. A few words in a row work well.",
    )


class NewPasswordForm(FlaskForm):  # type: ignore[misc]
    """A password for an account that has a one-time link."""

    password = PasswordField(
        marked("New password"),
        [
            InputRequired(marked("Choose a password.")),
            Length(max=LONGEST, message=f"At most {LONGEST} characters."),
        ],
        description=f"At least {SHORTEST} characters. A few words in a row work well.",
    )
