"""Building the pages of an import."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from quizapp.domain.exchange.bundle import Entry, Outcome
from quizapp.domain.exchange.conversion.losses import without_pictures
from quizapp.domain.exchange.file_format import TableShape
from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds import kind_of
from quizapp.services.exchange.formats import FORMATS, format_named
from quizapp.services.exchange.imports import plans
from quizapp.services.exchange.uploads import Look, options_of
from quizapp.storage.exchange.tables import ImportFile
from quizapp.storage.library.tables import Deck
from quizapp.web.exchange.imports.forms import SEPARATORS, TableForm, column_words, endings
from quizapp.web.exchange.imports.pages import BringPage, EntryRow, PreviewPage
from quizapp.web.frame import access

SHOWN = 100  # questions on the page; the others come as they are
SEED = "import"


def home(slug: str) -> str:
    """The address of the deck's page, as this person has it."""
    return url_for("authoring.deck" if access.account().is_teacher else "own.deck", slug=slug)


def bring_page(deck: Deck, form: Any, *, refused: bool = False, busy: bool = False) -> BringPage:
    """The form, and what can be read."""
    readable = tuple(each for each in FORMATS if each.reads)
    return BringPage(
        slug=deck.slug,
        home=home(deck.slug),
        own=not access.account().is_teacher,
        deck_title=deck.title,
        form=form,
        accepted=endings(readable),
        formats=tuple(each.title for each in readable),
        refused=refused,
        busy=busy,
    )


def preview_page(session: Session, deck: Deck, kept: ImportFile, look: Look) -> PreviewPage:
    """What would come of the file."""
    options = options_of(kept)
    plan = plans(session, deck, look.entries)
    found = [entry.outcome for entry in look.entries]
    shape = look.shape or TableShape()
    separator = SEPARATORS.get(shape.separator, "")
    return PreviewPage(
        key=kept.id,
        home=home(deck.slug),
        own=not access.account().is_teacher,
        deck_title=deck.title,
        name=options.name or _("Pasted list"),
        format=format_named(kept.format).title,
        exact=found.count(Outcome.EXACT),
        approximated=found.count(Outcome.APPROXIMATED),
        refused=found.count(Outcome.REFUSED),
        rows=tuple(_row(number, entry, plan[number]) for number, entry in enumerate(look.entries[:SHOWN])),
        rest=max(0, len(look.entries) - SHOWN),
        halted=look.halted,
        table=TableForm.of(options) if look.shape else None,
        separator=_(separator) if separator and shape.separator else shape.separator,
        columns=shape.columns,
        column_words=tuple(column_words()),
        samples=shape.samples,
        reviews=sum(len(entry.item.history) for entry in look.entries if entry.item is not None),
    )


def _row(number: int, entry: Entry, plan: str) -> EntryRow:
    if entry.item is None:
        return EntryRow(
            number=number,
            place=entry.place,
            headline=entry.title,
            outcome=entry.outcome.value,
            notes=entry.notes,
        )
    bare, notes = without_pictures(entry.item)
    content, kind = bare.content, kind_of(bare.content)
    format = (*bare.formats, *kind.formats(content))[0]
    told = (_("Its pictures are shown once it is imported."),) if notes else ()
    return EntryRow(
        number=number,
        place=entry.place,
        headline=kind.headline(content),
        outcome=entry.outcome.value,
        notes=(*entry.notes, *told),
        kind=_(kind.title),
        known=plan,
        prompt=kind.prompt(content, format, SEED),
        outline=kind.outline(content),
        rationale=content.rationale,
    )


def chosen(entries: Sequence[Entry], ticked: Sequence[str]) -> list[Entry]:
    """The entries that are to come: those ticked, and those that were not shown."""
    numbers = {int(text) for text in ticked if text.isascii() and text.isdigit() and len(text) < 7}
    return [
        entry
        for number, entry in enumerate(entries)
        if entry.item is not None and (number >= SHOWN or number in numbers)
    ]
