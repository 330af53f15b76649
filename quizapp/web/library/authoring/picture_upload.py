"""The editor's button “Add picture”: the file is kept, and shown at the end of the stem."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask import request

from quizapp.domain.errors import Invalid
from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds.base import Kind
from quizapp.services.library import pictures
from quizapp.services.library.picture_drawing import draw_confined
from quizapp.web.frame import access
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.frame.http.turns import DRAWING, Busy, aside
from quizapp.web.library.authoring.forms import ItemForm


def submitted(kind: Kind[Any]) -> ItemForm:
    """The editor's form as it came in, with the picture that came with it."""
    form = ItemForm.submitted(kind, request.form)
    if request.form.get("do") == "picture":
        take(form)
    return form


def take(form: ItemForm) -> None:
    """Keep the picture that came with the form; what is wrong with it is said beside its field.

    Ends the transaction: a picture is drawn while nothing is locked and others answer.
    """
    sent, about = request.files.get("picture"), form.about
    file = sent.read() if sent is not None else b""
    if sent is not None:
        sent.close()
    teacher_id = access.account().id
    words = " ".join((about.picture_text.data or "").replace("[", "(").replace("]", ")").split())
    if not file:
        about.picture.errors = [_("Choose a file first.")]
    elif not words:
        about.picture_text.errors = [_("Describe the picture for students who can’t see it.")]
    else:
        session().rollback()
        try:
            with aside(DRAWING):
                drawn = draw_confined(file)
            most = access.settings().pictures_mb * 10**6
            made = pictures.keep(session(), teacher_id, drawn, picture_id=uuid4().hex, now=now(), most=most)
        except Invalid as error:
            about.picture.errors = [str(error)]
            return
        except Busy:
            about.picture.errors = [_("Other pictures are being processed. Try again in a minute.")]
            form.busy = True
            return
        stem = form.content.stem
        stem.written = f"{stem.written.rstrip()}\n\n![{words}](picture:{made.id})".lstrip()
        stem.data = stem.parse(stem.written)
        about.picture_text.written = ""
