"""Forms that make something carry an id of their own (`creating()` in a template), and work once.

What is sent again unchanged, by a double click or by going back and sending it once more, leads to what
was made the first time. A form that was changed before it was sent again is another one.
"""

from __future__ import annotations

from flask import g, redirect, request
from werkzeug.wrappers import Response

from quizapp.services.accounts import sent_forms
from quizapp.web.frame.clock import fresh_id, now
from quizapp.web.frame.database import READING, reading, session
from quizapp.web.frame.http.sign_in_origin import digest
from quizapp.web.frame.sign_in import current_account

FIELD = "once"
REDIRECTED = 303


def fresh() -> str:
    """The id that a form which makes something carries; one for all forms of a page."""
    if "once" not in g:
        g.once = fresh_id().hex
    return str(g.once)


def earlier() -> Response | None:
    """Where this form has led before; None: it was not sent before, or makes nothing."""
    key = _key()
    if key is None:
        return None
    with reading() as looking:
        location = sent_forms.led_to(looking, key)
    return None if location is None else redirect(location, 303)


def settled(response: Response) -> Response:
    """Note what the form has led to, or, if its twin was quicker, undo what this one did and lead there."""
    key = _key()
    if key is None or response.status_code != REDIRECTED:
        return response
    if sent_forms.is_first(session(), key, response.location or "/", now=now()):
        return response
    return twin() or response


def twin() -> Response | None:
    """Where the same form has led in a request that was quicker, in place of what became of this one;
    None where there is none."""
    if _key() is None:
        return None
    session().rollback()
    return earlier()


def _key() -> str | None:
    if request.method in READING or not request.form.get(FIELD):
        return None
    if "sent" not in g:
        someone = current_account()
        fields = [pair for pair in request.form.items(multi=True) if pair[0] != "csrf_token"]
        files = [(name, file.filename) for name, file in request.files.items(multi=True)]
        sent = (someone and someone.id, request.full_path, sorted(fields), sorted(files, key=repr))
        g.sent = digest("sent form", repr(sent))
    return str(g.sent)
