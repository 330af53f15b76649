"""Writing rows that may be there already: insert once, insert or update, one learner at a time; and many
rows with one statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, Table, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from quizapp.storage.base import Base


def insert_once(session: Session, entity: type[Base], values: Mapping[str, Any]) -> bool:
    """Insert a row unless its key exists; True if it was inserted. Safe against a racing twin."""
    # An INSERT's count is asked for, or psycopg's cursor is closed before it is read and says -1.
    options = {"preserve_rowcount": True}
    done = session.execute(_insert_once(_dialect(session), entity), values, execution_options=options)
    return done.rowcount == 1  # type: ignore[attr-defined,no-any-return]


def insert_selected(
    session: Session, entity: type[Base], found: Select[Any], values: Mapping[str, Any]
) -> bool:
    """Insert a row with these values (expressions on what `found` selects from) if `found` finds one; True
    if it was inserted. Not where a row with one of its keys is there."""
    query = found.with_only_columns(*values.values())
    statement = _insert(_dialect(session), entity).from_select(list(values), query).on_conflict_do_nothing()
    done = session.execute(statement, execution_options={"preserve_rowcount": True})
    return done.rowcount == 1  # type: ignore[attr-defined,no-any-return]


def put(session: Session, entity: type[Base], values: Mapping[str, Any]) -> None:
    """Insert a row, or overwrite the one with its primary key."""
    session.execute(_put(_dialect(session), entity, tuple(values)), values)


def add_up(
    session: Session, entity: type[Base], keys: Mapping[str, Any], amounts: Mapping[str, int]
) -> tuple[int, ...]:
    """Insert a row of sums, or add the amounts to the one with these keys; the sums after that, in the order
    of the amounts."""
    statement = _add_up(_dialect(session), entity, tuple(keys), tuple(amounts))
    return tuple(session.execute(statement, {**keys, **amounts}).one())


def insert_all_once(session: Session, entity: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, each unless its key exists."""
    if rows:
        session.execute(_insert_once(_dialect(session), entity), rows)


def put_all(session: Session, entity: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """`put` for rows with the same columns."""
    if rows:
        session.execute(_put(_dialect(session), entity, tuple(rows[0])), rows)


def add_up_all(
    session: Session, entity: type[Base], keys: Sequence[str], rows: Sequence[Mapping[str, Any]]
) -> None:
    """`add_up` for rows with the same columns, the keys among them."""
    if rows:
        amounts = tuple(name for name in rows[0] if name not in keys)
        session.execute(_sums(_dialect(session), entity, tuple(keys), amounts), rows)


def lock_learner(session: Session, learner_id: int) -> None:
    """Let one transaction at a time write a learner's cards (SQLite has one writer anyhow)."""
    if _dialect(session) == "postgresql":
        locks = "SELECT pg_advisory_xact_lock_shared(0, 0), pg_advisory_xact_lock(1, :learner)"
        session.execute(text(locks), {"learner": learner_id})


def lock_all_learners(session: Session) -> None:
    """Let no other transaction write any learner's cards. Not after `lock_learner`: two that wait for
    each other's would wait for ever."""
    if _dialect(session) == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(0, 0)"))


def lock_library(session: Session) -> None:
    """Let one transaction at a time load a bank: servers often start together."""
    if _dialect(session) == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(2, 0)"))


def lock_text(session: Session, text_: str) -> None:
    """Let one transaction at a time deal with whatever this text names."""
    if _dialect(session) == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(3, hashtext(:text))"), {"text": text_})


# Each statement is made once: making it takes several times as long as running it.


@cache
def _insert_once(dialect: str, entity: type[Base]) -> Any:
    return _insert(dialect, entity).on_conflict_do_nothing()


@cache
def _put(dialect: str, entity: type[Base], names: tuple[str, ...]) -> Any:
    insert = _insert(dialect, entity)
    keys = [column.name for column in _table(entity).primary_key]
    changed = {name: insert.excluded[name] for name in names if name not in keys}
    return insert.on_conflict_do_update(index_elements=keys, set_=changed)


@cache
def _add_up(dialect: str, entity: type[Base], keys: tuple[str, ...], names: tuple[str, ...]) -> Any:
    table = _table(entity)
    return _sums(dialect, entity, keys, names).returning(*(table.c[name] for name in names))


@cache
def _sums(dialect: str, entity: type[Base], keys: tuple[str, ...], names: tuple[str, ...]) -> Any:
    insert, table = _insert(dialect, entity), _table(entity)
    sums = {name: table.c[name] + insert.excluded[name] for name in names}
    return insert.on_conflict_do_update(index_elements=keys, set_=sums)


def _insert(dialect: str, entity: type[Base]) -> Any:
    return (postgresql if dialect == "postgresql" else sqlite).insert(_table(entity))


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name


def _table(entity: type[Base]) -> Table:
    table = entity.__table__
    assert isinstance(table, Table)
    return table
