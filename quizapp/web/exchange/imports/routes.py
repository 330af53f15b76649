"""Importing questions into a deck: bring a file or a list, look at what would come, choose, store."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, flash, redirect, request, url_for

from quizapp.domain.errors import Invalid
from quizapp.domain.exchange.bundle import Entry
from quizapp.domain.exchange.file_format import Options
from quizapp.domain.language.translation import _, marked, ngettext
from quizapp.services.exchange import past_reviews, uploads
from quizapp.services.exchange.imports import Stored, plans, store
from quizapp.services.exchange.report import CSV, table
from quizapp.services.exchange.uploads import Look
from quizapp.services.library import own_cards
from quizapp.services.study import decks as study_decks
from quizapp.storage.exchange.tables import ImportFile
from quizapp.storage.library.tables import Deck
from quizapp.web.exchange.attachments import attachment
from quizapp.web.exchange.imports import building
from quizapp.web.exchange.imports.doors import own_import, taking_deck
from quizapp.web.exchange.imports.forms import LONGEST_PASTE, BringForm, TableForm
from quizapp.web.frame import access
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.frame.http.turns import READING, Busy, aside
from quizapp.web.frame.page import Answer

blueprint = Blueprint("imports", __name__)

BUSY = marked("Other files are being read, so this one has to wait. Try again in half a minute.")
LEARNERS_PICTURES = 20_000_000  # bytes of all pictures that a learner imports into own decks
T = TypeVar("T")


@blueprint.route("/teach/decks/<slug>/import", methods=["GET", "POST"])
def bring(slug: str) -> Answer:
    return _bring(slug)


@blueprint.route("/own/decks/<slug>/import", methods=["GET", "POST"])
def bring_own(slug: str) -> Answer:
    """The same for a learner, into a deck of their own."""
    return _bring(slug)


def _bring(slug: str) -> Answer:
    deck, form = taking_deck(slug), BringForm()
    if request.method != "POST":
        return building.bring_page(deck, form)
    data, options, field = _brought(form)
    try:
        format = _aside(lambda: uploads.receive(data, options))
    except (Invalid, Busy) as error:
        return _refused(slug, form, field, error)
    deck = taking_deck(slug)
    kept = uploads.wait(session(), access.account(), deck, data, options, format, now=now())
    return redirect(url_for("imports.preview", key=kept.id), 303)


def _refused(slug: str, form: BringForm, field: str, error: Exception) -> Answer:
    busy = isinstance(error, Busy)
    form.refuse(field, _(BUSY) if busy else str(error))
    return building.bring_page(taking_deck(slug), form, refused=not busy, busy=busy)


def _brought(form: BringForm) -> tuple[bytes, Options, str]:
    """(what was brought, how it is called, the field it came in); a file goes before a text."""
    if form.file.data:
        with form.file.data.stream as stream:
            return stream.read(), Options(name=form.file.data.filename or ""), "file"
    return (form.text.data or "")[: LONGEST_PASTE + 1].encode(errors="replace"), Options(), "text"


@blueprint.get("/imports/<key>")
def preview(key: str) -> Answer:
    kept, deck = own_import(key)
    return building.preview_page(session(), deck, kept, _look(kept))


@blueprint.post("/imports/<key>/table")
def adjust(key: str) -> Answer:
    kept, _deck = own_import(key)
    uploads.adjust(kept, TableForm().said(uploads.options_of(kept), request.form.getlist("column")))
    return redirect(url_for("imports.preview", key=key), 303)


@blueprint.post("/imports/<key>/settle")
def settle(key: str) -> Answer:
    kept, deck = own_import(key)
    if request.form.get("do") == "cancel":
        return _cancelled(kept, deck)
    look = _look(kept)
    entries = building.chosen(look.entries, request.form.getlist("take"))
    if not entries:
        flash(_("Nothing is selected. Select the questions to import, or cancel."), "warning")
        return redirect(url_for("imports.preview", key=key), 303)
    try:
        slug, done = _stored(key, look, entries)
    except Invalid as error:
        flash(str(error), "warning")
        return redirect(url_for("imports.preview", key=key), 303)
    flash(_told(done), "success")
    return redirect(building.home(slug), 303)


def _cancelled(kept: ImportFile, deck: Deck) -> Answer:
    session().delete(kept)
    flash(_("Import cancelled. Nothing was added."), "info")
    return redirect(building.home(deck.slug), 303)


def _stored(key: str, look: Look, entries: list[Entry]) -> tuple[str, Stored]:
    """(the deck's address, what was done); pictures are drawn before anything is locked."""
    _aside(lambda: look.media.draw(entry.item for entry in entries if entry.item))
    kept, deck = own_import(key)
    person, most = access.account(), access.settings().pictures_mb * 10**6
    if not person.is_teacher:
        own_cards.make_room(session(), deck, plans(session(), deck, entries).count("new"))
        most = min(most or LEARNERS_PICTURES, LEARNERS_PICTURES)
    done = store(session(), deck, entries, author=person, now=now(), media=look.media, most_pictures=most)
    if request.form.get("reviews"):
        done.reviews = past_reviews.keep(session(), deck, entries, person, access.settings())
    if not person.is_teacher:
        study_decks.begin(session(), person, deck.slug, now=now())
    session().delete(kept)
    return deck.slug, done


def _told(done: Stored) -> str:
    said = ngettext("{count} question added", "{count} questions added", done.new)
    said = _("{said}, {changed} updated, {same} unchanged.").format(
        said=said, changed=done.changed, same=done.unchanged
    )
    if done.reviews:
        kept = ngettext(
            "{count} of your past reviews was kept.", "{count} of your past reviews were kept.", done.reviews
        )
        said = f"{said} {kept}"
    if not done.pictures_left_out:
        return said
    lost = ngettext(
        "{count} picture couldn’t be kept.", "{count} pictures couldn’t be kept.", done.pictures_left_out
    )
    return f"{said} {lost}"


@blueprint.get("/imports/<key>/report.csv")
def report(key: str) -> Answer:
    kept, _deck = own_import(key)
    return attachment(table(_look(kept).entries).encode(), "import.csv", CSV)


def _look(kept: ImportFile) -> Look:
    """All that the file holds."""
    session().expunge(kept)
    return _aside(lambda: uploads.look(kept))


def _aside(work: Callable[[], T]) -> T:
    """Slow work with no transaction open, while others have the turn."""
    session().rollback()
    with aside(READING):
        return work()
