"""A site that people have used, and empty places for what comes back of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from quizapp.settings import Settings
from quizapp.storage.engine import open_engine
from quizapp.storage.migrating import migrate
from quizapp.storage.site import portable
from tests.conftest import Databases, copied, fresh, opened_app
from tests.house import furnish


@pytest.fixture(scope="module")
def used(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database in which a house full of people has worked; made once, and copied for each test."""
    with fresh(databases, "questions") as url:
        engine = open_engine(url)
        made = Settings(data_dir=tmp_path_factory.mktemp("used"), database_url=url)
        with opened_app(made) as app, Session(engine, expire_on_commit=False, autoflush=False) as session:
            furnish(app, session)
        engine.dispose()
        yield url


@pytest.fixture
def database_url(databases: Databases, used: str) -> Iterator[str]:
    with copied(databases, used) as url:
        yield url


@pytest.fixture
def site(engine: Engine, settings: Settings) -> Engine:
    """The database of the house, with all its people, and its data folder."""
    settings.data_dir.mkdir()
    return engine


@pytest.fixture
def empty_site(tmp_path: Path) -> Settings:
    """A data folder of its own on SQLite, with nothing in it."""
    (tmp_path / "elsewhere").mkdir()
    return Settings(data_dir=tmp_path / "elsewhere")


@pytest.fixture
def other_database(databases: Databases) -> Iterator[str]:
    """A migrated database beside the test's own."""
    with fresh(databases, "empty") as url:
        yield url


@pytest.fixture
def everything() -> Callable[[str], dict[str, list[tuple[Any, ...]]]]:
    """Every row of every table of the database at an address."""

    def read(url: str) -> dict[str, list[tuple[Any, ...]]]:
        migrate(url)
        engine = open_engine(url)
        with engine.connect() as connection:
            found = {
                table.name: sorted((tuple(row) for row in portable.rows(connection, table)), key=repr)
                for table in portable.plain_tables()
            }
        engine.dispose()
        return found

    return read
