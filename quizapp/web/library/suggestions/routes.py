"""Suggested edits in the browser."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for

from quizapp.domain.errors import Conflict, Invalid, Problem
from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds import kind_named
from quizapp.domain.library.sharing import Act
from quizapp.services.library import suggestions
from quizapp.storage.library.tables import Item, Suggestion
from quizapp.web.frame import access
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.frame.page import Answer
from quizapp.web.frame.parts.choices import chosen
from quizapp.web.frame.parts.queue_return import back
from quizapp.web.frame.parts.whole_numbers import whole
from quizapp.web.library.authoring import change_sort, picture_upload
from quizapp.web.library.authoring.forms import ItemForm
from quizapp.web.library.authoring.saved_form import note_arrival
from quizapp.web.library.authoring.submission import Written, only_looking, read
from quizapp.web.library.review.doors import item as looked_at
from quizapp.web.library.suggestions import building, doors

blueprint = Blueprint("suggesting", __name__, url_prefix="/teach")


@blueprint.route("/review/<int:item_id>/suggest", methods=["GET", "POST"])
def suggest(item_id: int) -> Answer:
    item, teacher = looked_at(item_id), access.account()
    if request.method != "POST" or item.version is None:
        return building.editor(session(), teacher, item)
    form = picture_upload.submitted(kind_named(item.version.kind))
    written = read(session(), form, teacher.id)
    doing, base = request.form.get("do"), request.form.get("base", type=whole)
    looking = only_looking(request.form)
    if looking or written.draft is None:
        return building.editor(
            session(), teacher, item, form, written, base=base, refused=not looking, room=doing == "evidence"
        )
    return _send(item, form, written, base)


def _send(item: Item, form: ItemForm, written: Written, base: int | None) -> Answer:
    assert written.draft is not None
    note = str(form.about.note.data or "")
    try:
        suggestions.suggest(
            session(), item, written.draft, base=base, note=note, by=access.account(), now=now()
        )
    except (Conflict, Invalid) as error:
        flash(str(error), "warning")
    else:
        note_arrival()
        flash(_("Sent. The deck’s editors accept it or reply to you here."), "success")
    return redirect(url_for("reviewing.question", item_id=item.id), 303)


@blueprint.get("/suggestions/<int:suggestion_id>")
def suggestion(suggestion_id: int) -> Answer:
    return building.suggestion_page(session(), access.account(), doors.suggestion(suggestion_id))


@blueprint.get("/suggestions/<int:suggestion_id>/merge")
def merge(suggestion_id: int) -> Answer:
    """The editor, filled with the suggestion: to merge it with what has changed since."""
    return building.merging(session(), access.account(), doors.suggestion(suggestion_id, Act.EDIT))


@blueprint.post("/suggestions/<int:suggestion_id>")
def decide(suggestion_id: int) -> Answer:
    found, reply = doors.suggestion(suggestion_id, Act.EDIT), request.form.get("reply", "")
    try:
        return _decide(found, chosen("decision", "take", "merged", "decline"), reply)
    except Invalid as error:
        page = building.suggestion_page
        return page(session(), access.account(), found, reply=reply, errors=error.problems)
    except Conflict as error:
        flash(str(error), "warning")
        return redirect(url_for("suggesting.suggestion", suggestion_id=suggestion_id), 303)


def _decide(found: Suggestion, decision: str, reply: str) -> Answer:
    if decision == "take":
        return _take(found, reply)
    merged = decision == "merged"
    suggestions.settle(session(), found, merged=merged, reply=reply, by=access.account(), now=now())
    return _settled(
        _("Accepted. Its author is told.") if merged else _("Declined. Its author sees your reason.")
    )


def _take(found: Suggestion, reply: str) -> Answer:
    change = change_sort.decided(session(), found.item, found.content, request.form)
    if change is None:
        raise Invalid(_("Not accepted yet."), (Problem("change", _("Choose what kind of change this is.")),))
    suggestions.take(session(), found, change=change, by=access.account(), now=now(), reply=reply)
    if change == "wording":
        return _settled(_("Accepted: it’s now the question’s new version."))
    return change_sort.carried(session(), found.item, change, access.account())


def _settled(said: str) -> Answer:
    flash(said, "success")
    return back()


@blueprint.post("/suggestions/<int:suggestion_id>/put-away")
def put_away(suggestion_id: int) -> Answer:
    """Its author has read what became of it."""
    suggestions.put_away(session(), doors.own_suggestion(suggestion_id), now=now())
    return back()
