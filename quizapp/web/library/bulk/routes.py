"""One button for all ticked questions of a deck."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for

from quizapp.domain.errors import Invalid, Missing
from quizapp.domain.library.review import Step
from quizapp.services.library import bulk
from quizapp.services.library.bulk import Done
from quizapp.storage.library.tables import Deck
from quizapp.web.frame import access
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.frame.page import Answer
from quizapp.web.frame.parts.whole_numbers import whole
from quizapp.web.library.authoring.fields import clean, tags_in

blueprint = Blueprint("bulk", __name__, url_prefix="/teach")

WORDS = {
    "publish": "published, or sent for review where another teacher approves",
    "retire": "retired: students no longer meet them",
    "tag": "tagged",
    "untag": "freed of the tag",
    "move": "moved",
}


@blueprint.post("/decks/<slug>/bulk")
def change(slug: str) -> Answer:
    deck = access.edited_deck(slug)
    what = request.form.get("do", "")
    try:
        done = _change(deck, what)
    except Invalid as error:
        flash(f"{error} Nothing was changed.", "warning")
    else:
        rest = f"; {done.chosen - done.changed} were so already" if done.changed < done.chosen else ""
        flash(f"{done.changed} of {done.chosen} ticked questions {WORDS[what]}{rest}.", "success")
    return redirect(url_for("authoring.deck", slug=slug, **_filter()), 303)


def _change(deck: Deck, what: str) -> Done:
    if what not in WORDS:
        raise Invalid("Choose what to do with the ticked questions.")
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
        raise Invalid("Choose the deck to move them to.") from None


def _filter() -> dict[str, Any]:
    """Back to the list as it was."""
    named = {name: request.form.get(name, "")[:200] for name in ("words", "kind", "state", "tagged", "page")}
    return {name: value for name, value in named.items() if value and "\0" not in value}
