"""Pasted rosters: read into full names, whatever program they come from, and what is left out is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.accounts.names import name_key
from quizapp.domain.classes.names import LONGEST
from quizapp.domain.classes.rosters import MOST, Reading, Roster, guess, read_roster, read_table, turned
from quizapp.domain.errors import Invalid

BOTH = ("Lily Adams", "Anh Nguyen")


def read(text: str) -> Roster:
    table = read_table(text)
    return read_roster(table, guess(table))


@pytest.mark.parametrize(
    "text",
    [
        "Lily Adams\nAnh Nguyen",
        "Adams, Lily\nNguyen, Anh",
        "Adams\tLily\nNguyen\tAnh",
        "Adams; Lily\n\nNguyen; Anh\n",
        "Surname,First name,Year,Tutor\nAdams,Lily,9,9B\nNguyen,Anh,9,9B",
        "First Name;Last Name;E-mail\nLily;Adams;l@x.org\nAnh;Nguyen;a@x.org",
        "UPN\tLegal Surname\tPreferred Forename\nH1\tAdams\tLily\nH2\tNguyen\tAnh",
        "Student Last Name,Student First Name\nAdams,Lily\nNguyen,Anh",
        "LAST_NAME,FIRST_NAME\nAdams,Lily\nNguyen,Anh",
        'Student,Grade\n"Adams, Lily",9\n"Nguyen, Anh",9',
        '"Adams, Lily",9B\n"Nguyen, Anh",9B',
        "Name\nLily Adams\nAnh Nguyen",
        "Year\tPupils\n9\tAdams, Lily\n9\tNguyen, Anh",
    ],
)
def test_what_school_programs_give_becomes_full_names(text: str) -> None:
    assert read(text) == Roster(BOTH, ())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Adams, Lily\nMadonna", ("Lily Adams", "Madonna")),
        ("Anna,7b,x\nBela,7b\nCleo", ("Anna", "Bela", "Cleo")),
        ("Anna", ("Anna",)),
        ("Surname,Year\nAdams,9", ("Adams",)),
        ("Tutor,Year\nAdams,9", ("Adams",)),
        ("Set,Anna\nSet,Bela", ("Set",)),
    ],
)
def test_a_first_reading_of_less_clear_tables(text: str, names: tuple[str, ...]) -> None:
    assert read(text).names[: len(names)] == names


def test_another_reading_can_be_chosen() -> None:
    table = read_table("Lily,Adams,9\nAnh,Nguyen,9")
    assert guess(table) == Reading(False, 1, 0)
    assert read_roster(table, Reading(False, 0, 1)).names == BOTH
    assert read_roster(table, Reading(True, 0, None)).names == ("Anh",)
    with pytest.raises(Invalid):
        read_roster(table, Reading(False, 3, None))


def test_two_who_look_alike_are_never_merged_but_named() -> None:
    roster = read("Adams, Lily\nAdams, Tom\nadams, lily\n...")
    assert roster.names == ("Lily Adams", "Tom Adams")
    assert [(each.number, each.text) for each in roster.left_out] == [(3, "adams · lily"), (4, "...")]
    assert "Lily Adams in line 1" in roster.left_out[0].why


@pytest.mark.parametrize(
    "text", ["", "\n\n", ",,\n", "\n".join(f"n{n}" for n in range(MOST + 2)), '"' + "x" * 200_000]
)
def test_what_is_no_roster_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_table(text)
    assert [problem.field for problem in refused.value.problems] == ["names"]


def test_a_name_is_turned_round_at_its_comma() -> None:
    assert turned("Adams, Lily") == "Lily Adams"
    assert turned("Lily Adams") == "Lily Adams"
    assert turned("Adams,") == "Adams,"


@given(st.text(max_size=200))
def test_every_line_becomes_a_name_or_is_said_to_be_left_out(text: str) -> None:
    try:
        table = read_table(text)
    except Invalid:
        return
    reading = guess(table)
    roster = read_roster(table, reading)
    assert len(roster.names) + len(roster.left_out) + reading.heading == len(table.rows)
    assert len({name_key(name) for name in roster.names}) == len(roster.names)
    assert all(name.isprintable() and 0 < len(name) <= LONGEST for name in roster.names)
