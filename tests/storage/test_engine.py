"""SQLite opened durable and fair; every check is made on a real file."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import IntegrityError

from quizapp.storage.engine import (
    BUSY_TIMEOUT_MS,
    READ,
    engine_options,
    has_wal_reset_bug,
    open_engine,
    sqlite_driver,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "quizapp.sqlite3"


@pytest.fixture
def opened(file: Path):
    engine = open_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE deck (id INTEGER PRIMARY KEY, answers INTEGER NOT NULL)"))
        connection.execute(text("CREATE TABLE item (deck INTEGER REFERENCES deck (id), name TEXT)"))
        connection.execute(text("INSERT INTO deck VALUES (1, 0)"))
    yield engine
    engine.dispose()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("trusted_schema", 0),
        ("busy_timeout", BUSY_TIMEOUT_MS),
    ],
)
def test_every_connection_is_durable_and_strict(opened: Engine, pragma: str, value: object) -> None:
    reading = opened.execution_options(**READ)
    with reading.connect() as first, reading.connect() as second:
        assert first.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
        assert second.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_foreign_keys_can_be_off_for_migrations(file: Path) -> None:
    engine = open_engine(f"sqlite:///{file}", foreign_keys=False)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 0
    engine.dispose()


def test_a_child_without_its_parent_is_refused(opened: Engine) -> None:
    with pytest.raises(IntegrityError), opened.begin() as connection:
        connection.execute(text("INSERT INTO item VALUES (7, 'an orphan')"))


def other_writer_may_begin(file: Path) -> bool:
    driver = sqlite_driver()  # another SQLite library in this process would not see our locks
    other = driver.connect(file, timeout=0, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
    except driver.OperationalError:
        return False
    finally:
        other.close()
    return True


def test_a_transaction_holds_the_write_lock_from_its_first_statement(opened: Engine, file: Path) -> None:
    with opened.begin() as connection:
        connection.execute(text("SELECT 1"))
        assert not other_writer_may_begin(file)
    assert other_writer_may_begin(file)


def test_a_reader_does_not_take_the_write_lock(opened: Engine, file: Path) -> None:
    with opened.connect().execution_options(**READ) as connection:
        connection.execute(text("SELECT answers FROM deck"))
        assert other_writer_may_begin(file)


@pytest.mark.parametrize(("options", "statement"), [({}, "BEGIN IMMEDIATE"), (READ, "BEGIN")])
def test_what_begins_a_transaction_is_chosen_by_an_execution_option(
    opened: Engine, options: dict[str, str], statement: str
) -> None:
    run: list[str] = []
    event.listen(opened, "before_cursor_execute", lambda _c, _k, sql, *_: run.append(sql))
    with opened.connect().execution_options(**options) as connection:
        connection.execute(text("SELECT 1"))
    assert run == [statement, "SELECT 1"]


def test_a_reader_sees_the_last_commit_while_another_writes(opened: Engine) -> None:
    with opened.begin() as writer:
        writer.execute(text("UPDATE deck SET answers = 5"))
        with opened.connect().execution_options(**READ) as reader:
            assert reader.execute(text("SELECT answers FROM deck")).scalar() == 0


def test_read_then_write_loses_no_update(opened: Engine) -> None:
    def add_one(_: int) -> None:
        with opened.begin() as connection:
            answers = connection.execute(text("SELECT answers FROM deck")).scalar_one()
            connection.execute(text("UPDATE deck SET answers = :n"), {"n": answers + 1})

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(add_one, range(60)))
    with opened.connect() as connection:
        assert connection.execute(text("SELECT answers FROM deck")).scalar() == 60


def test_a_failing_transaction_takes_its_tables_back(opened: Engine) -> None:
    """The driver by itself would have committed before the CREATE."""
    with pytest.raises(IntegrityError), opened.begin() as connection:  # noqa: PT012 all of it fails
        connection.execute(text("INSERT INTO deck VALUES (2, 0)"))
        connection.execute(text("CREATE TABLE half (id INTEGER)"))
        connection.execute(text("INSERT INTO deck VALUES (2, 0)"))
    with opened.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM deck")).scalar() == 1
        assert (
            connection.execute(text("SELECT count(*) FROM sqlite_master WHERE name = 'half'")).scalar() == 0
        )


def test_deleted_text_is_wiped_from_the_files(opened: Engine, file: Path) -> None:
    name = "Rosalind-" + "x" * 40
    with opened.begin() as connection:
        connection.execute(text("INSERT INTO item VALUES (1, :name)"), {"name": name})
    assert name.encode() in b"".join(each.read_bytes() for each in file.parent.iterdir())
    with opened.begin() as connection:
        connection.execute(text("DELETE FROM item"))
    opened.dispose()  # the last connection folds the WAL into the file
    assert name.encode() not in b"".join(each.read_bytes() for each in file.parent.iterdir())


@pytest.mark.parametrize(
    ("version", "bug"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 44, 9), False),
        ((3, 45, 0), True),
        ((3, 46, 1), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 0), True),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 52, 0), False),
        ((4, 0, 0), False),
    ],
)
def test_versions_with_the_wal_reset_bug(version: tuple[int, ...], bug: bool) -> None:
    assert has_wal_reset_bug(version) is bug


def test_the_newer_of_two_sqlites_is_used() -> None:
    assert sqlite_driver().sqlite_version_info >= sqlite3.sqlite_version_info
    assert engine_options("sqlite:///x")["module"] is sqlite_driver()


def test_postgresql_connections_are_tried_before_use() -> None:
    assert engine_options("postgresql+psycopg://host/name")["pool_pre_ping"] is True


@pytest.mark.parametrize("url", ["sqlite://", "postgresql+psycopg://host/name"])
def test_errors_never_quote_what_was_to_be_stored(url: str) -> None:
    assert engine_options(url)["hide_parameters"] is True
