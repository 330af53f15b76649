"""Figures that are honest with small numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.classes.figures import Range, likely_share, middle_half, share_in_words


def test_the_range_is_wilsons() -> None:
    # R: binom::binom.confint(8, 10, methods = "wilson"), and 1 of 1
    assert likely_share(8, 10) == pytest.approx((0.4901625, 0.9433178), abs=1e-6)
    assert likely_share(1, 1) == pytest.approx((0.2065493, 1.0), abs=1e-6)
    assert likely_share(0, 0) is None


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_range_holds_the_share_and_mirrors(counts: tuple[int, int]) -> None:
    right, answers = counts
    found, mirrored = likely_share(right, answers), likely_share(answers - right, answers)
    assert found is not None
    assert mirrored is not None
    assert 0 <= found[0] <= right / answers + 1e-12
    assert right / answers - 1e-12 <= found[1] <= 1
    assert found == pytest.approx((1 - mirrored[1], 1 - mirrored[0]))


@pytest.mark.parametrize(
    ("right", "answers", "words"),
    [
        (0, 0, ""),
        (8, 10, "45–95\N{NO-BREAK SPACE}%"),
        (1, 1, "20–100\N{NO-BREAK SPACE}%"),
        (0, 3, "0–60\N{NO-BREAK SPACE}%"),
        (800, 1000, "80\N{NO-BREAK SPACE}%"),
        (997, 1000, "100\N{NO-BREAK SPACE}%"),
    ],
)
def test_few_answers_are_told_as_a_range_and_many_as_a_number(right: int, answers: int, words: str) -> None:
    assert share_in_words(right, answers) == words


def test_the_middle_half_of_a_class() -> None:
    assert middle_half([1, 2, 3]) is None
    assert middle_half([9, 1, 5, 3]) == Range(3, 5)
    assert middle_half(list(range(12))) == Range(3, 8)
