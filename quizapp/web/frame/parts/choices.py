"""Reading a form's button or hidden field that has a few values: any other changes nothing."""

from __future__ import annotations

from flask import request

from quizapp.domain.errors import Malformed
from quizapp.domain.language.translation import _


def chosen(name: str, *values: str) -> str:
    """Which of these values the form has in this field; the last where it has none. Raises Malformed for
    another."""
    found = request.form.get(name, values[-1])
    if found not in values:
        raise Malformed(_("That isn’t one of the choices here. Go back, reload the page and try again."))
    return found
