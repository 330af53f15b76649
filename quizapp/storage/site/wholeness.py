"""Whether SQLite's file is all of the database, or was copied from under a server without the log beside it.

While a server runs, the newest rows are in `…-wal`. A copy of the file alone opens without complaint, as
it was hours ago. So a served file carries a mark (its `user_version`), which goes when the server has ended
and the log has been folded in: a file with the mark and without a log has lost something.

A process that has the database open must never open its file in any other way: when that is closed, the
system takes back every lock that the process has on the file (https://sqlite.org/howtocorrupt.html, 2.2), and
the next program that leaves removes the log from under the server. So `is_half` and `has_mark` are for
before and after, and a server asks SQLite.
"""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from quizapp.storage.engine import sqlite_driver

MARK = 1
_AT, _BYTES = 60, 4  # of the mark in the file's head (https://sqlite.org/fileformat2.html)


def is_half(database: Path) -> bool:
    """Whether the log is missing. Looks at the files only: opening a database makes it one."""
    if not database.is_file() or database.with_name(f"{database.name}-wal").exists():
        return False
    return has_mark(database)


def has_mark(database: Path) -> bool:
    """Whether the mark is in the file itself."""
    with database.open("rb") as file:
        file.seek(_AT)
        return int.from_bytes(file.read(_BYTES), "big") == MARK


def words(database: Path) -> str:
    """What a file that is half says, and what to do."""
    log = database.with_name(f"{database.name}-wal")
    return (
        f"{database} was copied while a server ran on it, and without {log.name}, in which the newest "
        "answers stand. Copy both files, or better use `quizapp backup` and `quizapp restore`. If that file "
        f"is lost for good, make an empty one of its name ({log}): then the site goes on as it was before "
        "those answers."
    )


def is_marked(engine: Engine) -> bool:
    """Whether a server runs on the database, or ended without folding the log in."""
    if engine.dialect.name != "sqlite":
        return False
    with closing(engine.raw_connection()) as connection:
        return bool(connection.cursor().execute("PRAGMA user_version").fetchone() == (MARK,))


def mark(engine: Engine) -> bool:
    """Mark the file of a database that is now served; whether the mark has come into the file. If not, try
    again: this waits for no writer and no reader. The connection goes back to its pool, so the log stays."""
    if engine.dialect.name != "sqlite":
        return True
    with suppress(sqlite_driver().OperationalError):  # someone writes just now
        _set(engine, MARK)
        busy, pages, folded_in = _run(engine, "PRAGMA wal_checkpoint(PASSIVE)")
        return not busy and pages == folded_in
    return False


def unmark(engine: Engine) -> None:
    """The log will be folded in when the last connection closes."""
    _set(engine, 0)


def _set(engine: Engine, wanted: int) -> None:
    if is_marked(engine) != bool(wanted):
        _run(engine, f"PRAGMA user_version = {wanted}")


def _run(engine: Engine, statement: str) -> Any:
    with closing(engine.raw_connection()) as connection:  # outside of transactions
        return connection.cursor().execute(statement).fetchone()
