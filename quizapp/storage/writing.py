"""Writing rows that may be there already: insert once, insert or update, one learner at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from quizapp.storage.base import Base


def insert_once(session: Session, entity: type[Base], values: Mapping[str, Any]) -> bool:
    """Insert a row unless its key exists; True if it was inserted. Safe against a racing twin."""
    statement = _insert(session, entity).values(**values).on_conflict_do_nothing()
    # An INSERT's count is asked for, or psycopg's cursor is closed before it is read and says -1.
    done = session.execute(statement, execution_options={"preserve_rowcount": True})
    return done.rowcount == 1  # type: ignore[attr-defined,no-any-return]


def put(session: Session, entity: type[Base], values: Mapping[str, Any]) -> None:
    """Insert a row, or overwrite the one with its primary key."""
    table = _table(entity)
    keys = [column.name for column in table.primary_key]
    changed = {name: value for name, value in values.items() if name not in keys}
    statement = (
        _insert(session, entity).values(**values).on_conflict_do_update(index_elements=keys, set_=changed)
    )
    session.execute(statement)


def add_up(session: Session, entity: type[Base], keys: Mapping[str, Any], amounts: Mapping[str, int]) -> None:
    """Insert a row of sums, or add the amounts to the one with these keys."""
    table = _table(entity)
    sums = {name: table.c[name] + amount for name, amount in amounts.items()}
    statement = _insert(session, entity).values(**keys, **amounts)
    session.execute(statement.on_conflict_do_update(index_elements=list(keys), set_=sums))


def lock_learner(session: Session, learner_id: int) -> None:
    """Let one transaction at a time write a learner's cards (SQLite has one writer anyhow)."""
    if session.get_bind().dialect.name == "postgresql":
        locks = "SELECT pg_advisory_xact_lock_shared(0, 0), pg_advisory_xact_lock(1, :learner)"
        session.execute(text(locks), {"learner": learner_id})


def lock_all_learners(session: Session) -> None:
    """Let no other transaction write any learner's cards. Not after `lock_learner`: two that wait for
    each other's would wait for ever."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(0, 0)"))


def _table(entity: type[Base]) -> Table:
    table = entity.__table__
    assert isinstance(table, Table)
    return table


def _insert(session: Session, entity: type[Base]) -> Any:
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    return dialect.insert(_table(entity))
