"""Browsing and searching what one has seen, with answers and one's own notes."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for

from quizapp.domain.language.markup import plain
from quizapp.domain.language.text import fold_for_search
from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.study.scheduling.item_state import item_state
from quizapp.services.study import notes
from quizapp.services.study.items.history import item_history
from quizapp.storage.study import met as queries
from quizapp.web.frame import access
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.frame.links import within_site
from quizapp.web.frame.page import Answer
from quizapp.web.frame.parts.whole_numbers import whole
from quizapp.web.library.building import state_words
from quizapp.web.study.met.building import item_page
from quizapp.web.study.met.pages import MetEntry, MetPage

blueprint = Blueprint("met", __name__, url_prefix="/study/met")

ITEMS_A_PAGE = 25
MOST_WORDS = 8


@blueprint.get("/")
def index() -> Answer:
    learner = access.learner()
    query = " ".join(request.args.get("q", "").split())[:200]
    words = fold_for_search(query).split()[:MOST_WORDS]
    count = queries.count_met(session(), learner.id, words)
    pages = max(1, -(-count // ITEMS_A_PAGE))
    number = min(max(1, request.args.get("page", 1, type=whole)), pages)
    rows = queries.met(session(), learner.id, words, offset=(number - 1) * ITEMS_A_PAGE, limit=ITEMS_A_PAGE)
    today = learner.today(now())
    return MetPage(
        entries=tuple(
            MetEntry(
                id=row.id,
                headline=plain(kind_of(row.content).headline(row.content)),
                answers=kind_of(row.content).outline(row.content).keys,
                deck_slug=row.deck_slug,
                deck_title=row.deck_title,
                words=state_words(item_state(row.due_day, row.learning, today), row.due_day, today),
                note=row.note,
            )
            for row in rows
        ),
        query=query,
        count=count,
        number=number,
        pages=pages,
    )


@blueprint.get("/<int:item_id>")
def item(item_id: int) -> Answer:
    """What each answer to a question was, why it is due when it is, and what the next answer would do."""
    learner, at = access.learner(), now()
    return item_page(item_id, item_history(session(), learner, item_id, now=at), learner.today(at))


@blueprint.post("/<int:item_id>/note")
def note(item_id: int) -> Answer:
    """Keep a note; back to the page that it was written on."""
    notes.write(session(), access.learner(), item_id, request.form.get("text", ""), now=now())
    flash(_("Your note is saved."), "success")
    back = within_site(request.form.get("back", ""))
    return redirect(back or url_for("met.index"), 303)
