"""Texts as people read them: folded for searching, and refused where they cannot be stored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.language import text


@pytest.mark.parametrize(
    ("one", "other"),
    [("Łódź", "lodz"), ("  A  B ", "a b"), ("STRASSE", "straße"), ("x\u200by", "XY"), ("é", "E\u0301")],
)
def test_search_folds_case_accents_and_invisible_characters(one, other):
    assert text.fold_for_search(one) == text.fold_for_search(other)


@pytest.mark.parametrize(
    ("value", "said"),
    [("fine", ""), ("x" * 11, "Shorten"), ("a\x00", "Some characters"), ("\ud800", "Some characters")],
)
def test_unstorable_texts_are_told_with_the_remedy(value, said):
    assert text.unstorable(value, 10).startswith(said)
    assert bool(text.unstorable(value, 10)) is bool(said)


@given(st.text(max_size=80))
def test_folding_for_search_is_idempotent(value):
    folded = text.fold_for_search(value)
    assert text.fold_for_search(folded) == folded
