"""Building the page of an article's versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from quizapp.domain.language.differences import ParagraphChange, paragraph_changes
from quizapp.domain.language.translation import _
from quizapp.domain.sources.anchoring import STANDINGS
from quizapp.domain.sources.passages import Paragraph
from quizapp.services.sources.anchors import texts
from quizapp.storage.accounts.tables import Account
from quizapp.storage.sources import articles as queries
from quizapp.storage.sources.tables import Source
from quizapp.web.frame.parts.differences import Change
from quizapp.web.sources.revisions.pages import RevisionRow, RevisionsPage

MOST_SHOWN = 8


def revisions_page(session: Session, source: Source, reader: Account) -> RevisionsPage:
    """The newest versions, each with what it changed. Three queries."""
    rows = queries.versions(session, source.id, MOST_SHOWN + 1)
    ids = [row.id for row in rows]
    parts, fates = texts(session, ids), queries.fates_in(session, ids)
    zone = ZoneInfo(reader.zone)
    return RevisionsPage(
        slug=source.slug,
        heading=source.title or source.slug,
        revisions=tuple(
            RevisionRow(
                number=row.number,
                at=row.created_at.astimezone(zone),
                author="you" if row.author == reader.name else row.author or "",
                note=row.note,
                fates=_fates_in_words(fates.get(row.id, {})) if row.number > 1 else "",
                first=row.number == 1,
                changes=_changes(parts, rows[place + 1].id, row.id) if place + 1 < len(rows) else (),
            )
            for place, row in enumerate(rows[:MOST_SHOWN])
        ),
        more=len(rows) > MOST_SHOWN,
    )


def _changes(parts: Mapping[int, Sequence[Paragraph]], before: int, after: int) -> tuple[Change, ...]:
    old, new = ([part.text for part in parts.get(version, ())] for version in (before, after))
    return tuple(Change(_label(change), change.steps) for change in paragraph_changes(old, new))


def _label(change: ParagraphChange) -> str:
    if change.after is None:
        return _("Paragraph {before}, removed").format(before=change.before)
    if change.before is None:
        return _("Paragraph {after}, added").format(after=change.after)
    return _("Paragraph {after}").format(after=change.after)


def _fates_in_words(fates: Mapping[str, int]) -> str:
    """ "Citations: 4 intact, 1 changed"; "" where nothing is cited."""
    found = ", ".join(f"{fates[standing]} {standing}" for standing in STANDINGS if fates.get(standing))
    return _("Citations: {found}").format(found=found) if found else ""
