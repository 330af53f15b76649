"""Building the page of the audit log: entries in words."""

from __future__ import annotations

import json
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from quizapp.domain.audit.actions import Action
from quizapp.domain.language.translation import _, marked, ngettext
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


def log_page(session: Session, reader: Account, *, before: int | None) -> LogPage:
    """What an admin (all) or a teacher (their classes and decks, and what they did) may read."""
    everything = reader.role == "admin"
    rows = queries.entries(session, None if everything else reader.id, before=before)
    shown = rows[: queries.ENTRIES_A_PAGE]
    zone = ZoneInfo(reader.zone)
    return LogPage(
        entries=tuple(_entry(row, reader, zone) for row in shown),
        everything=everything,
        zone=reader.zone.replace("_", " "),
        later=before is not None,
        older=shown[-1].id if len(rows) > len(shown) else None,
    )


def _entry(row: LogLine, reader: Account, zone: ZoneInfo) -> EntryRow:
    at = row.at.astimezone(zone)
    return EntryRow(
        at=f"{at.day} {at:%b %Y, %H:%M}",
        who=_who(row, reader),
        what=words(row.action, row.detail),
        whom=row.student or row.account or "",
        classroom=row.classroom or "",
        deck=row.deck or "",
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
