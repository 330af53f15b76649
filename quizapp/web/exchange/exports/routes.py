"""Taking a deck out: as a file for another program, with a report on what it cannot hold."""

from __future__ import annotations

from flask import Blueprint

from quizapp.domain.exchange.bundle import Bundle, Outcome
from quizapp.domain.exchange.file_format import FileFormat
from quizapp.services.exchange.exports import bundle_of
from quizapp.services.exchange.formats import format_named, writers
from quizapp.services.exchange.report import CSV, Counts, table
from quizapp.web.exchange.attachments import attachment
from quizapp.web.exchange.exports.pages import ExportPage, FormatRow
from quizapp.web.frame import access
from quizapp.web.frame.database import session
from quizapp.web.frame.page import Answer

blueprint = Blueprint("exports", __name__, url_prefix="/teach/decks")


@blueprint.get("/<slug>/export")
def index(slug: str) -> Answer:
    deck = access.taught_deck(slug)
    bundle = bundle_of(session(), deck)
    rows = tuple(_row(format, bundle) for format in writers())
    return ExportPage(slug=deck.slug, deck_title=deck.title, formats=rows)


@blueprint.get("/<slug>/export/<name>")
def download(slug: str, name: str) -> Answer:
    format, deck = format_named(name), access.taught_deck(slug)
    written = format.write(bundle_of(session(), deck))
    return attachment(written.data, f"{deck.slug}{format.endings[0]}", format.media_type)


@blueprint.get("/<slug>/export/<name>/report.csv")
def report(slug: str, name: str) -> Answer:
    format, deck = format_named(name), access.taught_deck(slug)
    written = format.write(bundle_of(session(), deck))
    return attachment(table(written.entries).encode(), f"{deck.slug}-report.csv", CSV)


def _row(format: FileFormat, bundle: Bundle) -> FormatRow:
    counts = Counts()
    for entry in format.write(bundle).entries:
        counts.add(entry)
    found = counts.by_outcome
    return FormatRow(
        name=format.name,
        title=format.title,
        ending=format.endings[0],
        exact=found[Outcome.EXACT],
        approximated=found[Outcome.APPROXIMATED],
        refused=found[Outcome.REFUSED],
    )
