"""How the database is opened: SQLite made durable and fair to many writers, PostgreSQL as it comes.

SQLite: WAL with synchronous=FULL (no acknowledged answer is lost at a power cut), foreign keys on,
deleted text wiped from the file, and every transaction begun by us: IMMEDIATE where it will write
(read-then-write under a plain BEGIN fails or loses updates), plain BEGIN where it only reads.
"""

from __future__ import annotations

import importlib
import sqlite3
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

from quizapp.storage.private import keep_file

BUSY_TIMEOUT_MS = 15_000  # that a command waits for another writer
PERSONS_PATIENCE_MS = 10_000  # that a request does, before it says that the server is busy
READ = {"sqlite_begin": "BEGIN"}
FIRST_PAUSE, LONGEST_PAUSE = 0.001, 0.05  # seconds between two tries to become the writer

Wait = AbstractContextManager[Any]

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA trusted_schema=OFF",
    f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}",
    "PRAGMA journal_size_limit=67108864",
    "PRAGMA cache_size=-16000",
)


def sqlite_driver() -> ModuleType:
    """The newer of Python's SQLite and the one that `pysqlite3` brings (see `has_wal_reset_bug`)."""
    try:
        bundled: ModuleType = importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        return sqlite3
    return bundled if bundled.sqlite_version_info > sqlite3.sqlite_version_info else sqlite3


def has_wal_reset_bug(version: tuple[int, ...]) -> bool:
    """Whether this SQLite can, rarely, corrupt a WAL database (https://sqlite.org/wal.html#walresetbug)."""
    fixed = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    return version >= (3, 7, 0) and not fixed


def engine_options(url: str, *, most: int | None = None) -> dict[str, Any]:
    """Arguments for `create_engine`, also when Flask-SQLAlchemy calls it. most: for requests, so many
    connections at once where they cost nothing but a file."""
    options: dict[str, Any] = {"hide_parameters": True}  # they hold answers, and errors are logged
    if url.startswith("sqlite"):
        connecting = {"timeout": BUSY_TIMEOUT_MS / 1000}
        options |= {"module": sqlite_driver(), "connect_args": connecting}
        return options if most is None else options | {"max_overflow": most}
    if most is not None:
        options["connect_args"] = {"options": f"-c lock_timeout={PERSONS_PATIENCE_MS}"}
    return options | {"pool_pre_ping": True}


def prepare(engine: Engine, *, foreign_keys: bool = True, wait: Callable[[], Wait] = nullcontext) -> Engine:
    """Attach the events that open and begin SQLite connections as described above. wait: what lasts while
    another writer is waited for, which is then for no longer than a person likes to."""
    if engine.dialect.name != "sqlite":
        return engine
    if engine.url.database and engine.url.database != ":memory:":
        keep_file(Path(engine.url.database))

    @event.listens_for(engine, "connect")
    def open_connection(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(pragma)
        if wait is not nullcontext:
            cursor.execute(f"PRAGMA busy_timeout={PERSONS_PATIENCE_MS}")
        if not foreign_keys:
            cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        how = connection.get_execution_options().get("sqlite_begin", "BEGIN IMMEDIATE")
        if how == "BEGIN IMMEDIATE" and wait is not nullcontext:
            _become_writer(connection, wait)
        else:
            connection.exec_driver_sql(how)

    return engine


def snapshot(engine: Engine) -> dict[str, Any]:
    """Options with which a transaction sees one moment's state and locks nothing."""
    return dict(READ) if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}


def _become_writer(connection: Connection, wait: Callable[[], Wait]) -> None:
    """BEGIN IMMEDIATE with the pauses of SQLite's own busy handler, but with `wait` around each of them."""
    driver: Any = connection.connection.driver_connection
    (patience,) = driver.execute("PRAGMA busy_timeout").fetchone()
    driver.execute("PRAGMA busy_timeout=0")
    end, pause = time.monotonic() + patience / 1000, FIRST_PAUSE
    try:
        while not _is_writer(driver) and time.monotonic() < end:
            with wait():
                time.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
        if not driver.in_transaction:  # once more, for the error as SQLAlchemy tells it
            connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        driver.execute(f"PRAGMA busy_timeout={patience}")


def _is_writer(driver: Any) -> bool:
    with suppress(sqlite_driver().OperationalError):
        driver.execute("BEGIN IMMEDIATE")
    return bool(driver.in_transaction)


def forget_deleted(engine: Engine) -> None:
    """Take what has been deleted out of SQLite's log too (`secure_delete` wipes it from the file)."""
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()  # a checkpoint cannot run inside a transaction
    try:
        connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
    finally:
        connection.close()


def write_copy(engine: Engine, target: Path) -> None:
    """Write SQLite's database, as it is at one moment, to a new file that only we may read; others go on
    reading and writing in the meantime."""
    keep_file(target)  # VACUUM INTO fills an empty file
    connection = engine.raw_connection()  # it cannot run inside a transaction
    try:
        connection.driver_connection.execute("VACUUM INTO ?", (str(target),))  # type: ignore[union-attr]
    finally:
        connection.close()
    with closing(sqlite_driver().connect(target)) as copy:
        copy.execute("PRAGMA user_version = 0")  # it is whole by itself (site/wholeness.py)


def open_engine(url: str, *, foreign_keys: bool = True) -> Engine:
    """An engine outside the web process (command line, migrations, tests)."""
    return prepare(create_engine(url, **engine_options(url)), foreign_keys=foreign_keys)
