"""One question among teachers: looking at it, deciding, commenting."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for

from quizapp.domain.audit.actions import Action
from quizapp.domain.errors import Conflict, Invalid
from quizapp.domain.language.translation import _
from quizapp.domain.library.sharing import Act
from quizapp.services.library import review
from quizapp.storage.library.tables import Item
from quizapp.web.frame import access
from quizapp.web.frame.audit_entry import note
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.frame.page import Answer
from quizapp.web.frame.parts.choices import chosen
from quizapp.web.frame.parts.queue_return import back
from quizapp.web.frame.parts.whole_numbers import whole
from quizapp.web.library.review import building, doors

blueprint = Blueprint("reviewing", __name__, url_prefix="/teach/review")


@blueprint.get("/<int:item_id>")
def question(item_id: int) -> Answer:
    return building.question_page(session(), access.account(), doors.item(item_id))


@blueprint.post("/<int:item_id>/decide")
def decide(item_id: int) -> Answer:
    """Let students have it, or send it back with words."""
    item, teacher = doors.item(item_id, Act.APPROVE), access.account()
    approve, words = chosen("decision", "approve", "back") == "approve", request.form.get("text", "")
    base = request.form.get("base", type=whole)
    try:
        review.decide(session(), item, approve=approve, base=base, words=words, by=teacher, now=now())
    except Invalid as error:
        return building.question_page(session(), teacher, item, text=words, errors=error.problems)
    except Conflict as error:
        flash(str(error), "warning")
        return _back_to(item)
    if approve:
        note(Action.QUESTION_PUBLISHED, item)
    flash(
        _("Approved: students will see it from now on.") if approve else _("Sent back to its author."),
        "success",
    )
    return back()


@blueprint.post("/<int:item_id>/comments")
def comment(item_id: int) -> Answer:
    item, teacher, text = doors.item(item_id), access.account(), request.form.get("text", "")
    try:
        review.comment(session(), item, text, by=teacher, now=now())
    except Invalid as error:
        return building.question_page(session(), teacher, item, text=text, errors=error.problems)
    return _back_to(item)


@blueprint.post("/comments/<int:comment_id>/remove")
def remove_comment(comment_id: int) -> Answer:
    found = doors.own_comment(comment_id)
    item = found.item
    review.remove_comment(session(), found)
    flash(_("Comment deleted."), "success")
    return _back_to(item)


def _back_to(item: Item) -> Answer:
    return redirect(url_for("reviewing.question", item_id=item.id, _anchor="thread"), 303)
