from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.language.words import Amount, amount, common_words, content_words, folded, words


def test_words_fold_case_accents_and_possessives():
    assert words("El País’s and Russia's “No-limits” Café") == (
        "el",
        "pais",
        "and",
        "russia",
        "no",
        "limits",
        "cafe",
    )


def test_figures_stay_whole():
    assert words("$240.1 billion, 12,000 characters, the 8th") == (
        "240.1",
        "billion",
        "12,000",
        "characters",
        "the",
        "8th",
    )


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing_for_what_it_finds(text):
    assert folded(folded(text)) == folded(folded(folded(text)))


def test_content_words_lose_endings_and_everyday_words():
    assert content_words("The cities were visited") == content_words("Which city visits?")
    assert content_words("Which of the two is it?") == frozenset()
    assert "2023" in content_words("In 2023")


def test_words_of_most_texts_are_common():
    texts = [f"trade number{'x' * n}" for n in range(30)]
    assert common_words(texts) == content_words("trade")
    assert common_words(texts[:5]) == frozenset()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$240.1 billion", Amount(Decimal(240100000000), "$")),
        ("about 12,000 characters", Amount(Decimal(12000), "about characters")),
        ("26.4%", Amount(Decimal("26.4"), "%")),
        ("Harbin", None),
        ("1937–1945", None),
    ],
)
def test_an_amount_is_a_texts_one_figure(text, expected):
    assert amount(text) == expected
