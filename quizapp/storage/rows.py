"""Rows with names and types: what a read selects becomes a tuple whose attributes mypy knows.

A row's type is a NamedTuple with the columns in the order in which they are selected, under the same names
(an entity `AttemptQuestion` as `attempt_question`). SQLAlchemy knows the types of its own rows by position
only, so that a misspelt column would be found when a page breaks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Result

R = TypeVar("R", bound=NamedTuple)
Part = Callable[..., object]  # a class of values: a NamedTuple, or one of the domain's structs


def all_as(row_type: type[R], found: Result[*tuple[Any, ...]]) -> list[R]:
    """What a statement found, as rows of this type. TypeError where it has other columns."""
    _check(row_type._fields, tuple(found.keys()))
    return [row_type._make(row) for row in found]


def one_as(row_type: type[R], found: Result[*tuple[Any, ...]]) -> R | None:
    """The one row that a statement found; None where it found none."""
    _check(row_type._fields, tuple(found.keys()))
    row = found.one_or_none()
    return None if row is None else row_type._make(row)


def all_with(row_type: type[R], part: Part, found: Result[*tuple[Any, ...]]) -> list[R]:
    """What a statement found, where its last columns make one value, the row's last field: a row of its own
    or a value of the domain. That is None where they are those of an outer join that found nothing."""
    make = _maker(row_type, part, tuple(found.keys()))
    return [make(row) for row in found]


def one_with(row_type: type[R], part: Part, found: Result[*tuple[Any, ...]]) -> R | None:
    """The one such row; None where there is none."""
    make = _maker(row_type, part, tuple(found.keys()))
    row = found.one_or_none()
    return None if row is None else make(row)


@cache
def _maker(row_type: type[R], part: Part, keys: tuple[str, ...]) -> Callable[[Sequence[Any]], R]:
    last = getattr(part, "_fields", None) or part.__struct_fields__  # type: ignore[attr-defined]
    _check((*row_type._fields[:-1], *last), keys)
    own = len(row_type._fields) - 1
    return lambda row: row_type._make((*row[:own], None if row[own] is None else part(*row[own:])))


@cache
def _check(fields: tuple[str, ...], keys: tuple[str, ...]) -> None:
    names = tuple(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", key).lower() for key in keys)
    if names != fields:
        raise TypeError(f"The statement selects {names}, but its rows have {fields}.")
