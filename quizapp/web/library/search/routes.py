"""The search over all questions, and one button for all that are ticked there."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for

from quizapp.domain.errors import Invalid, Missing
from quizapp.domain.language.translation import _, marked, ngettext
from quizapp.domain.library.review import Step
from quizapp.services.library import bulk
from quizapp.services.library.bulk import Done
from quizapp.web.frame import access
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.frame.page import Answer
from quizapp.web.frame.parts.whole_numbers import whole
from quizapp.web.library.authoring.fields.texts import clean, tags_in
from quizapp.web.library.search import building

blueprint = Blueprint("search", __name__, url_prefix="/teach")

WORDS = {
    "publish": marked("published, or sent for review if another teacher approves"),
    "retire": marked("archived"),
    "tag": marked("tagged"),
    "move": marked("moved"),
    "copy": marked("copied"),
}
KEPT = ("words", "kind", "state", "tagged", "deck", "bank", "stat", "page")


@blueprint.get("/questions")
def index() -> Answer:
    return building.search_page(session(), access.account(), request.args)


@blueprint.post("/questions")
def change() -> Answer:
    """Change all ticked questions, whatever decks they are in."""
    what = request.form.get("do", "")
    try:
        done = _change(what)
    except (Invalid, Missing) as error:
        flash(_("{error} Nothing was changed.").format(error=error), "warning")
    else:
        count = ngettext("{count} question", "{count} questions", done.changed)
        flash(_("{count} {done}.").format(count=count, done=_(WORDS[what])), "success")
    kept: dict[str, Any] = {
        name: value for name in KEPT if (value := request.form.get(name, "")[:200]) and "\0" not in value
    }
    return redirect(url_for("search.index", **kept), 303)


def _change(what: str) -> Done:
    if what not in WORDS:
        raise Invalid(_("Choose what to do with the selected questions."))
    teacher, ids = access.account(), request.form.getlist("item", type=whole)
    items = bulk.anywhere(session(), teacher, ids, to_copy=what == "copy")
    if what in {"publish", "retire"}:
        return bulk.take_step(session(), items, Step(what), by=teacher, now=now())
    if what == "tag":
        tags = tags_in(clean(request.form.get("tag", "")[:300])[0])
        return bulk.tag(session(), items, tags, add=True, author=teacher, now=now())
    try:
        target = access.edited_deck(request.form.get("target", ""))
    except Missing:
        raise Invalid(_("Choose a deck of yours.")) from None
    if what == "copy":
        return bulk.copy(session(), items, target, author=teacher, now=now())
    return bulk.move(session(), items, target)
