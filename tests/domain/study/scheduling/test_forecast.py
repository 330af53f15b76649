"""The forecast by day, and calibration with honest intervals."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.study.scheduling.forecast import Tally, bin_of, calibration, forecast, tally, wilson


def test_what_is_overdue_waits_today():
    assert forecast({95: 4, 99: 1, 100: 2, 102: 3, 110: 9}, 100, 4) == (7, 0, 3, 0)
    assert forecast({}, 100, 2) == (0, 0)
    assert forecast({95: 4}, 100, 0) == ()


@given(st.dictionaries(st.integers(50, 150), st.integers(0, 20)))
def test_a_long_forecast_holds_every_card(due_counts: dict[int, int]):
    assert sum(forecast(due_counts, 100, 51)) == sum(due_counts.values())


def test_bins_are_tenths():
    assert [bin_of(share) for share in (0.0, 0.0999, 0.1, 0.85, 0.9999, 1.0)] == [0, 0, 1, 8, 9, 9]


def test_answers_are_gathered_by_what_was_predicted():
    gathered = tally([(0.91, 1.0), (0.97, 0.5), (0.42, 0.0)])
    assert gathered == {9: Tally(2, 0.91 + 0.97, 1.5), 4: Tally(1, 0.42, 0.0)}


def test_calibration_sets_predicted_beside_observed():
    low, high = calibration({9: Tally(200, 186.0, 150.0), 3: Tally(4, 1.4, 2.0), 5: Tally(0, 0.0, 0.0)})
    assert (low.answers, low.predicted, low.observed) == (4, 0.35, 0.5)
    assert low.holds
    assert (high.predicted, high.observed) == (0.93, 0.75)
    assert not high.holds


def test_wilson_by_known_values():
    """Newcombe, Statistics in Medicine 17 (1998), table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29."""
    for right, answers, low, high in [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ]:
        assert wilson(right, answers) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 10_000), st.data())
def test_wilson_holds_the_share_and_stays_a_share(answers: int, data: st.DataObject):
    right = data.draw(st.floats(0, answers))
    low, high = wilson(right, answers)
    assert 0 <= low <= high <= 1
    assert low <= right / answers + 1e-12
    assert high >= right / answers - 1e-12
    mirrored = wilson(answers - right, answers)
    assert isclose(1 - mirrored[1], low, abs_tol=1e-9)
