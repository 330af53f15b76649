"""Names in a class, one by one and as a roster."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.accounts.names import name_key
from quizapp.domain.classes.names import LONGEST, MOST, read_name, read_roster
from quizapp.domain.errors import Invalid


@pytest.mark.parametrize("text", ["", "  ", "...", "x" * (LONGEST + 1), "An\u202ena", "Anna\0"])
def test_what_is_no_name_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_name(text)
    assert [problem.field for problem in refused.value.problems] == ["name"]


def test_spaces_around_and_within_a_name_are_put_in_order() -> None:
    assert read_name("  Anna \t Maria ") == "Anna Maria"


@pytest.mark.parametrize(
    "text",
    [
        "Anna\nBela\nCleo",
        "\n Anna \r\n\r\nBela\r\nCleo\n\n",
        "Name\nAnna\nBela\nCleo",
        "Student;Born\nAnna;2012\nBela;2011\nCleo;2012",
        "Anna,7b,x\nBela,7b\nCleo",
        'Anna\t7b\nBela\t7b\n"Cleo"\t7b',
    ],
)
def test_a_roster_is_one_name_a_line_or_the_first_column(text: str) -> None:
    assert read_roster(text).names == ("Anna", "Bela", "Cleo")


def test_a_quoted_name_keeps_its_comma() -> None:
    assert read_roster('"Ahn, Mina",7b\n"Ost, Tom",7b').names == ("Ahn, Mina", "Ost, Tom")


def test_a_name_that_comes_again_or_looks_like_another_is_told() -> None:
    roster = read_roster("Amy\namy\nАmy\nBo")  # the third begins in Cyrillic
    assert roster.names == ("Amy", "Bo")
    assert roster.repeated == ("amy", "Аmy")


@pytest.mark.parametrize(
    "text", ["", "\n\n", "Name\n", "x" * 41, "Anna\n\u200b!\0", "\n".join(f"n{n}" for n in range(MOST + 1))]
)
def test_a_roster_that_cannot_be_taken_is_refused_whole(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_roster(text)
    assert [problem.field for problem in refused.value.problems] == ["names"]


@given(st.text(max_size=200))
def test_whatever_is_pasted_gives_names_or_a_refusal(text: str) -> None:
    try:
        roster = read_roster(text)
    except Invalid:
        return
    assert roster.names
    assert len({name_key(name) for name in roster.names}) == len(roster.names)
    assert all(name.isprintable() and 0 < len(name) <= LONGEST for name in roster.names)


def test_what_no_table_can_hold_is_refused_with_a_remedy() -> None:
    with pytest.raises(Invalid) as refused:
        read_roster('"' + "x" * 200_000)
    assert "Paste one name per line" in refused.value.problems[0].message
