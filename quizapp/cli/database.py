"""The command line's database: settings from the environment, migrated, one transaction a command."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click
from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.orm import Session

from quizapp.configuration import load_settings
from quizapp.settings import Settings, SettingsError
from quizapp.storage.engine import open_engine, snapshot
from quizapp.storage.migrating import migrate
from quizapp.storage.private import keep_folder
from quizapp.storage.site import wholeness
from quizapp.storage.site.presence import alone


def read_settings() -> Settings:
    """Settings from the environment, with the data folder made."""
    settings = load_settings(os.environ)
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        keep_folder(settings.data_dir)
    except OSError as error:
        raise SettingsError(
            f"The data folder {settings.data_dir} can't be created: {error.strerror}. "
            "Make it writable, or name another with QUIZAPP_DATA_DIR."
        ) from None
    return settings


@contextmanager
def database(settings: Settings | None = None, *, reading: bool = False) -> Iterator[Session]:
    """A session on the migrated database: committed at the end, rolled back on any error.

    reading: it only looks, at one moment's state, and holds no one up.
    """
    with opened(settings) as engine:
        bind = engine.execution_options(**snapshot(engine)) if reading else engine
        with Session(bind, expire_on_commit=False, autoflush=False) as session, session.begin():
            yield session


@contextmanager
def opened(settings: Settings | None = None) -> Iterator[Engine]:
    """The migrated database, for work in several transactions."""
    settings = settings or read_settings()
    refuse_half(settings)
    try:
        migrate(settings.sqlalchemy_url)
        engine = open_engine(settings.sqlalchemy_url)
        try:
            if wholeness.is_marked(engine):  # a server runs, or was killed: then the log is folded in now
                with alone(settings.data_dir) as nobody_serves:
                    if nobody_serves:
                        wholeness.unmark(engine)
            yield engine
        finally:
            engine.dispose()
    except DatabaseError as error:
        if type(error) not in {OperationalError, DatabaseError}:
            raise  # a fault of the program, not of the database
        raise click.ClickException(
            f"The database at {settings.database_place} can't be opened: {error.orig}. Nothing was changed. "
            f"{_advice(str(error.orig))}"
        ) from None


def _advice(reason: str) -> str:
    """What to do about a database that cannot be opened."""
    if "malformed" in reason or "not a database" in reason:
        return (
            "The file is damaged. Bring back the newest backup with `quizapp restore FILE --replace`; what "
            "is there now is kept beside it."
        )
    if "locked" in reason:
        return "Another program holds it. Stop that, and try again."
    return (
        "Check that it can be reached and written to, that its disk has room, and that no other program "
        "holds it."
    )


def refuse_half(settings: Settings) -> None:
    """Before anything opens a file that is not all of its database."""
    file = settings.sqlite_file
    if file is not None and wholeness.is_half(file):
        raise click.ClickException(f"{wholeness.words(file)} Nothing was changed.")


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)
