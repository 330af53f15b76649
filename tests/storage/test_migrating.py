"""Migrations: they build the models' tables, keep every row, and happen wholly or not at all."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from quizapp.storage import migrating
from quizapp.storage.engine import open_engine
from quizapp.storage.migrating import (
    MigrationError,
    configuration,
    current_revision,
    migrate,
    newest_revision,
)
from quizapp.storage.tables import Base
from tests import factories
from tests.processes import at_once

NEXT = "9001"
LOSE_NOTHING = """
    with op.batch_alter_table("account") as batch:
        batch.add_column(sa.Column("motto", sa.Text(), nullable=True))
        batch.alter_column("zone", type_=sa.String(length=120))
    with op.batch_alter_table("item") as batch:
        batch.add_column(sa.Column("motto", sa.Text(), nullable=True))
"""
FAIL_HALFWAY = """
    op.create_table("half", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("UPDATE account SET zone = 'Mars'")
    op.execute("UPDATE nowhere SET nothing = 1")
"""


@pytest.fixture
def blank_url(databases: Any) -> Iterator[str]:
    """A database without any table."""
    url = databases._blank()
    yield url
    if hasattr(databases, "drop"):
        databases.drop(url)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'quizapp.sqlite3'}"
    migrate(url)
    return url


@pytest.fixture
def add_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts one more migration, with this upgrade, behind the newest."""

    def add(upgrade: str, downgrade: str = "    pass\n") -> None:
        newest = newest_revision()
        folder = tmp_path / "migrations"
        shutil.copytree(migrating.MIGRATIONS, folder)
        (folder / "versions" / f"{NEXT}_more.py").write_text(
            "import sqlalchemy as sa\nfrom alembic import op\n"
            f"revision = '{NEXT}'\ndown_revision = '{newest}'\nbranch_labels = depends_on = None\n"
            f"def upgrade():\n{upgrade}\ndef downgrade():\n{downgrade}\n"
        )
        monkeypatch.setattr(migrating, "MIGRATIONS", folder)

    return add


def fill(url: str) -> None:
    """A learner with answers: rows in parents and in children."""
    engine = open_engine(url)
    with Session(engine, expire_on_commit=False, autoflush=False) as session, session.begin():
        learner = factories.add_learner(session)
        contents = [factories.choice(1), factories.flip(2), factories.choices(3)]
        for item in factories.studied_deck(session, learner, contents):
            factories.answer(session, learner, item)
    engine.dispose()


def rows_of(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table by the columns the models know."""
    return {
        table.name: [
            dict(row)
            for row in connection.execute(table.select().order_by(*table.primary_key)).mappings().all()
        ]
        for table in Base.metadata.sorted_tables
    }


def reading(url: str, read: Callable[[Connection], Any]) -> Any:
    engine = open_engine(url)
    try:
        with engine.connect() as connection:
            return read(connection)
    finally:
        engine.dispose()


# --- the tables ------------------------------------------------------------------------------------


def table_names(connection: Connection) -> list[str]:
    return sorted(inspect(connection).get_table_names())


def test_migrations_build_just_the_tables_of_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        assert set(table_names(connection)) == {*Base.metadata.tables, "alembic_version"}


def test_migrations_build_the_checks_of_the_models(engine: Engine) -> None:
    """Alembic does not compare them."""
    with engine.connect() as connection:
        inspector = inspect(connection)
        for table in Base.metadata.sorted_tables:
            wanted = {
                str(check.name) for check in table.constraints if type(check).__name__ == "CheckConstraint"
            }
            found = {str(check["name"]) for check in inspector.get_check_constraints(table.name)}
            assert found == wanted, table.name


def test_a_new_database_is_migrated_once(blank_url: str) -> None:
    assert migrate(blank_url) is True
    assert reading(blank_url, current_revision) == newest_revision()
    assert migrate(blank_url) is False


def test_down_and_up_again_ends_in_the_same_tables(database_url: str) -> None:
    def run(step: Callable[[Any, str], None], target: str) -> None:
        engine = open_engine(database_url, foreign_keys=False)
        with engine.begin() as connection:
            config = configuration()
            config.attributes["connection"] = connection
            step(config, target)
        engine.dispose()

    run(command.downgrade, "base")
    assert reading(database_url, table_names) == ["alembic_version"]
    run(command.upgrade, "head")

    def differences(connection: Connection) -> list[Any]:
        return compare_metadata(MigrationContext.configure(connection), Base.metadata)

    assert reading(database_url, differences) == []
    fill(database_url)


# --- rows ------------------------------------------------------------------------------------------


def test_rebuilding_parents_keeps_every_child(database_url: str, add_revision: Callable[[str], None]) -> None:
    """With foreign keys on, SQLite would delete the children of a rebuilt table."""
    fill(database_url)
    before = reading(database_url, rows_of)
    assert min(len(before[name]) for name in ("review", "card", "study_deck", "item_version")) > 0

    add_revision(LOSE_NOTHING)
    assert migrate(database_url) is True

    assert reading(database_url, rows_of) == before
    assert reading(database_url, current_revision) == NEXT


def test_a_failing_migration_leaves_everything_as_it_was(
    database_url: str, add_revision: Callable[[str], None]
) -> None:
    fill(database_url)
    before, revision = reading(database_url, rows_of), newest_revision()
    tables = reading(database_url, table_names)
    add_revision(FAIL_HALFWAY)

    with pytest.raises((OperationalError, ProgrammingError)):
        migrate(database_url)

    assert reading(database_url, rows_of) == before
    assert reading(database_url, current_revision) == revision
    assert reading(database_url, table_names) == tables


def test_a_migration_that_orphans_rows_is_taken_back(
    sqlite_url: str, add_revision: Callable[[str], None]
) -> None:
    fill(sqlite_url)
    before = reading(sqlite_url, rows_of)
    add_revision("    op.execute('DELETE FROM item')")

    with pytest.raises(MigrationError, match="without their parent"):
        migrate(sqlite_url)

    assert reading(sqlite_url, rows_of) == before


def test_a_migration_killed_halfway_leaves_everything_as_it_was(
    sqlite_url: str, add_revision: Callable[[str], None]
) -> None:
    fill(sqlite_url)
    before, revision = reading(sqlite_url, rows_of), newest_revision()
    add_revision(f"{LOSE_NOTHING}    import os\n    os._exit(9)")
    code = (
        "from pathlib import Path; from quizapp.storage import migrating; "
        f"migrating.MIGRATIONS = Path({str(migrating.MIGRATIONS)!r}); migrating.migrate({sqlite_url!r})"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 9

    assert reading(sqlite_url, rows_of) == before
    assert reading(sqlite_url, current_revision) == revision


# --- refusing --------------------------------------------------------------------------------------


def test_a_database_of_a_newer_version_is_refused_and_left_alone(database_url: str) -> None:
    fill(database_url)
    engine = open_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    before = reading(database_url, rows_of)

    with pytest.raises(MigrationError, match=r"newer version of Quizapp.*9999.*Nothing was changed"):
        migrate(database_url)

    assert reading(database_url, rows_of) == before
    assert reading(database_url, current_revision) == "9999"


# --- the copy --------------------------------------------------------------------------------------


def test_the_file_is_copied_before_it_is_changed(
    sqlite_url: str, tmp_path: Path, add_revision: Callable[[str], None]
) -> None:
    fill(sqlite_url)
    before, revision = reading(sqlite_url, rows_of), newest_revision()
    add_revision(LOSE_NOTHING)
    migrate(sqlite_url)

    copy = tmp_path / f"quizapp-before-{revision}.sqlite3"
    assert reading(f"sqlite:///{copy}", rows_of) == before
    assert reading(f"sqlite:///{copy}", current_revision) == revision
    with sqlite3.connect(copy) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
    assert not list(tmp_path.glob("*.partial"))


def test_the_copy_stands_even_when_the_migration_fails_and_is_renewed_by_the_next(
    sqlite_url: str, tmp_path: Path, add_revision: Callable[[str], None]
) -> None:
    copy = tmp_path / f"quizapp-before-{newest_revision()}.sqlite3"
    add_revision(FAIL_HALFWAY)
    with pytest.raises(OperationalError):
        migrate(sqlite_url)
    empty = reading(f"sqlite:///{copy}", rows_of)
    assert empty["account"] == []

    fill(sqlite_url)
    with pytest.raises(OperationalError):
        migrate(sqlite_url)
    assert len(reading(f"sqlite:///{copy}", rows_of)["account"]) == 1


def test_nothing_is_copied_when_there_is_nothing_to_do(sqlite_url: str, tmp_path: Path) -> None:
    assert migrate(sqlite_url) is False
    assert [path.name for path in tmp_path.glob("*before*")] == []


def test_copies_are_private_listed_and_go_after_thirty_days(
    sqlite_url: str, tmp_path: Path, add_revision: Callable[[str], None]
) -> None:
    add_revision(LOSE_NOTHING)
    migrate(sqlite_url)
    [copy] = migrating.copies(sqlite_url)
    assert copy.stat().st_mode & 0o777 == 0o600
    due = migrating.copy_goes(copy)
    assert migrating.drop_old_copies(sqlite_url, now=due - timedelta(seconds=1)) == 0
    assert migrating.drop_old_copies(sqlite_url, now=due) == 1
    assert not copy.exists()
    assert (tmp_path / "quizapp.sqlite3").exists()
    assert migrating.copies("postgresql+psycopg://u:p@host/name") == []


# --- at once ---------------------------------------------------------------------------------------


def test_of_processes_that_migrate_at_once_one_does_and_all_succeed(blank_url: str) -> None:
    assert sorted(at_once(migrate, [blank_url] * 6)) == [False] * 5 + [True]
    assert reading(blank_url, current_revision) == newest_revision()
