"""One button for all ticked questions of a deck."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for

from quizapp.domain.errors import Invalid, Missing
from quizapp.domain.language.translation import _, marked
from quizapp.domain.library.review import Step
from quizapp.services.library import bulk
from quizapp.services.library.bulk import Done
from quizapp.storage.library.tables import Deck
from quizapp.web.frame import access
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.frame.page import Answer
from quizapp.web.frame.parts.whole_numbers import whole
from quizapp.web.library.authoring.fields.texts import clean, tags_in

blueprint = Blueprint("bulk", __name__, url_prefix="/teach")

WORDS = {
    "publish": marked("published, or sent for review if another teacher approves"),
    "retire": marked("archived: students no longer see them"),
    "tag": marked("tagged"),
    "untag": marked("had the tag removed"),
    "move": marked("moved"),
}


@blueprint.post("/decks/<slug>/bulk")
def change(slug: str) -> Answer:
    deck = access.edited_deck(slug)
    what = request.form.get("do", "")
    try:
        done = _change(deck, what)
    except Invalid as error:
        flash(_("{error} Nothing was changed.").format(error=error), "warning")
    else:
        rest = (
            _("; nothing to change for {unchanged}").format(unchanged=done.chosen - done.changed)
            if done.changed < done.chosen
            else ""
        )
        flash(
            _("{changed} of {chosen} selected questions {done}{rest}.").format(
                changed=done.changed, chosen=done.chosen, done=_(WORDS[what]), rest=rest
            ),
            "success",
        )
    return redirect(url_for("authoring.deck", slug=slug, **_filter()), 303)


def _change(deck: Deck, what: str) -> Done:
    if what not in WORDS:
        raise Invalid(_("Choose what to do with the selected questions."))
    ids = request.form.getlist("item", type=whole)
    items = bulk.chosen(session(), deck, ids)
    if what in {"publish", "retire"}:
        return bulk.take_step(session(), items, Step(what), by=access.account(), now=now())
    if what == "move":
        return bulk.move(session(), items, _target())
    tags = tags_in(clean(request.form.get("tag", "")[:300])[0])
    return bulk.tag(session(), items, tags, add=what == "tag", author=access.account(), now=now())


def _target() -> Deck:
    try:
        return access.edited_deck(request.form.get("target", ""))
    except Missing:
        raise Invalid(_("Choose the deck to move them to.")) from None


def _filter() -> dict[str, Any]:
    """Back to the list as it was."""
    named = {name: request.form.get(name, "")[:200] for name in ("words", "kind", "state", "tagged", "page")}
    return {name: value for name, value in named.items() if value and "\0" not in value}
