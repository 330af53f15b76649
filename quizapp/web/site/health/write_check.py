"""Whether the site could store an answer right now: everything that has to be written is, and taken back."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from quizapp.storage.migrating import current_revision, newest_revision

PROBE = 1 << 16  # bytes that must fit on the disk; SQLite keeps a small write in memory until it is committed
DISK_FULL = {"SQLITE_FULL", "53100"}
READ_ONLY = {"SQLITE_READONLY", "25006"}


def trouble(engine: Engine, data_dir: Path) -> str:
    """Why nothing can be stored, in a few words; "" where it can."""
    try:
        with engine.connect() as connection:
            if current_revision(connection) != newest_revision():
                return "the database has another version than the program"
            _write(connection)
    except SQLAlchemyError as error:
        return _reason(error)
    place = Path(engine.url.database or "") if engine.dialect.name == "sqlite" else None
    folders = {data_dir} | ({place.parent} if place is not None and place.is_file() else set())
    return next(filter(None, map(_file_trouble, sorted(folders))), "")


def _write(connection: Connection) -> None:
    savepoint = connection.begin_nested()
    connection.execute(text("UPDATE alembic_version SET version_num = version_num"))
    savepoint.rollback()
    connection.rollback()


def _reason(error: SQLAlchemyError) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else None
    state = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None) or ""
    if state in DISK_FULL or "disk is full" in str(cause):
        return "the disk is full"
    if state in READ_ONLY or state.startswith("SQLITE_READONLY") or "readonly" in str(cause):
        return "the database is read-only"
    return "the database cannot be written" if state else "the database does not answer"


def _file_trouble(folder: Path) -> str:
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"\0" * PROBE)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return f"the data folder cannot be written: {error.strerror}"
    return ""
