"""Measures on sets of words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.library.similarity import measures

sets = st.frozensets(st.sampled_from("abcdefghij"))


@given(sets, sets)
def test_shares_are_symmetric_and_lie_between_nought_and_one(one, other):
    for measure in (measures.jaccard, measures.containment):
        assert measure(one, other) == measure(other, one)
        assert 0 <= measure(one, other) <= 1
    assert measures.jaccard(one, other) <= measures.containment(one, other)


@given(sets.filter(bool), sets.filter(bool), st.dictionaries(st.sampled_from("abcdefghij"), st.integers()))
def test_two_sets_that_are_near_share_one_of_each_others_rarest(one, other, frequency):
    if measures.jaccard(one, other) >= measures.NEAR:
        assert set(measures.rarest(one, frequency)) & set(measures.rarest(other, frequency))


def test_a_text_is_about_its_content_words_whatever_their_endings():
    assert measures.shingles("The bridges were opened") == measures.shingles("Opening of a bridge")


def test_a_script_without_spaces_is_read_by_pairs_of_characters():
    assert measures.shingles("北京大学") == {"北京", "京大", "大学"}
    assert measures.shingles("水") == {"水"}
    assert "berlin" in measures.shingles("Berlin 北京")


@pytest.mark.parametrize(("text", "count"), [("", 0), ("ab", 2)])
def test_runs_of_letters(text, count):
    assert len(measures.grams(text)) == count


def test_figures_begin_with_a_digit():
    assert measures.figures(frozenset({"12th", "may", "1937"})) == {"12th", "1937"}
