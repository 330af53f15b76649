"""The form of a teacher's own service for drafts."""

from __future__ import annotations

from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from quizapp.domain.language.translation import marked
from quizapp.web.frame.parts.forms import Refusable


class ServiceForm(Refusable):
    """Where it is, which model, and the key, which is never sent back."""

    address = StringField(
        marked("Address"),
        [InputRequired(marked("Type the service’s address."))],
        description=marked("Its base address, such as https://models.example/v1."),
    )
    model = StringField(
        marked("Model"),
        [InputRequired(marked("Type the model’s name as the service writes it."))],
        description=marked("As the service writes it."),
    )
    key = PasswordField(marked("Key"))
