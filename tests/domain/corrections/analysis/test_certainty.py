"""Ranges and exact tests, against values worked out by hand and by the standard library."""

from __future__ import annotations

import math
import statistics

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quizapp.domain.classes.figures import likely_share
from quizapp.domain.corrections.analysis.certainty import LIKELY, SURE, Sums, by_chance, correlation, share

SCORE = st.integers(0, 4).map(lambda quarters: quarters / 4)
PAIRS = st.lists(
    st.tuples(SCORE, st.integers(-8, 8).map(lambda eighths: eighths / 8)), min_size=4, max_size=60
)


def sums(pairs: list[tuple[float, float]]) -> Sums:
    return Sums(
        len(pairs),
        math.fsum(x for x, _ in pairs),
        math.fsum(x * x for x, _ in pairs),
        math.fsum(y for _, y in pairs),
        math.fsum(y * y for _, y in pairs),
        math.fsum(x * y for x, y in pairs),
    )


def test_a_correlation_worked_out_by_hand() -> None:
    """Scores 1 1 0 0, standings 0.3 0.1 −0.1 0.1: means 0.5 and 0.1; products of deviations sum to
    0.1 + 0 + 0.1 + 0 = 0.2, squares to 1 and 0.08; r = 0.2 / √0.08 = 0.7071."""
    found = correlation(sums([(1, 0.3), (1, 0.1), (0, -0.1), (0, 0.1)]))
    assert found is not None
    assert found.value == pytest.approx(0.70711, abs=1e-5)
    assert found.likely == pytest.approx(
        (math.tanh(0.881374 - LIKELY), math.tanh(0.881374 + LIKELY)), abs=1e-5
    )


@given(PAIRS)
def test_sums_give_what_the_standard_library_gives(pairs: list[tuple[float, float]]) -> None:
    xs, ys = zip(*pairs, strict=True)
    found = correlation(sums(pairs))
    if len(set(xs)) == 1 or len(set(ys)) == 1:
        assert found is None
        return
    assert found is not None
    assert found.value == pytest.approx(statistics.correlation(xs, ys), abs=1e-9)
    assert -1 <= found.value <= 1


@given(PAIRS)
def test_the_surer_range_holds_the_likely_one_and_that_the_value(pairs: list[tuple[float, float]]) -> None:
    found = correlation(sums(pairs))
    assume(found is not None)
    assert found is not None
    assert -1 <= found.sure[0] <= found.likely[0] <= found.likely[1] <= found.sure[1] <= 1
    assert found.likely[0] - 1e-6 <= found.value <= found.likely[1] + 1e-6


@given(PAIRS)
def test_turning_the_scores_round_turns_the_correlation_round(pairs: list[tuple[float, float]]) -> None:
    found, turned = correlation(sums(pairs)), correlation(sums([(1 - x, y) for x, y in pairs]))
    assert (found is None) == (turned is None)
    if found is not None and turned is not None:
        assert turned.value == pytest.approx(-found.value, abs=1e-7)


def test_fewer_than_four_pairs_have_no_correlation() -> None:
    assert correlation(sums([(0, 0.0), (1, 1.0), (0, 0.5)])) is None


def test_the_range_of_a_share_is_the_one_classes_use() -> None:
    for right, answers in ((0, 5), (3, 10), (10, 10), (77, 80)):
        assert share(right, answers) == pytest.approx(likely_share(right, answers))
    assert share(0, 0) == (0.0, 1.0)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.floats(0, n), st.just(n))))
def test_a_share_lies_in_its_range_and_the_surer_range_is_wider(counted: tuple[float, int]) -> None:
    low, high = share(*counted)
    lower, higher = share(*counted, SURE)
    found, tiny = counted[0] / counted[1], 1e-9
    assert 0 <= lower <= low + tiny <= found + 2 * tiny
    assert found - 2 * tiny <= high - tiny <= higher <= 1


@pytest.mark.parametrize(
    ("more", "fewer", "probability"),
    [(0, 0, 1), (1, 0, 1 / 2), (8, 0, 1 / 256), (8, 1, 10 / 512), (5, 5, 638 / 1024)],
)
def test_the_sign_test_is_exact(more: int, fewer: int, probability: float) -> None:
    assert by_chance(more, fewer) == probability
