"""What changes how one signs in takes the password once more."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import PasswordField
from wtforms.validators import InputRequired, Length

from quizapp.domain.language.translation import _, marked
from quizapp.web.accounts import password_hashing
from quizapp.web.frame import access
from quizapp.web.frame.database import session
from quizapp.web.frame.http import sign_in_origin


class ConfirmingForm(FlaskForm):  # type: ignore[misc]
    """A form that asks for the present password; guesses count as failed sign-ins."""

    present = PasswordField(
        marked("Your password"), [InputRequired(marked("Type your password.")), Length(max=1_000)]
    )

    def is_confirmed(self) -> bool:
        """Whether the form is whole and the password right; else it tells why not."""
        return bool(self.validate_on_submit()) and self.fits()

    def fits(self) -> bool:
        """Whether the password is the account's. Ends the transaction."""
        who = access.account()
        if who.has_no_password_yet:
            problem = _("Your account has no password yet. Choose one on your account page first.")
            self.present.errors = [problem]
            return False
        attempt, wait = sign_in_origin.begin(who)
        field: Any = self.present
        if wait or not password_hashing.matches(who.password_hash, str(field.data)):
            field.errors = [wait or _("Wrong password.")]
            return False
        sign_in_origin.succeed(attempt)
        session().commit()
        return True
