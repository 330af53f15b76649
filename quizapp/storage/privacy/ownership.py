"""What of the database belongs to a person, found by foreign keys, so that no table can be forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Column, ColumnElement, FromClause, Select, Table, select

from quizapp.storage.tables import Base


@dataclass(frozen=True)
class Tie:
    """A column that names an account. ondelete: CASCADE (the row is the person's own and goes with them),
    SET NULL (it stays without them), or None (it stays under an account without a name)."""

    table: Table
    column: Column[Any]
    ondelete: str | None

    @property
    def key(self) -> tuple[str, str]:
        return self.table.name, self.column.name


@cache
def ties() -> tuple[Tie, ...]:
    """Every column of every table that names an account; children come before what they belong to."""
    return tuple(
        Tie(table, key.parent, key.ondelete)
        for table in reversed(_tables())
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
        if key.column.table.name == "account"
    )


def people_of(table: FromClause) -> frozenset[str]:
    """The names of a table's columns that name accounts."""
    return frozenset(tie.column.name for tie in ties() if tie.table is table)


@cache
def belongings() -> tuple[tuple[Table, Column[Any], Tie], ...]:
    """(table, column, tie) of the tables without such a column whose rows belong to a person's own row: the
    column names that row's only key."""
    own = {
        tie.table.name: tie
        for tie in ties()
        if tie.ondelete == "CASCADE" and len(tie.table.primary_key.columns) == 1
    }
    tied = {tie.table.name for tie in ties()}
    return tuple(
        (table, key.parent, own[key.column.table.name])
        for table in _tables()
        if table.name not in tied
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
        if key.column.table.name in own and key.ondelete == "CASCADE"
    )


def rows_of(tie: Tie, account_id: int) -> Select[Any]:
    """The rows that name an account in this column, without columns that name other accounts."""
    return _select(tie.table, tie.column == account_id)


def belonging_rows(table: Table, column: Column[Any], tie: Tie, account_id: int) -> Select[Any]:
    """The rows that belong to the account's own rows."""
    owner = column.references(next(iter(tie.table.primary_key.columns)))
    assert owner
    own = select(next(iter(tie.table.primary_key.columns))).where(tie.column == account_id)
    return _select(table, column.in_(own))


def _select(table: Table, condition: ColumnElement[bool]) -> Select[Any]:
    shown = [column for column in table.columns if column.name not in people_of(table)]
    return select(*(shown or [*table.columns])).where(condition).order_by(*table.primary_key.columns)


def free_texts(table: Table) -> Iterator[Column[Any]]:
    """The columns in which a person can have written what they like."""
    for column in table.columns:
        if column.type.__class__.__name__ in {"String", "Text"} and not column.unique:
            length = getattr(column.type, "length", None)
            if (length is None or length >= 120) and not column.foreign_keys and not column.primary_key:
                yield column


def _tables() -> list[Table]:
    return list(Base.metadata.sorted_tables)
