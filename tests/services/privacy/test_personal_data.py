"""The download holds a row of every table that names the person, whatever tables there are."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Boolean, Column, DateTime, Float, LargeBinary, Table, Uuid, insert, select, text
from sqlalchemy.orm import Session

from quizapp.domain.audit.actions import Action
from quizapp.services.audit import log
from quizapp.services.privacy import erasure
from quizapp.services.privacy.personal_data import export_zip, further_rows
from quizapp.storage.accounts.tables import Account
from quizapp.storage.engine import open_engine
from quizapp.storage.privacy import ownership
from quizapp.storage.types import ContentType, UtcDateTime
from tests import factories
from tests.conftest import POSTGRES
from tests.factories import NOW

NAME = "Zdenka Prikladova"
FITTING: dict[Any, Any] = {
    ContentType: factories.flip,
    UtcDateTime: NOW,
    DateTime: NOW,
    Boolean: False,
    Float: 0.5,
    Uuid: uuid4,
    LargeBinary: b"x",
}


@pytest.fixture
def loose(database_url: str) -> Iterator[Session]:
    """A session on a database that lets any row stand alone."""
    engine = open_engine(database_url, foreign_keys=False)
    with engine.connect() as connection:
        connection.execute(text("PRAGMA ignore_check_constraints = ON"))
        connection.commit()
        with Session(connection, expire_on_commit=False, autoflush=False) as session:
            yield session
    engine.dispose()


def value(column: Column[Any], mark: str) -> Any:
    """Something that fits a column; texts hold the mark."""
    for kind, fitting in FITTING.items():
        if isinstance(column.type, kind):
            return fitting() if callable(fitting) else fitting
    if column.type.python_type is str:
        free = column in set(ownership.free_texts(column.table))
        return "{}" if column.name == "detail" else mark if free else "x"
    return None if column.nullable else 1


def plant(session: Session, table: Table, mark: str, **named: Any) -> dict[str, Any]:
    row = {column.name: value(column, mark) for column in table.columns if not column.foreign_keys}
    for key in table.foreign_keys:
        other = STRANGER if key.column.table.name == "account" else value(key.column, mark) or 1
        row[key.parent.name] = None if key.parent.nullable and other != STRANGER else other
    numbered = [column.name for column in table.primary_key.columns if column.type.python_type is int]
    row |= {name: 7 for name in numbered if name == "id"}
    session.execute(insert(table).values(row | named))
    return row | named


STRANGER = 987_654_321  # the number of an account that is no one's here


def files(packed: bytes) -> dict[str, Any]:
    archive = zipfile.ZipFile(io.BytesIO(packed))
    return {name: archive.read(name).decode() for name in archive.namelist()}


def all_rows(held: dict[str, Any]) -> int:
    return sum(len(json.loads(text)) for name, text in held.items() if name.endswith(".json"))


@pytest.mark.skipif(POSTGRES, reason="only SQLite lets rows stand alone")
@pytest.mark.parametrize("tie", ownership.ties(), ids=lambda tie: ".".join(tie.key))
def test_a_row_of_every_table_that_names_the_person_is_told_and_goes_or_is_no_ones(
    loose: Session, tie: ownership.Tie
) -> None:
    account = factories.add_account(loose, name=NAME, name_key="x")
    parents(loose, tie)
    before = all_rows(files(export_zip(loose, account)))
    plant(loose, tie.table, "canary " + NAME, **{tie.column.name: account.id})
    held = files(export_zip(loose, account))
    assert all_rows(held) == before + 1, "its rows are in no file"
    assert str(STRANGER) not in "".join(held.values()), "the number of somebody else’s account is in it"
    erasure.erase(loose, account, now=NOW)
    left = loose.execute(select(tie.table)).mappings().all()
    if tie.ondelete == "CASCADE":
        assert left == []
    assert all(NAME not in str(said) for row in left for said in row.values())
    if tie.ondelete == "SET NULL":
        assert [row[tie.column.name] for row in left] == [None]


def parents(session: Session, tie: ownership.Tie) -> None:
    """What files join to a row: a class, a deck, an item of a version."""
    for key in tie.table.foreign_keys:
        table = key.column.table
        if table.name in {"classroom", "deck"}:
            plant(session, table, "parent", id=1)


@pytest.mark.skipif(POSTGRES, reason="only SQLite lets rows stand alone")
def test_what_belongs_to_ones_own_rows_is_told_too(loose: Session) -> None:
    account = factories.add_account(loose, name=NAME, name_key="x")
    told = {table.name for table, _, _ in ownership.belongings()}
    assert {"attempt_question", "assignment_extension"} <= told
    for table, column, tie in ownership.belongings():
        own = plant(loose, tie.table, "canary", **{tie.column.name: account.id})
        key = next(iter(tie.table.primary_key.columns)).name
        before = all_rows(files(export_zip(loose, account)))
        plant(loose, table, "canary", **{column.name: own[key]})
        assert all_rows(files(export_zip(loose, account))) == before + 1, table.name
        loose.rollback()
        account = factories.add_account(loose, name=NAME, name_key="x")


def test_no_secret_and_no_one_else_is_in_it(session: Session) -> None:
    staff = factories.add_account(session, role="teacher", name="Ann Lee", name_key="ann lee")
    pupil = factories.add_account(session, name=NAME, name_key="secret-key", password_hash="secret-hash")
    log.record(session, staff, Action.ACCOUNT_DISABLED, pupil, now=NOW)
    held = files(export_zip(session, pupil))
    assert "secret" not in "".join(held.values())
    assert "Ann Lee" not in "".join(held.values())
    [entry] = json.loads(held["audit_entry.json"])
    assert (entry["action"], entry["done_as"]) == ("ACCOUNT_DISABLED", "teacher")
    assert datetime.fromisoformat(entry["at"]) == NOW
    assert "what teachers and admins did to your account" in held["README.txt"]
    assert "audit_entry_actor" not in held["README.txt"]  # no file, no line
    assert further_rows(session, staff.id)["audit_entry_actor"]


def test_a_person_is_found_by_every_foreign_key(session: Session) -> None:
    for tie in ownership.ties():
        assert tie.ondelete in {"CASCADE", "SET NULL"} or tie.table.name in {
            "deck",
            "item_version",
            "source",
        }, f"{tie.key}: say what becomes of the row when the person is erased (ON DELETE)"
    assert Account.__tablename__ == "account"
