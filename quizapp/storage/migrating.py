"""Bringing a database to the version this program knows: whole or not at all.

On SQLite foreign keys are off while tables are rebuilt (else a rebuilt parent deletes its children)
and checked at the end; the file is copied first. One process migrates, others wait.
"""

from __future__ import annotations

import glob
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, make_url, text

from quizapp.domain.errors import QuizappError
from quizapp.storage.engine import READ, open_engine, write_copy

MIGRATIONS = Path(__file__).parent / "migrations"
COPIES_KEPT = timedelta(days=30)
FILLING = "filling"  # the revision of a database that `quizapp database copy` has not ended with
LOCK = 7_233_196_240  # PostgreSQL's advisory lock of our own


class MigrationError(QuizappError):
    """The database cannot be brought to this version; the message says what to do."""


def configuration() -> Config:
    """Alembic's configuration; the scripts are part of the package."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def newest_revision() -> str:
    """The revision this program's tables correspond to."""
    head = ScriptDirectory.from_config(configuration()).get_current_head()
    assert head is not None
    return head


def current_revision(connection: Connection) -> str | None:
    """The revision of a database; None when it is new."""
    return MigrationContext.configure(connection).get_current_revision()


def is_filling(connection: Connection) -> bool:
    """Whether a copy into this database has begun and not ended."""
    return current_revision(connection) == FILLING


def migrate(url: str) -> bool:
    """Bring the database at `url` to the newest revision. True if anything was done.

    Raises MigrationError when the database is newer than the program or is left inconsistent
    (nothing has been changed then).
    """
    engine = open_engine(url, foreign_keys=False)
    try:
        with engine.execution_options(**READ).connect() as looking:  # in no writer's way
            if current_revision(looking) == newest_revision():
                return False
        with _exclusive(engine) as connection:
            before = current_revision(connection)
            if before == newest_revision():
                return False
            refuse_newer(before)
            if before and engine.dialect.name == "sqlite":
                _copy(engine, before)
            config = configuration()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            _check(connection)
            return True
    finally:
        engine.dispose()


@contextmanager
def _exclusive(engine: Engine) -> Iterator[Connection]:
    """One transaction that no other process migrates beside (SQLite: BEGIN IMMEDIATE)."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        yield connection


def refuse_newer(revision: str | None) -> None:
    if revision is None:
        return
    if revision == FILLING:
        raise MigrationError(
            "A copy into this database has not ended. Run `quizapp database copy` again: it goes on."
        )
    try:
        ScriptDirectory.from_config(configuration()).get_revision(revision)
    except CommandError:
        raise MigrationError(
            f"The database was written by a newer version of Quizapp (revision {revision}). "
            "Nothing was changed. Install that version again, or start with another QUIZAPP_DATA_DIR."
        ) from None


def _copy(engine: Engine, revision: str) -> None:
    """A copy of the file beside it, taken before anything changes; the newest copy per revision stays."""
    database = engine.url.database
    if not database or database == ":memory:":
        return
    target = Path(database).with_name(f"{Path(database).stem}-before-{revision}.sqlite3")
    partial = target.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    write_copy(engine, partial)  # it reads beside the waiting transaction
    partial.replace(target)


def copies(url: str) -> list[Path]:
    """The copies made before migrations of the database at `url`."""
    found = make_url(url)
    if found.get_backend_name() != "sqlite" or not found.database or found.database == ":memory:":
        return []
    path = Path(found.database)
    return sorted(path.parent.glob(f"{glob.escape(path.stem)}-before-*.sqlite3"))


def copy_goes(copy: Path) -> datetime:
    """When a copy is removed: anyone who is erased is in no copy after that."""
    return datetime.fromtimestamp(copy.stat().st_mtime, UTC) + COPIES_KEPT


def drop_copies(url: str) -> None:
    """Remove all copies: someone who is erased is in them."""
    for copy in copies(url):
        copy.unlink(missing_ok=True)


def drop_old_copies(url: str, *, now: datetime) -> int:
    """Remove the copies that are due; how many."""
    due = [copy for copy in copies(url) if copy_goes(copy) <= now]
    for copy in due:
        copy.unlink(missing_ok=True)
    return len(due)


def _check(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.execute(text("PRAGMA foreign_key_check")).fetchmany(5)
    if broken:
        raise MigrationError(
            f"The migration would leave rows without their parent ({broken}). "
            "Nothing was changed; please report this."
        )
