"""The forms around passkeys; `js/elements/passkey-form.js` fills in what the device says."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length

from quizapp.domain.language.translation import marked
from quizapp.services.accounts.passkeys import NAME_LONGEST
from quizapp.web.accounts.password_check import ConfirmingForm

LONGEST = 20_000  # characters of a device's answer


class PasskeyForm(ConfirmingForm):
    """A new passkey."""

    name = StringField(
        marked("Name of the device"),
        [Length(max=NAME_LONGEST)],
        description=marked("So you recognise it later, such as “my phone”."),
    )
    credential = HiddenField(
        marked("Passkey"), [InputRequired(marked("Your device didn’t respond.")), Length(max=LONGEST)]
    )


class RemoveForm(ConfirmingForm):
    """A passkey to take off."""

    passkey = HiddenField(marked("Passkey"), [InputRequired(marked("Choose a passkey.")), Length(max=18)])


class AnswerForm(FlaskForm):  # type: ignore[misc]
    """What a device says to sign someone in."""

    credential = HiddenField(
        marked("Passkey"), [InputRequired(marked("Your device didn’t respond.")), Length(max=LONGEST)]
    )
