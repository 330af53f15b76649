"""The queue's section of suspicious questions: hints from figures, found by upkeep."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from flask import url_for
from sqlalchemy.orm import Session

from quizapp.domain.language import markup
from quizapp.domain.language.translation import _, marked
from quizapp.domain.library.kinds import kind_of
from quizapp.storage.corrections import analysis as queries
from quizapp.storage.corrections.analysis import SuspectItem
from quizapp.web.corrections.queue.section import Button, Desk, Entry, Said, Section


def entries(session: Session, desk: Desk, limit: int, offset: int) -> Sequence[Entry]:
    """Questions whose figures are worth a look, the gravest first, as upkeep has found them. One query."""
    return [_entry(row) for row in queries.suspicious(session, desk.decks, limit, offset)]


def _entry(row: SuspectItem) -> Entry:
    return Entry(
        title=markup.plain(kind_of(row.content).headline(row.content)),
        href=url_for("analysis.figures", slug=row.slug, _anchor=f"item-{row.id}"),
        deck_slug=row.slug,
        deck_title=row.title,
        badge=_("{answers} first answers").format(answers=row.answers),
        said=tuple(Said(reason) for reason in msgspec.json.decode(row.reasons, type=list[str])),
        actions=(Button(label=_("Nothing wrong"), href=url_for("queue.put_aside", item_id=row.id)),),
    )


SUSPICIOUS = Section(
    name="suspicious",
    title=marked("Suspicious questions"),
    about=marked(
        "When answers suggest that a key is wrong or that an option is right too, the question "
        "appears here with the reason, within a day. It isn’t urgent, so the number on the tab "
        "doesn’t count it."
    ),
    count=None,
    entries=entries,
)
