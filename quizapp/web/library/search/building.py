"""Building the page of the search over all questions."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from quizapp.domain.language.markup import plain
from quizapp.domain.language.moments import short_day_words
from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds import kind_named, kind_of
from quizapp.storage.accounts.tables import Account
from quizapp.storage.corrections import analysis
from quizapp.storage.corrections.analysis import Share
from quizapp.storage.library import editor
from quizapp.storage.library import search as queries
from quizapp.storage.library.search import FoundItem, Scope
from quizapp.web.frame.parts.offers import offered
from quizapp.web.frame.parts.whole_numbers import whole
from quizapp.web.library.authoring.building import share_words
from quizapp.web.library.authoring.fields.texts import clean
from quizapp.web.library.authoring.filters import LONGEST, Filter, kind_choices, state_choices
from quizapp.web.library.search.pages import FoundRow, SearchPage

STATS = ("hard", "unused")


def search_page(session: Session, teacher: Account, arguments: Mapping[str, str]) -> SearchPage:
    """The questions that an address asks for."""
    decks = [row for row in editor.deck_rows(session, teacher.id) if not row.archived]
    filter_ = _filter(session, teacher, arguments)
    bank, stat = arguments.get("bank") == "1", arguments.get("stat", "")
    stat = stat if stat in STATS else ""
    deck = arguments.get("deck", "")
    deck = deck if deck in {row.slug for row in decks} else ""
    among = analysis.noteworthy(session, teacher.id, stat) if stat else None
    number = _page(arguments.get("page", ""))
    scope = Scope(deck=deck, own=not bank and not deck, items=among)
    rows = queries.found(session, teacher.id, filter_.wanted, scope, number)
    shown = rows[: queries.A_PAGE]
    shares = analysis.shares(session, [row.id for row in shown])
    zone = ZoneInfo(teacher.zone)
    return SearchPage(
        rows=tuple(_row(row, shares.get(row.id), zone) for row in shown),
        filter=filter_,
        deck=deck,
        decks=tuple((row.slug, row.title) for row in decks),
        bank=bank,
        stat=stat,
        targets=tuple((row.slug, row.title) for row in decks if row.editable and not row.theme_tag),
        number=number,
        more=len(rows) > len(shown),
        queued=offered().queue_count(session, teacher),
    )


def _page(text: str) -> int:
    try:
        return min(max(1, whole(text)), 1_000)
    except ValueError:
        return 1


def _filter(session: Session, teacher: Account, arguments: Mapping[str, str]) -> Filter:
    tags = tuple((tag, tag) for tag in queries.tags(session, teacher.id))

    def chosen(name: str, choices: tuple[tuple[str, str], ...]) -> str:
        value = arguments.get(name, "")
        return value if value in dict(choices) else ""

    return Filter(
        words=clean(arguments.get("words", "")[:LONGEST])[0].strip(),
        kind=chosen("kind", kind_choices()),
        state=chosen("state", state_choices()),
        tagged=chosen("tagged", tags),
        tags=tags,
    )


def _row(row: FoundItem, share: Share | None, zone: ZoneInfo) -> FoundRow:
    return FoundRow(
        id=row.id,
        headline=plain(kind_of(row.content).headline(row.content)),
        kind=_(kind_named(row.kind).title),
        state=row.state,
        keys=", ".join(map(plain, kind_of(row.content).outline(row.content).keys)),
        tags=tuple(row.tags.split(",")) if row.tags else (),
        deck_slug=row.deck_slug,
        deck_title=row.deck_title,
        editable=row.editable,
        share=share_words(share),
        changed=short_day_words(row.changed_at, zone),
    )
