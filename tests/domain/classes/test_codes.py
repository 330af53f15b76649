"""Join codes: uniform, readable, and read however they are typed."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.classes.codes import (
    ALPHABET,
    CARD_LENGTH,
    LENGTH,
    SPACE,
    card_code,
    code_of,
    grouped,
    read_card_code,
    read_code,
    spaced,
)

NUMBERS = st.integers(0, SPACE - 1)


def test_the_alphabet_has_32_letters_and_none_that_look_alike() -> None:
    assert len(set(ALPHABET)) == 32
    assert not set(ALPHABET) & set("01IO")


@given(NUMBERS, NUMBERS)
def test_every_number_has_a_code_of_its_own(one: int, other: int) -> None:
    assert (code_of(one) == code_of(other)) == (one == other)
    assert len(code_of(one)) == LENGTH
    assert set(code_of(one)) <= set(ALPHABET)


def test_the_codes_of_evenly_spread_numbers_use_every_letter_in_every_place_equally() -> None:
    step = SPACE // 1024  # a multiple of 32⁵, so only the first two places change
    codes = [code_of(number * step) for number in range(1024)]
    for place in (0, 1):
        assert set(Counter(code[place] for code in codes).values()) == {32}
    last = Counter(code_of(number)[-1] for number in range(64))
    assert set(last.values()) == {2}


@pytest.mark.parametrize("number", [-1, SPACE])
def test_there_are_no_codes_beyond_the_space(number: int) -> None:
    with pytest.raises(ValueError, match="no code"):
        code_of(number)


@given(NUMBERS)
def test_a_code_is_read_in_any_case_with_spaces_and_hyphens(number: int) -> None:
    code = code_of(number)
    for typed in (
        code,
        code.lower(),
        spaced(code),
        f" {code[:3]}-{code[3:]}\n",
        "".join(chr(ord(c) + 0xFEE0) for c in code),
    ):
        assert read_code(typed) == code


@given(st.text(max_size=20))
def test_what_is_no_code_is_none(text: str) -> None:
    read = read_code(text)
    assert read == "" or (len(read) == LENGTH and set(read) <= set(ALPHABET))


@pytest.mark.parametrize("text", ["", "ABCDEF", "ABCDEFGH", "ABCDEF0", "ABCDEFI", "ABCDEF\0", "ÄBCDEFG"])
def test_what_no_class_can_have_is_none(text: str) -> None:
    assert read_code(text) == ""


def test_a_code_is_shown_in_two_groups_and_read_from_them() -> None:
    assert spaced("ABCDEFG") == "ABC DEFG"
    assert read_code("abc defg") == read_code("ABC-DEFG") == "ABCDEFG"


def test_a_cards_code_has_a_letter_for_each_draw() -> None:
    numbers = iter(range(CARD_LENGTH))
    assert card_code(lambda below: next(numbers) % below) == ALPHABET[:CARD_LENGTH]


def test_a_cards_code_is_shown_in_groups_of_four_and_read_from_them() -> None:
    assert grouped("ABCDEFGHJKLM") == "ABCD EFGH JKLM"
    assert read_card_code("abcd efgh-jklm\n") == "ABCDEFGHJKLM"


@pytest.mark.parametrize("text", ["", "ABCDEFG", "ABCDEFGHJKLMN", "ABCDEFGHJKL0"])
def test_what_no_card_can_have_is_none(text: str) -> None:
    assert read_card_code(text) == ""
