"""Building the queue and the page of a question's reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from quizapp.domain.corrections.reports import Reason
from quizapp.domain.errors import Missing
from quizapp.domain.language import markup
from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds import kind_of
from quizapp.storage.accounts.tables import Account
from quizapp.storage.corrections import reports as report_queries
from quizapp.storage.library.responsibility import tended_decks
from quizapp.storage.library.tables import Item
from quizapp.web.corrections.queue.pages import EntryRow, QueuePage, ReportsPage, SectionPart, SeenVersion
from quizapp.web.corrections.queue.section import Button, Desk, Entry, Section
from quizapp.web.corrections.queue.sections import SECTIONS
from quizapp.web.corrections.queue.total import counts, queued
from quizapp.web.frame.parts.differences import changes
from quizapp.web.library.authoring.wording import wordings

IN_SHORT = 5  # entries of a section where all sections are shown
A_PAGE = 25  # where only one is


def queue_page(
    session: Session, teacher: Account, *, deck: str, sort: str, number: int, now: datetime
) -> QueuePage:
    """The queue, or one sort of it, or one deck's. Raises Missing for a deck or sort that is not there."""
    decks = tended_decks(session, teacher)
    deck_id = next((row.id for row in decks if row.slug == deck), None)
    sections = [section for section in SECTIONS if sort in {"", section.name}]
    if (deck and deck_id is None) or not sections:
        raise Missing(_("Deck or type not found in your queue."))
    desk = Desk(teacher=teacher, now=now, deck_id=deck_id)
    counted = counts(session, desk)
    number = min(max(1, number), 1_000) if sort else 1
    length = A_PAGE if sort else IN_SHORT
    return QueuePage(
        sections=tuple(_part(session, desk, section, counted, length, number) for section in sections),
        sorts=tuple((section.name, section.title) for section in SECTIONS),
        decks=tuple((row.slug, row.title) for row in decks),
        queued=queued(session, teacher) if deck else sum(counted.values()),
        deck=deck,
        sort=sort,
        number=number,
    )


def _part(
    session: Session, desk: Desk, section: Section, counted: Mapping[str, int], length: int, number: int
) -> SectionPart:
    found = section.entries(session, desk, length + 1, (number - 1) * length)
    shown, more = found[:length], len(found) > length
    count = str(counted[section.name]) if section.name in counted else f"{len(shown)}{'+' if more else ''}"
    zone = ZoneInfo(desk.teacher.zone)
    return SectionPart(
        name=section.name,
        title=section.title,
        about=section.about,
        count=count,
        entries=tuple(_row(entry, zone, section) for entry in shown),
        more=more,
    )


def _row(entry: Entry, zone: ZoneInfo, section: Section) -> EntryRow:
    return EntryRow(
        title=entry.title,
        href=entry.href,
        deck_slug=entry.deck_slug,
        deck_title=entry.deck_title,
        at=entry.at.astimezone(zone) if entry.at is not None else None,
        badge=entry.badge,
        said=entry.said,
        changes=entry.changes,
        actions=entry.actions or (Button(label=_(section.act), href=entry.href, leads=True),),
    )


# --- the reports on one question -------------------------------------------------------------------


def reports_page(
    session: Session,
    teacher: Account,
    item: Item,
    *,
    outcome: str = "",
    reply: str = "",
    errors: Sequence[tuple[str, str]] = (),
) -> ReportsPage:
    """What was reported, by the version it was seen in, beside what the question says now."""
    assert item.version is not None
    rows = report_queries.open_reports(session, [item.id])
    seen = {row.version_id: row.number for row in rows}
    texts = wordings(session, {*seen, item.version.id})
    zone = ZoneInfo(teacher.zone)
    kind, content = kind_of(item.version.content), item.version.content
    outline = kind.outline(content)
    return ReportsPage(
        item_id=item.id,
        stem=markup.plain(kind.headline(content)),
        keys=tuple(markup.plain(key) for key in outline.keys),
        others=tuple(markup.plain(text) for text in outline.distractors),
        deck_slug=item.deck.slug,
        deck_title=item.deck.title,
        editable=item.deck.owner_id is not None,
        published=item.state == "published",
        versions=tuple(
            SeenVersion(
                number=version_number,
                current=version_id == item.version.id,
                changes=changes(texts[version_id], texts[item.version.id]),
                reports=tuple(
                    (Reason(row.reason).words, row.text, row.made_at.astimezone(zone))
                    for row in rows
                    if row.version_id == version_id
                ),
            )
            for version_id, version_number in sorted(seen.items(), key=lambda each: -each[1])
        ),
        reports=tuple(row.id for row in rows),
        changed=item.state != "published" or item.version.id not in seen,
        outcome=outcome,
        reply=reply,
        errors=tuple(errors),
    )
