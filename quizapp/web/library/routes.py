"""The library: decks, a deck's questions, and the articles they are written from."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, request

from quizapp.domain.errors import Missing
from quizapp.domain.language.translation import _
from quizapp.services.sources.articles import text_of
from quizapp.services.study.learner import Learner
from quizapp.storage.library import decks as queries
from quizapp.storage.study.due import due_by_deck
from quizapp.web.frame import access
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.frame.links import within_site
from quizapp.web.frame.page import Answer
from quizapp.web.frame.parts.whole_numbers import whole
from quizapp.web.frame.sign_in import current_account
from quizapp.web.library import building, coverage
from quizapp.web.library.pages import DeckPage, DecksPage
from quizapp.web.sources.doors import readable_source

blueprint = Blueprint("library", __name__)

ITEMS_A_PAGE = 50


@blueprint.get("/decks/")
def decks() -> Answer:
    learner, today = _learner()
    rows = queries.deck_rows(session(), learner.id if learner else None, today)
    groups = building.deck_groups(rows, _due(learner, today), learner.id if learner else None)
    return DecksPage(groups=groups, newcomer=learner is None)


@blueprint.get("/decks/<slug>")
def deck(slug: str) -> Answer:
    learner, today = _learner()
    learner_id = learner.id if learner else None
    row = queries.deck_row(session(), slug, learner_id, today)
    if row is None:
        raise Missing(_("Deck not found."))
    number, pages = _page_number(row.total)
    first = (number - 1) * ITEMS_A_PAGE
    items = queries.deck_items(session(), row.id, learner_id, offset=first, limit=ITEMS_A_PAGE)
    return DeckPage(
        deck=building.deck_entry(row, _due(learner, today)),
        items=tuple(building.item_entry(item, learner, today) for item in items),
        number=number,
        pages=pages,
        first=first + 1,
        newcomer=learner is None,
        paused=row.paused if row.studied is not None else None,
    )


@blueprint.get("/sources/<slug>")
def source(slug: str) -> Answer:
    learner, today = _learner()
    row = readable_source(slug)
    page = building.source_page(
        row,
        queries.source_decks(session(), row.id, learner.id if learner else None),
        text_of(session(), row.version_id),
        queries.source_citations(session(), row.id, row.version_id, learner.id if learner else None),
        learner,
        today,
    )
    page = replace(page, back=_answered(request.args.get("back", "")))
    someone, chosen = current_account(), request.args.get("class", type=access.row_id)
    if someone is None or not someone.is_teacher:
        return page
    classroom = access.taught_classroom(chosen) if chosen is not None else None
    return coverage.for_teacher(session(), page, row, someone, classroom, now())


def _answered(address: str) -> str:
    """The answered question that a reader has come from, to lead back to; "" for any other page."""
    return within_site(address) if address.startswith(("/study/feedback/", "/quiz/")) else ""


def _learner() -> tuple[Learner | None, int]:
    """Anyone who looks, as a learner, and their study day; a newcomer has neither."""
    if current_account() is None:
        return None, 0
    learner = access.learner()
    return learner, learner.today(now())


def _due(learner: Learner | None, today: int) -> dict[int, int]:
    return due_by_deck(session(), learner.id, today) if learner is not None else {}


def _page_number(total: int) -> tuple[int, int]:
    """The page asked for, within those there are, and how many there are."""
    pages = max(1, -(-total // ITEMS_A_PAGE))
    return min(max(1, request.args.get("page", 1, type=whole)), pages), pages
