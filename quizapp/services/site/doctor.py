"""Whether a site is in order, line by line: what was looked at, how it stands, and what to do."""

from __future__ import annotations

import os
import shutil
import socket
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from importlib.util import find_spec
from smtplib import SMTPException
from typing import Literal
from urllib.parse import urlsplit

from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.exc import SQLAlchemyError

from quizapp import __version__
from quizapp.domain.language.moments import day_words, minute_words
from quizapp.secret_key import LENGTH
from quizapp.services.accounts.mail_delivery import TIMEOUT, Mail, send
from quizapp.services.accounts.provider import MOST_BYTES, SECONDS, Provider, Unreachable
from quizapp.services.site import backups
from quizapp.services.sources import retrieval
from quizapp.settings import CONFIGURATION, Settings
from quizapp.storage.accounts.tables import Account
from quizapp.storage.audit.tables import BackgroundFailure, DailyRun
from quizapp.storage.engine import READ, has_wal_reset_bug, open_engine, sqlite_driver
from quizapp.storage.migrating import FILLING, current_revision, newest_revision
from quizapp.storage.site import wholeness
from quizapp.storage.site.presence import is_served

LITTLE_ROOM = 500_000_000  # bytes
BUILT = datetime(2026, 1, 1, tzinfo=UTC)  # no clock that is right is before this
SECRETS = ("secret_key", CONFIGURATION, "quizapp.sqlite3")
LATE = timedelta(days=2)

State = Literal["ok", "warn", "fail"]


@dataclass(frozen=True)
class Finding:
    """A line: what was looked at, how it stands, and in words how so and what to do."""

    state: State
    about: str
    words: str


Look = Callable[[Settings, datetime], Iterator[Finding]]


def examine(settings: Settings, *, now: datetime) -> Iterator[Finding]:
    """Everything that can be looked at without changing anything."""
    yield Finding("ok", "version", f"Quizapp {__version__}")
    looks: tuple[Look, ...] = (_data_folder, _modes, _key, _sqlite, _disk, _clock, _database)
    looks += (_address, _mail, _provider, _extras, _backups, _serving)
    for look in looks:
        yield from look(settings, now)


def _data_folder(settings: Settings, _now: datetime) -> Iterator[Finding]:
    folder = settings.data_dir
    if not folder.is_dir():
        yield Finding("fail", "data folder", f"{folder} doesn't exist. Start the server once to create it.")
    elif not os.access(folder, os.W_OK | os.X_OK):
        yield Finding(
            "fail", "data folder", f"{folder} can't be written to. Make the server's account its owner."
        )
    else:
        yield Finding("ok", "data folder", str(folder))


def _modes(settings: Settings, _now: datetime) -> Iterator[Finding]:
    paths = [settings.data_dir, *(settings.data_dir / name for name in SECRETS)]
    paths += [backup.path for backup in backups.listed(settings)]
    open_ones = [path for path in paths if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077]
    if open_ones:
        names = " ".join(map(str, open_ones))
        words = f"other users of this machine can read: {names}. chmod go= {names}"
        yield Finding("warn", "file modes", words)
    else:
        yield Finding("ok", "file modes", "only the server's account can read the data")


def _key(settings: Settings, _now: datetime) -> Iterator[Finding]:
    path = settings.data_dir / "secret_key"
    if not path.exists():
        yield Finding(
            "warn",
            "key",
            "none yet. Starting the server creates one; for an existing site, restore the old one.",
        )
    elif path.stat().st_size < LENGTH:
        yield Finding("fail", "key", f"{path} is damaged. Restore it from a backup, or delete it.")
    else:
        yield Finding("ok", "key", "whole")


def _sqlite(settings: Settings, _now: datetime) -> Iterator[Finding]:
    version = sqlite_driver().sqlite_version_info
    name = f"library {'.'.join(map(str, version))}"
    if not has_wal_reset_bug(version):
        yield Finding("ok", "SQLite", name)
    elif settings.database_url:
        yield Finding("ok", "SQLite", f"{name}; old, but the site is on another database")
    else:
        words = f"{name} can, rarely, damage a database. pip install 'pysqlite3>=0.6.1'"
        yield Finding("warn", "SQLite", words)


def _disk(settings: Settings, _now: datetime) -> Iterator[Finding]:
    folders = {folder for folder in (settings.data_dir, backups.folder_of(settings)) if folder.is_dir()}
    for folder in sorted(folders):
        usage = shutil.disk_usage(folder)
        words = f"{usage.free / 1e9:.1f} GB free at {folder}"
        if usage.free < LITTLE_ROOM or usage.free < usage.total * 0.02:
            yield Finding(
                "warn", "disk", f"{words}. Make room: when the disk is full, no answer can be saved."
            )
        else:
            yield Finding("ok", "disk", words)


def _clock(_settings: Settings, now: datetime) -> Iterator[Finding]:
    if now < BUILT:
        yield Finding(
            "fail", "clock", f"it says {now:%Y-%m-%d %H:%M} UTC, which is in the past. Set it (NTP)."
        )
    else:
        yield Finding("ok", "clock", f"{now:%Y-%m-%d %H:%M} UTC; this machine's zone is {time.tzname[0]}")


def _database(settings: Settings, now: datetime) -> Iterator[Finding]:
    if not settings.database_url and not (settings.data_dir / "quizapp.sqlite3").exists():
        yield Finding("warn", "database", "none yet. Starting the server creates it.")
        return
    if settings.sqlite_file is not None and wholeness.is_half(settings.sqlite_file):
        yield Finding("fail", "database", wholeness.words(settings.sqlite_file))
        return
    try:
        engine = open_engine(settings.sqlalchemy_url)
        try:
            yield from _opened(engine, settings, now)
        finally:
            engine.dispose()
    except (SQLAlchemyError, ImportError) as error:
        reason = " ".join(str(getattr(error, "orig", None) or error).split()).rstrip(".?")
        words = f"{settings.database_place}: {reason}. Check the address, or restore a backup."
        yield Finding("fail", "database", words)


def _opened(engine: Engine, settings: Settings, now: datetime) -> Iterator[Finding]:
    with engine.execution_options(**READ).connect() as connection:
        yield Finding("ok", "database", f"{engine.dialect.name} at {settings.database_place}")
        found, newest = current_revision(connection), newest_revision()
        if found == FILLING:
            yield Finding(
                "fail", "migrations", "copying into it wasn't finished: run `quizapp database copy` again"
            )
            return
        if found != newest:
            words = f"the database is at {found}, the program at {newest}. Starting the server updates it."
            yield Finding("warn", "migrations", words)
            return
        yield Finding("ok", "migrations", f"at {found}, the newest")
        yield from _integrity(connection)
        yield from _upkeep(connection, now)


def _integrity(connection: Connection) -> Iterator[Finding]:
    if connection.dialect.name == "sqlite":
        broken = connection.execute(text("PRAGMA integrity_check(3)")).scalars().all()
        orphans = connection.execute(text("PRAGMA foreign_key_check")).fetchmany(1)
        if broken != ["ok"] or orphans:
            what = broken[0] if broken != ["ok"] else f"a row without its parent in {orphans[0][0]}"
            yield Finding("fail", "integrity", f"{what}. Stop the server and restore the newest backup.")
            return
    accounts = connection.scalar(select(func.count()).select_from(Account)) or 0
    yield Finding("ok", "integrity", f"{accounts:,} accounts, guests included")


def _upkeep(connection: Connection, now: datetime) -> Iterator[Finding]:
    last = connection.scalar(select(func.max(DailyRun.day)).where(DailyRun.task == "retaining"))
    failures = connection.scalar(
        select(func.count()).select_from(BackgroundFailure).where(BackgroundFailure.at > now - LATE)
    )
    if failures:
        words = f"{failures} failures in two days. Admins see them on the Accounts page; the log has details."
        yield Finding("warn", "upkeep", words)
    elif last is not None and last < now.toordinal() - LATE.days:
        words = f"last on {day_words(date.fromordinal(last))}. It runs while the server does."
        yield Finding("warn", "upkeep", words)
    else:
        yield Finding("ok", "upkeep", "nothing failed lately")


def _address(settings: Settings, _now: datetime) -> Iterator[Finding]:
    is_secure = urlsplit(settings.site_url).scheme == "https"
    if not settings.site_url:
        words = "QUIZAPP_SITE_URL is not set: the site answers to any name. Set it to the address people use."
        yield Finding("warn", "address", words)
    elif is_secure and not settings.secure_cookies:
        words = "the site is at https, but cookies may be sent without it. Set QUIZAPP_SECURE_COOKIES=1."
        yield Finding("fail", "address", words)
    elif settings.secure_cookies and not is_secure:
        words = "QUIZAPP_SECURE_COOKIES is set, but the address isn't https: no one could stay signed in."
        yield Finding("fail", "address", words)
    else:
        yield Finding("ok", "address", settings.site_url)
    is_local = settings.host in {"127.0.0.1", "::1", "localhost"}
    if is_secure and not settings.behind_proxy:
        words = (
            "https needs a proxy in front. Set QUIZAPP_BEHIND_PROXY=1, or everyone seems to be one person."
        )
        yield Finding("warn", "proxy", words)
    elif settings.behind_proxy and not is_local:
        words = (
            f"trusted, but {settings.host} can be reached without it. Make sure that only the proxy can "
            f"reach that port."
        )
        yield Finding("warn", "proxy", words)
    else:
        yield Finding("ok", "proxy", "trusted" if settings.behind_proxy else "none")


def _mail(settings: Settings, _now: datetime) -> Iterator[Finding]:
    if not settings.smtp_host:
        yield Finding("ok", "mail", "the site sends none (QUIZAPP_SMTP_HOST)")
        return
    where = f"{settings.smtp_host}, port {settings.smtp_port}"
    try:
        socket.create_connection((settings.smtp_host, settings.smtp_port), timeout=TIMEOUT).close()
    except OSError as error:
        yield Finding("fail", "mail", f"{where} doesn't respond: {error}. Check QUIZAPP_SMTP_HOST and _PORT.")
        return
    if settings.smtp_security == "none" and settings.smtp_password:
        words = f"the password goes to {where} unencrypted. Set QUIZAPP_SMTP_SECURITY=starttls."
        yield Finding("warn", "mail", words)
    else:
        yield Finding("ok", "mail", f"{where} answers; --mail ADDRESS sends a test")


def _provider(settings: Settings, _now: datetime) -> Iterator[Finding]:
    if not settings.oidc_issuer:
        yield Finding("ok", "sign-in provider", "none (QUIZAPP_OIDC_ISSUER)")
        return
    guard = replace(retrieval.ANYWHERE, seconds=SECONDS)
    provider = Provider(settings, partial(retrieval.send, guard=guard, most=MOST_BYTES))
    try:
        provider.keys()
    except Unreachable as error:
        words = f"{settings.oidc_issuer} can't be used: {error}. Check QUIZAPP_OIDC_ISSUER."
        yield Finding("fail", "sign-in provider", words)
        return
    yield Finding("ok", "sign-in provider", f"{settings.oidc_issuer} answers, with its keys")


def _extras(settings: Settings, _now: datetime) -> Iterator[Finding]:
    extras = {"postgres": "psycopg", "language": "spacy", "fit": "scipy"}
    found = [name for name, module in extras.items() if find_spec(module) is not None]
    if settings.database_url.startswith("postgres") and "postgres" not in found:
        yield Finding("fail", "extras", "PostgreSQL needs `pip install 'quizapp[postgres]'`")
    else:
        yield Finding("ok", "extras", ", ".join(found) or "none installed")


def _backups(settings: Settings, now: datetime) -> Iterator[Finding]:
    made = backups.listed(settings)
    where = backups.folder_of(settings)
    if not made:
        words = f"none in {where}. The server makes one a day; `quizapp backup` makes one now."
        yield Finding("warn", "backups", words)
    elif now - made[0].made_at > LATE:
        words = f"the newest in {where} is of {day_words(made[0].made_at)}. Make one with `quizapp backup`."
        yield Finding("warn", "backups", words)
    else:
        newest = f"the newest of {minute_words(made[0].made_at)} UTC"
        yield Finding("ok", "backups", f"{len(made)} in {where}, {newest}; keep copies elsewhere too")


def _serving(settings: Settings, _now: datetime) -> Iterator[Finding]:
    yield Finding("ok", "server", "runs" if is_served(settings.data_dir) else "isn't running now")


def send_test_mail(settings: Settings, address: str) -> Finding:
    """Whether the mail server takes a mail to this address."""
    mail = Mail(
        address, "A test", "This is a test mail from `quizapp doctor`. If you can read it, mail works."
    )
    try:
        send(settings, mail)
    except (OSError, SMTPException, ValueError) as error:
        return Finding("fail", "test mail", f"not accepted: {error}. Check the QUIZAPP_SMTP_… settings.")
    return Finding("ok", "test mail", f"accepted by the mail server; check that it arrives at {address}")
