from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.accounts.names import LONGEST_KEY, name_key, without_names

LOOK_ALIKE = [
    "amy", "AMY", "amy ", " Amy", "a\u200bmy", "аmy", "АМУ", "ámy", "ａｍｙ", "a.my", "a-m-y", "a my", "amу", "αmy",
    "a\u00admy", "\u202eamy", "a_my", "𝐚𝐦𝐲",
]  # fmt: skip


@pytest.mark.parametrize("name", LOOK_ALIKE)
def test_names_that_look_alike_have_one_key(name):
    assert name_key(name) == "amy"


@pytest.mark.parametrize("name", ["amie", "anny", "amy2", "may", "Emy", "Ямy"])
def test_other_names_have_other_keys(name):
    assert name_key(name) not in {"amy", ""}


def test_names_in_one_script_stay_apart():
    names = ["Иван", "Ирина", "Олег", "Анна", "Мария", "Γιώργος", "Μαρία", "李雷", "韩梅梅", "محمد", "דוד"]
    assert len({name_key(name) for name in names}) == len(names)


@pytest.mark.parametrize("name", ["", " ", "\u200b", "...", "-_-"])
def test_a_name_without_letters_or_digits_has_no_key(name):
    assert name_key(name) == ""


@given(st.text(max_size=60))
def test_a_key_is_its_own_key_whatever_the_form(name):
    key = name_key(name)
    assert len(key) <= LONGEST_KEY
    assert name_key(unicodedata.normalize("NFD", name)) == name_key(unicodedata.normalize("NFC", name))
    assert name_key(name_key(key)) == name_key(key)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("I am Zoë Capkova.", "I am …."),
        ("ZOE   ČAPKOVÁ, 7b", "…, 7b"),
        ("zoë-čapková", "…"),
        ("signed Z. Čapková", "signed …"),
        ("Zoe says so", "… says so"),
        ("a zoe with a small letter stays", "a zoe with a small letter stays"),
        ("Zoeology stays", "Zoeology stays"),
        ("", ""),
    ],
)
def test_a_name_is_removed_however_it_is_spelt(text: str, left: str) -> None:
    assert without_names(text, ["Zoë Čapková"]) == left


def test_short_words_and_names_of_signs_take_nothing_out_by_themselves() -> None:
    assert without_names("Al ate. Al Bo ate.", ["Al Bo", "…"]) == "Al ate. … ate."
    assert without_names("Ana and ana", ["Ana"]) == "… and …"
