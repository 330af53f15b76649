"""Slips of the keyboard: what is one, and what is another word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.library.grading import slips


def optimal_string_alignment(a, b):
    """The textbook recurrence, as a check on the linear-time test for distance 1."""
    d = {(i, j): i + j for i in range(len(a) + 1) for j in range(len(b) + 1) if not (i and j)}
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            cost = a[i - 1] != b[j - 1]
            d[i, j] = min(d[i - 1, j] + 1, d[i, j - 1] + 1, d[i - 1, j - 1] + cost)
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                d[i, j] = min(d[i, j], d[i - 2, j - 2] + 1)
    return d[len(a), len(b)]


@given(st.text(alphabet="abc", max_size=6), st.text(alphabet="abc", max_size=6))
def test_one_edit_is_distance_one(one, other):
    assert slips.is_one_edit(one, other) == (optimal_string_alignment(one, other) == 1)


@pytest.mark.parametrize(
    ("given_word", "wanted", "is_slip"),
    [
        ("leter", "letter", True),
        ("lettter", "letter", True),
        ("lettre", "letter", True),
        ("lettar", "letter", True),
        ("hatbin", "harbin", True),
        ("karkhiv", "kharkiv", True),
        ("hkrbin", "harbin", False),
        ("setter", "letter", False),
        ("arbin", "harbin", False),
        ("desert", "dessert", False),
        ("iceland", "ireland", False),
        ("roll", "role", False),
        ("harb1n", "harbin", False),
        ("xviiii", "xviii", False),
        ("哈尔滨工业大", "哈尔滨工业学", False),
        ("harbin", "harbin", False),
        ("мосжва", "москва", False),
        ("atypicel", "typicel", False),
        ("naïveté"[:5] + "x", "naïvetz", False),
    ],
)
def test_a_slip_is_what_hands_do_and_no_other_word(given_word: str, wanted: str, is_slip: bool) -> None:
    assert slips.is_slip(given_word, wanted, "en") is is_slip


def test_the_items_own_words_are_no_slips() -> None:
    assert slips.is_slip("harbim", "harbin", "en")
    assert not slips.is_slip("harbim", "harbin", "en", {"harbim"})


@pytest.mark.parametrize(
    ("answer", "form", "word"),
    [
        ("Power of Sibera", "Power of Siberia", "siberia"),
        ("Pwoer of Sibera", "Power of Siberia", ""),
        ("Power Siberia", "Power of Siberia", ""),
        ("UNSECO", "UNESCO", ""),
        ("emial", "e-mail", "email"),
    ],
)
def test_one_word_of_an_answer_may_hold_a_slip(answer: str, form: str, word: str) -> None:
    assert slips.slipped_word(answer, form, "en") == word
