"""Building the page of the audit log: entries in words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from quizapp.domain.audit.actions import GROUPS, Action
from quizapp.domain.language.markup import plain
from quizapp.domain.language.translation import _, marked, ngettext
from quizapp.domain.library.kinds import kind_of
from quizapp.storage.accounts.tables import Account
from quizapp.storage.audit import log as queries
from quizapp.storage.audit.log import LogLine
from quizapp.web.audit.pages import EntryRow, LogPage

# Details that count something, and details that are one of a few words.
COUNTED = {
    "students": lambda count: ngettext("{count} student", "{count} students", count),
    "answers": lambda count: ngettext("{count} answer", "{count} answers", count),
}
OF_A_KIND = {marked("student"), marked("teacher"), marked("admin"), marked("to view"), marked("to edit")}
MOST_IN_A_FILE = 5_000
GROUP_WORDS = {
    "accounts": marked("Accounts"),
    "classes": marked("Classes"),
    "grades": marked("Assignments and grades"),
    "decks": marked("Questions and decks"),
}


def log_page(session: Session, reader: Account, *, before: int | None, about: str) -> LogPage:
    """What an admin (all) or a teacher (their classes and decks, and what they did) may read. about: one of
    the groups of acts, or "" for all."""
    rows = _lines(session, reader, before, about, queries.ENTRIES_A_PAGE)
    shown = rows[: queries.ENTRIES_A_PAGE]
    return LogPage(
        entries=_entries(session, shown, reader),
        everything=reader.role == "admin",
        zone=reader.zone.replace("_", " "),
        later=before is not None,
        older=shown[-1].id if len(rows) > len(shown) else None,
        about=about,
        groups=tuple((name, _(words)) for name, words in GROUP_WORDS.items()),
    )


def log_table(session: Session, reader: Account, *, about: str) -> tuple[list[str], list[list[object]]]:
    """The latest entries as heads and rows of a file."""
    rows = _lines(session, reader, None, about, MOST_IN_A_FILE)[:MOST_IN_A_FILE]
    heads = [
        _("Time ({zone})").format(zone=reader.zone.replace("_", " ")),
        _("Who"),
        _("What"),
        _("Whom"),
        _("Reason"),
        _("Class"),
        _("Deck"),
        _("Question"),
    ]
    return heads, [
        [each.at, each.who, each.what, each.whom, each.why, each.classroom, each.deck, each.question]
        for each in _entries(session, rows, reader)
    ]


def _lines(session: Session, reader: Account, before: int | None, about: str, most: int) -> list[LogLine]:
    everything, actions = reader.role == "admin", GROUPS.get(about)
    return queries.entries(
        session, reader.id, everything=everything, before=before, actions=actions, most=most
    )


def _entries(session: Session, rows: Sequence[LogLine], reader: Account) -> tuple[EntryRow, ...]:
    zone = ZoneInfo(reader.zone)
    decided = {row.id: decision for row in rows if (decision := json.loads(row.detail).get("decision"))}
    reasons = queries.reasons(session, sorted(set(decided.values())))
    return tuple(_entry(row, reader, zone, reasons.get(decided.get(row.id, 0), "")) for row in rows)


def _entry(row: LogLine, reader: Account, zone: ZoneInfo, why: str) -> EntryRow:
    at = row.at.astimezone(zone)
    return EntryRow(
        at=f"{at.day} {at:%b %Y, %H:%M}",
        who=_who(row, reader),
        what=words(row.action, row.detail),
        whom=row.student or row.account or "",
        why=why,
        classroom=row.classroom or "",
        classroom_id=row.classroom_id if row.class_open else None,
        # What decks and questions say is for those who teach with them; admins read that something was done.
        deck=row.deck or "" if row.deck_open else "",
        deck_slug=row.deck_slug or "" if row.deck_open else "",
        question=plain(kind_of(row.content).headline(row.content)) if row.content and row.item_open else "",
        item_id=row.item_id if row.item_open else None,
    )


def _who(row: LogLine, reader: Account) -> str:
    if row.actor_id == reader.id:
        return _("You")
    if row.done_as == "operator":
        return _("The command line")
    return row.actor or (
        _("An admin who has left") if row.done_as == "admin" else _("A teacher who has left")
    )


def words(action: str, detail: str) -> str:
    """What an entry says was done; an act that this version does not know by its name."""
    if action not in Action.__members__:
        return action.lower().replace("_", " ")
    held = {name: _plain(name, value) for name, value in json.loads(detail).items()}
    return _(Action[action].value).format_map(_Told(held))


def _plain(name: str, value: object) -> str:
    if name in COUNTED and isinstance(value, int):
        return COUNTED[name](value)
    return _(str(value)) if value in OF_A_KIND else str(value)


class _Told(dict[str, str]):
    """Details; one that was not told is left open."""

    def __missing__(self, key: str) -> str:
        return "…"
