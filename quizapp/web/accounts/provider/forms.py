"""The form of someone who comes from the provider for the first time."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from quizapp.domain.language.translation import marked


class NewcomerForm(FlaskForm):  # type: ignore[misc]
    """The name of an account to be."""

    name = StringField(
        marked("Name"),
        [InputRequired(marked("Choose a name.")), Length(max=200)],
        description=marked("What your teachers see. It need not be your real name."),
    )
