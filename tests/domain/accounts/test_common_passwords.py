"""Passwords that anyone would guess are told from those that no one would."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.accounts import guessed_first
from quizapp.domain.accounts.common_passwords import is_easily_guessed

GUESSED = [
    "password", "PASSWORD", "Password1", "iloveyou", "football", "trustno1", "12345678", "1234567890",
    "87654321", "9012345678", "abcdefgh", "zyxwvuts", "qwertyuiop", "poiuytrewq", "asdfghjkl", "1qaz2wsx3edc",
    "aaaaaaaa", "abababab", "11111111", "        ", "quizapp1", "Quizapp2026", "AdaLovelace1", "ada lovelace!!",
    "1815AdaLovelace",
]  # fmt: skip


@pytest.mark.parametrize("password", GUESSED)
def test_what_guessers_try_first_is_known(password: str) -> None:
    assert is_easily_guessed(password, "Ada Lovelace")


@pytest.mark.parametrize(
    "password",
    ["correct horse battery", "a long way to the sea", "x7#kQ9!v", "Žluťoučký kůň", "数学は楽しいですよ", "lovelace met babbage", "yellow78"],
)  # fmt: skip
def test_what_no_one_would_guess_is_welcome(password: str) -> None:
    assert not is_easily_guessed(password, "Ada Lovelace")


def test_a_short_name_spoils_no_password() -> None:
    assert not is_easily_guessed("Mo4xplore", "Mo")


def test_three_thousand_are_known() -> None:
    assert len(guessed_first._DIGESTS) == 3_000


@given(password=st.text(max_size=300), name=st.text(max_size=50))
def test_any_text_is_judged(password: str, name: str) -> None:
    assert is_easily_guessed(password, name) in {True, False}
