"""From a site's condition to the page that shows it."""

from __future__ import annotations

from dataclasses import Field, fields
from datetime import datetime, timedelta, tzinfo
from typing import Any

from quizapp.domain.language.moments import minute_words
from quizapp.domain.language.translation import _, ngettext
from quizapp.services.site import backups
from quizapp.services.site.condition import Condition
from quizapp.settings import PREFIX, Settings
from quizapp.web.site.overview.pages import BackupRow, Fact, SettingRow, SitePage

SHOWN = 10  # backups
LATE = timedelta(days=2)
LITTLE_ROOM = 500_000_000  # bytes
DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def site_page(found: Condition, settings: Settings, *, now: datetime, zone: tzinfo) -> SitePage:
    """The page, by the clock of this zone."""
    options = fields(Settings)
    changed = [option for option in options if getattr(settings, option.name) != option.default]
    return SitePage(
        facts=tuple(_facts(found, settings)),
        backups=tuple(
            BackupRow(backup.path.name, minute_words(backup.made_at, zone), size_in_words(backup.size))
            for backup in found.backups[:SHOWN]
        ),
        more_backups=max(0, len(found.backups) - SHOWN),
        folder=str(backups.folder_of(settings)),
        rule=_rule(settings),
        late=not found.backups or now - found.backups[0].made_at > LATE,
        changed=tuple(_setting(settings, option) for option in changed),
        usual=tuple(_setting(settings, option) for option in options if option not in changed),
    )


def _facts(found: Condition, settings: Settings) -> list[Fact]:
    is_full = found.free < LITTLE_ROOM
    failed = ", ".join(f"{task} {count}" for task, count in found.failures.items())
    people = ", ".join(f"{role} {count:,}" for role, count in found.accounts.items() if count)
    waiting = _("{count} waiting").format(count=f"{found.waiting_mail:,}")
    return [
        Fact(
            _("Version"),
            _("{version}, tables {revision}").format(version=found.version, revision=found.revision),
        ),
        Fact(_("Database"), f"{DATABASES[found.database]}, {size_in_words(found.database_bytes)}"),
        Fact(
            _("Room on the disk"),
            size_in_words(found.free),
            _("Make room: on a full disk no answer can be stored.") if is_full else "",
        ),
        Fact(_("Accounts"), people or _("none")),
        Fact(_("Answers"), f"{found.answers:,}"),
        Fact(_("Pictures"), f"{found.pictures:,}, {size_in_words(found.picture_bytes)}"),
        Fact(_("Mail"), waiting if settings.smtp_host else _("none is sent")),
        Fact(
            _("Failed behind the pages, in a week"),
            failed or _("nothing"),
            _("The page of accounts says what and why.") if failed else "",
        ),
    ]


def _rule(settings: Settings) -> str:
    """ "7 days, 4 weeks"; "" where none is made by itself."""
    rules = backups.rules_of(settings)
    counts = (
        (rules.daily, ngettext("{count} day", "{count} days", rules.daily)),
        (rules.weekly, ngettext("{count} week", "{count} weeks", rules.weekly)),
        (rules.monthly, ngettext("{count} month", "{count} months", rules.monthly)),
    )
    return ", ".join(words.format(count=count) for count, words in counts if count)


def _setting(settings: Settings, option: Field[Any]) -> SettingRow:
    value = getattr(settings, option.name)
    if option.name == "database_url" and value:
        value = settings.database_place
    elif option.metadata.get("secret") and value:
        value = "…"
    return SettingRow(f"{PREFIX}{option.name.upper()}", str(value), option.metadata["help"].replace("`", ""))


def size_in_words(size: int) -> str:
    """ "3.2 MB"."""
    for unit, bytes_ in (("GB", 10**9), ("MB", 10**6)):
        if size >= bytes_:
            return f"{size / bytes_:.1f} {unit}"
    return f"{size / 1000:.0f} kB"
