"""Rows with names and types: columns that do not fit their row are refused, whatever they hold."""

from __future__ import annotations

from typing import NamedTuple

import msgspec
import pytest
from sqlalchemy import literal, select, union_all
from sqlalchemy.exc import MultipleResultsFound
from sqlalchemy.orm import Session

from quizapp.storage.accounts.tables import Account
from quizapp.storage.rows import all_as, all_with, one_as, one_with
from tests import factories


class Pair(NamedTuple):
    left: int
    right: int


class Owner(NamedTuple):
    account: Account
    left: int


class Half(msgspec.Struct, frozen=True):
    right: int
    half: bool


class Whole(NamedTuple):
    left: int
    rest: Half | None


class WholePair(NamedTuple):
    left: int
    rest: Pair


def selected(**names: int):
    return select(*(literal(number).label(name) for name, number in names.items()))


BOTH = union_all(selected(left=1, right=2), selected(left=3, right=4))
NONE = selected(left=1, right=2).where(literal(1) == 2)


def test_columns_become_attributes(session: Session) -> None:
    rows = all_as(Pair, session.execute(BOTH))
    assert [(type(row), row.left, row.right) for row in rows] == [(Pair, 1, 2), (Pair, 3, 4)]
    assert one_as(Pair, session.execute(selected(left=1, right=2))) == Pair(1, 2)


def test_where_nothing_is_found_there_is_no_row(session: Session) -> None:
    assert all_as(Pair, session.execute(NONE)) == []
    assert one_as(Pair, session.execute(NONE)) is None


def test_one_of_several_is_not_picked(session: Session) -> None:
    for read in (one_as,):
        with pytest.raises(MultipleResultsFound):
            read(Pair, session.execute(BOTH))


@pytest.mark.parametrize(
    "columns",
    [{"left": 1}, {"right": 1, "left": 2}, {"left": 1, "write": 2}, {"left": 1, "right": 2, "more": 3}],
    ids=["too few", "another order", "another name", "too many"],
)
def test_other_columns_than_the_rows_are_refused(session: Session, columns: dict[str, int]) -> None:
    for read in (all_as, one_as):
        with pytest.raises(TypeError, match=r"its rows have \('left', 'right'\)"):
            read(Pair, session.execute(selected(**columns)))


def test_an_entity_goes_by_the_name_of_its_class(session: Session) -> None:
    learner = factories.add_learner(session)
    query = select(Account, literal(1).label("left")).where(Account.id == learner.id)
    row = one_as(Owner, session.execute(query))
    assert row is not None
    assert (row.account.id, row.left) == (learner.id, 1)


def test_the_last_columns_make_one_value(session: Session) -> None:
    query = select(literal(1).label("left"), literal(2).label("right"), literal(True).label("half"))
    assert all_with(Whole, Half, session.execute(query)) == [Whole(1, Half(2, True))]
    pair = select(literal(1).label("left"), literal(2).label("left"), literal(3).label("right"))
    assert one_with(WholePair, Pair, session.execute(pair)) == WholePair(1, Pair(2, 3))


def test_the_last_value_is_none_where_an_outer_join_found_nothing(session: Session) -> None:
    query = select(literal(1).label("left"), literal(None).label("right"), literal(None).label("half"))
    assert one_with(Whole, Half, session.execute(query)) == Whole(1, None)
    assert one_with(Whole, Half, session.execute(query.where(literal(1) == 2))) is None


def test_other_columns_than_the_last_values_are_refused(session: Session) -> None:
    with pytest.raises(TypeError, match="its rows have"):
        all_with(Whole, Half, session.execute(selected(left=1, half=1, right=1)))
