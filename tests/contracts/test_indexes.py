"""Every foreign key is led by an index, or deleting what it points at reads the whole table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest
from sqlalchemy import Engine, Table, UniqueConstraint, inspect

from quizapp.storage.tables import Base


def is_led(columns: Sequence[str], indexes: Iterable[Sequence[str]]) -> bool:
    return any(set(index[: len(columns)]) == set(columns) for index in indexes)


@pytest.mark.parametrize("table", Base.metadata.sorted_tables, ids=str)
def test_the_models_lead_every_foreign_key_with_an_index(table: Table) -> None:
    unique = [each for each in table.constraints if isinstance(each, UniqueConstraint)]
    found = [each.columns.keys() for each in (*table.indexes, table.primary_key, *unique)]
    for key in table.foreign_key_constraints:
        assert is_led(key.column_keys, found), key.column_keys


def test_a_migrated_database_leads_every_foreign_key_with_an_index(engine: Engine) -> None:
    seen = inspect(engine)
    tables = seen.get_table_names()
    assert "review" in tables
    for table in tables:
        found = [[name for name in index["column_names"] if name] for index in seen.get_indexes(table)]
        found += [each["column_names"] for each in seen.get_unique_constraints(table)]
        found.append(seen.get_pk_constraint(table)["constrained_columns"])
        for key in seen.get_foreign_keys(table):
            assert is_led(key["constrained_columns"], found), (table, key["constrained_columns"])
