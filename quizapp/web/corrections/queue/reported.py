"""The queue's section of reports from students: an entry per item, with all that was said of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from flask import url_for
from sqlalchemy.orm import Session

from quizapp.domain.corrections.reports import Reason
from quizapp.domain.language import markup
from quizapp.domain.language.translation import marked, ngettext
from quizapp.domain.library.kinds import kind_of
from quizapp.storage.corrections import reports as queries
from quizapp.web.corrections.queue.section import Desk, Entry, Said, Section

MOST_SAID = 3


def entries(session: Session, desk: Desk, limit: int, offset: int) -> Sequence[Entry]:
    """Reported items, the most reported first. Two queries."""
    rows = queries.reported_items(session, desk.decks, limit, offset)
    reports: dict[int, list[tuple[str, str]]] = {}
    for report in queries.open_reports(session, [row.id for row in rows]):
        reports.setdefault(report.item_id, []).append((report.reason, report.text))
    return [
        Entry(
            title=markup.plain(kind_of(row.content).headline(row.content)),
            href=url_for("queue.reports", item_id=row.id),
            deck_slug=row.slug,
            deck_title=row.title,
            at=row.newest,
            badge=ngettext("{count} report", "{count} reports", row.reports),
            said=in_short(reports.get(row.id, [])),
        )
        for row in rows
    ]


def in_short(reports: Sequence[tuple[str, str]]) -> tuple[Said, ...]:
    """(reason, text) of reports: each reason with how many gave it, then the first few texts."""
    counted = Counter(reason for reason, _ in reports)
    lines: list[Said] = []
    for reason, count in counted.most_common():
        words = Reason(reason).words
        texts = list(dict.fromkeys(text for why, text in reports if why == reason and text))[:MOST_SAID]
        what = f"{words} ({count})" if count > 1 else words
        lines += [Said(what, texts[0] if texts else ""), *(Said("", text) for text in texts[1:])]
    return tuple(lines)


REPORTED = Section(
    name="reports",
    title=marked("Reports from students"),
    about=marked(
        "Students can report a question after answering it: a wrong key, a mistake, something unclear."
    ),
    count=queries.count_reported,
    entries=entries,
    act=marked("Read and answer"),
)
