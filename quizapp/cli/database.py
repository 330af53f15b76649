"""The command line's database: settings from the environment, migrated, one transaction a command."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from quizapp.settings import Settings, load_settings
from quizapp.storage.engine import open_engine
from quizapp.storage.migrating import migrate


def read_settings() -> Settings:
    """Settings from the environment, with the data folder made."""
    settings = load_settings(os.environ)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return settings


@contextmanager
def database(settings: Settings | None = None) -> Iterator[Session]:
    """A session on the migrated database: committed at the end, rolled back on any error."""
    url = (settings or read_settings()).sqlalchemy_url
    migrate(url)
    engine = open_engine(url)
    try:
        with Session(engine, expire_on_commit=False, autoflush=False) as session, session.begin():
            yield session
    finally:
        engine.dispose()


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)
