"""The whole site copied to another database: every value alike, in both directions."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from quizapp.domain.errors import Conflict
from quizapp.services.site import database_copy
from quizapp.services.site.database_copy import CopyError, copy_site
from quizapp.storage.engine import open_engine
from quizapp.storage.migrating import MigrationError, migrate
from quizapp.storage.site import portable
from tests.conftest import POSTGRES, PostgresDatabases

Everything = Callable[[str], dict[str, list[tuple[Any, ...]]]]


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresDatabases]:
    """An embedded PostgreSQL, whatever the session's database."""
    warnings.simplefilter("default")
    made = PostgresDatabases(tmp_path_factory.mktemp("postgres"))
    yield made
    made.stop()


@pytest.mark.skipif(POSTGRES, reason="it starts a PostgreSQL of its own; once is enough")
@pytest.mark.postgres
def test_from_sqlite_to_postgresql_and_back_every_row_is_alike(
    site: Engine, elsewhere: PostgresDatabases, tmp_path: Path, everything: Everything
) -> None:
    here, there, back = (
        site.url.render_as_string(),
        elsewhere._blank(),
        f"sqlite:///{tmp_path / 'back.sqlite3'}",
    )
    done = copy_site(site, there)
    assert sum(done.values()) > 400
    assert everything(there) == everything(here)
    engine = open_engine(there)
    with engine.begin() as connection:  # numbers go on after those that were copied
        added = text("INSERT INTO fact (key) VALUES ('one more') RETURNING id")
        highest = connection.scalar(text("SELECT max(id) FROM fact"))
        assert connection.scalar(added) == highest + 1
    copy_site(engine, back)
    engine.dispose()
    assert everything(back) == everything(there)


def target(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'target.sqlite3'}"


def test_a_broken_copy_cannot_be_served_and_goes_on(
    site: Engine, tmp_path: Path, everything: Everything, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portable, "AT_ONCE", 7)
    for most in (3, 20, 40):
        told: list[int] = []

        def stop(_table: str, rows: int, told: list[int] = told, most: int = most) -> None:
            told.append(rows)
            if len(told) > most:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            copy_site(site, target(tmp_path), tell=stop)
        with pytest.raises(MigrationError, match="database copy"):
            migrate(target(tmp_path))
    added: list[int] = []
    done = copy_site(site, target(tmp_path), tell=lambda _, rows: added.append(rows))
    assert sum(added) < sum(done.values()), "it went on instead of beginning anew"
    assert everything(target(tmp_path)) == everything(site.url.render_as_string(hide_password=False))


def test_a_source_that_has_changed_since_is_copied_again(
    site: Engine, tmp_path: Path, everything: Everything
) -> None:
    def stop(table: str, _rows: int) -> None:
        if table == "item":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy_site(site, target(tmp_path), tell=stop)
    with site.begin() as connection:
        connection.execute(text("UPDATE account SET zone = 'Europe/Madrid'"))
    copy_site(site, target(tmp_path))
    assert everything(target(tmp_path)) == everything(site.url.render_as_string(hide_password=False))


def test_a_database_with_a_site_or_with_tables_of_others_is_left_alone(site: Engine, tmp_path: Path) -> None:
    copy_site(site, target(tmp_path))
    with pytest.raises(Conflict, match="already has a site"):
        copy_site(site, target(tmp_path))
    foreign = open_engine(f"sqlite:///{tmp_path / 'foreign.sqlite3'}")
    with foreign.begin() as connection:
        connection.execute(text("CREATE TABLE recipe (id INTEGER)"))
    with pytest.raises(Conflict, match="another program"):
        copy_site(site, f"sqlite:///{tmp_path / 'foreign.sqlite3'}")
    with foreign.begin() as connection:
        assert connection.execute(text("SELECT name FROM sqlite_master")).scalars().all() == ["recipe"]
    foreign.dispose()


def test_a_copy_that_differs_is_not_called_one(
    site: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = portable.figures

    def other(connection: Any) -> dict[str, portable.Figures]:
        found = real(connection)
        if "target" in str(connection.engine.url.database):
            found["account"] = portable.Figures(rows=0, digest="")
        return found

    monkeypatch.setattr(database_copy.portable, "figures", other)
    with pytest.raises(CopyError, match="account"):
        copy_site(site, target(tmp_path))
    monkeypatch.undo()
    with pytest.raises(MigrationError, match="database copy"):
        migrate(target(tmp_path))


@pytest.mark.skipif(POSTGRES, reason="it starts a PostgreSQL of its own; once is enough")
@pytest.mark.postgres
def test_what_postgresql_does_not_take_is_told_by_its_table(
    site: Engine, elsewhere: PostgresDatabases
) -> None:
    with site.begin() as connection:
        connection.execute(text("UPDATE deck SET title = 'nul' || char(0) || 'byte' WHERE id = 1"))
    with pytest.raises(portable.Unfit, match="“deck”"):
        copy_site(site, elsewhere._blank())
