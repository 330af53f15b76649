"""Every table as plain rows, alike on either database: read, written, counted and summed up."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, MetaData, Row, Table, Text, bindparam, delete, func, insert, select
from sqlalchemy import text as sql
from sqlalchemy.exc import DataError, IntegrityError

from quizapp.domain.errors import QuizappError
from quizapp.storage.tables import Base
from quizapp.storage.types import ContentType

AT_ONCE = 1_000  # rows
SUMS = 1 << 256


class Unfit(QuizappError):
    """A row cannot be stored in the other database; the message names the table and the reason."""


class Figures(msgspec.Struct, frozen=True):
    """How many rows a table has, and one number for all that is in them, whatever their order."""

    rows: int
    digest: str


@cache
def plain_tables() -> tuple[Table, ...]:
    """All tables, parents first, with columns as they are stored: no defaults, content as its text."""
    metadata = MetaData()
    return tuple(
        Table(
            table.name,
            metadata,
            *(
                Column(
                    column.name,
                    Text() if isinstance(column.type, ContentType) else column.type,
                    primary_key=column.primary_key,
                    autoincrement=False,
                )
                for column in table.columns
            ),
        )
        for table in Base.metadata.sorted_tables
    )


@cache
def later_columns(name: str) -> frozenset[str]:
    """Columns of a table that name rows of tables filled after it: they are filled in at the end."""
    order = [table.name for table in plain_tables()]
    return frozenset(
        key.parent.name
        for key in Base.metadata.tables[name].foreign_keys
        if order.index(key.column.table.name) >= order.index(name)
    )


def rows(connection: Connection, table: Table) -> Iterator[Row[Any]]:
    """All rows, a few in memory at a time."""
    with connection.execute(select(table), execution_options={"yield_per": AT_ONCE}) as found:
        yield from found


def figures(connection: Connection) -> dict[str, Figures]:
    """The figures of every table."""
    return {table.name: _figures(connection, table) for table in plain_tables()}


def _figures(connection: Connection, table: Table) -> Figures:
    count, total = 0, 0
    encode = msgspec.json.Encoder().encode
    for row in rows(connection, table):
        total += int.from_bytes(hashlib.sha256(encode(tuple(row))).digest())
        count += 1
    return Figures(rows=count, digest=f"{total % SUMS:064x}")


def fill(source: Connection, target: Connection, table: Table) -> Iterator[int]:
    """Insert the rows that the target has not yet; says after each few how many, so that they can be
    committed. What names rows of later tables waits for `fill_later`."""
    present = _keys(target, table)
    keys = [index for index, column in enumerate(table.columns) if column.primary_key]
    later = later_columns(table.name)
    missing = (row for row in rows(source, table) if tuple(row[index] for index in keys) not in present)
    for some in _some_at_once(missing):
        values = [row | dict.fromkeys(later) for row in some]
        _run(target, table, insert(table), values)
        yield len(values)


def _some_at_once(found: Iterable[Row[Any]]) -> Iterator[list[dict[str, Any]]]:
    """Rows by column name, as many as one statement stores."""
    each = iter(found)
    while some := [row._asdict() for row in islice(each, AT_ONCE)]:
        yield some


def _keys(connection: Connection, table: Table) -> set[tuple[Any, ...]]:
    return {tuple(row) for row in connection.execute(select(*table.primary_key))}


def fill_later(source: Connection, target: Connection, table: Table) -> Iterator[int]:
    """Fill in what names rows of later tables."""
    names = later_columns(table.name)
    if not names:
        return
    keys = list(table.primary_key)
    filled = (row for row in rows(source, table) if any(getattr(row, name) is not None for name in names))
    statement = table.update().where(*(key == bindparam(f"of_{key.name}") for key in keys))
    statement = statement.values({name: bindparam(f"to_{name}") for name in names})
    for some in _some_at_once(filled):
        values = [
            {f"of_{key.name}": row[key.name] for key in keys} | {f"to_{name}": row[name] for name in names}
            for row in some
        ]
        _run(target, table, statement, values)
        yield len(values)


def _run(target: Connection, table: Table, statement: Any, values: Sequence[dict[str, Any]]) -> None:
    try:
        target.execute(statement, values)
    except (DataError, IntegrityError) as error:
        raise Unfit(
            f"A row of the table “{table.name}” cannot be stored there: {str(error.orig).strip()}"
        ) from None


def empty(connection: Connection) -> None:
    """Delete every row of every table."""
    for table in plain_tables():
        if names := later_columns(table.name):
            connection.execute(table.update().values(dict.fromkeys(names)))
    for table in reversed(plain_tables()):
        connection.execute(delete(table))


def is_empty(connection: Connection) -> bool:
    """Whether no table has a row."""
    return not any(connection.execute(select(table).limit(1)).first() for table in plain_tables())


def number_on(connection: Connection) -> None:
    """Let PostgreSQL number new rows after those that are there (SQLite does so by itself)."""
    if connection.dialect.name != "postgresql":
        return
    for table in plain_tables():
        keys = list(table.primary_key)
        name = connection.scalar(
            sql("SELECT pg_get_serial_sequence(:table, :column)"),
            {"table": table.name, "column": keys[0].name},
        )
        if name is not None:
            most = connection.scalar(select(func.max(keys[0])))
            connection.execute(
                sql("SELECT setval(:name, :most, :used)"),
                {"name": name, "most": most or 1, "used": most is not None},
            )
