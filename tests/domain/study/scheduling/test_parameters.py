"""One value for all that a learner's scheduling depends on."""

from datetime import UTC, datetime, timedelta
from math import isclose, log
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.study.scheduling import card, day
from quizapp.domain.study.scheduling.evidence import Evidence
from quizapp.domain.study.scheduling.fsrs import DEFAULT_WEIGHTS, Weights, retrievability
from quizapp.domain.study.scheduling.parameters import Parameters

NOON = datetime(2025, 6, 2, 12, tzinfo=UTC)
LOG = [
    card.Event(id=f"e{number}", at=NOON + timedelta(days=days), day=1000 + days, evidence=Evidence(1.0, 0.01))
    for number, days in enumerate((0, 3, 12))
]


def state_of(parameters: Parameters) -> card.CardState:
    state = parameters.replay(LOG)
    assert state is not None
    return state


def logit(share: float) -> float:
    return log(share / (1 - share))


def test_the_defaults_are_plain_fsrs_at_ninety_percent():
    plain = Parameters()
    assert plain.replay(LOG) == card.replay(DEFAULT_WEIGHTS, LOG, 0.9)
    assert plain.trail(LOG) == card.trail(DEFAULT_WEIGHTS, LOG, 0.9)
    state = plain.step(None, LOG[0])
    assert state == card.step(DEFAULT_WEIGHTS, None, LOG[0], 0.9)
    assert plain.due_range(state) == card.due_range(DEFAULT_WEIGHTS, state, 0.9)
    assert plain.recall(state, 1004) == retrievability(DEFAULT_WEIGHTS, state.memory, 4)


def test_the_day_rolls_over_when_the_parameters_say():
    at, zone = datetime(2025, 6, 2, 1, tzinfo=UTC), ZoneInfo("Europe/Berlin")  # 03:00
    assert Parameters().study_day(at, zone) == day.study_day(at, zone)
    assert Parameters(rollover_hours=2).study_day(at, zone) == Parameters().study_day(at, zone) + 1


def test_a_higher_desired_retention_brings_cards_back_sooner():
    def latest(retention: float) -> int:
        parameters = Parameters(retention=retention)
        return parameters.due_range(state_of(parameters))[1]

    assert latest(0.95) < latest(0.90) < latest(0.80)


def test_the_longest_interval_holds():
    short = Parameters(maximum=3)
    assert short.due_range(state_of(short))[1] <= state_of(short).last_day + 3


@given(st.floats(-1, 1), st.floats(0.7, 1.4), st.floats(-1, 1), st.integers(1, 100))
def test_experience_moves_recall_by_its_log_odds(alpha: float, beta: float, offset: float, days: int):
    fitted = Parameters(alpha=alpha, beta=beta, offset=offset)
    state = state_of(fitted)
    plain = retrievability(DEFAULT_WEIGHTS, state.memory, days)
    expected = alpha + beta * logit(plain) + offset
    assert isclose(logit(fitted.recall(state, state.last_day + days)), expected, abs_tol=1e-6)


@given(st.floats(-0.5, 0.5), st.floats(0.8, 1.2), st.floats(-0.5, 0.5))
def test_with_experience_cards_still_come_back_at_the_desired_retention(
    alpha: float, beta: float, offset: float
):
    fitted = Parameters(alpha=alpha, beta=beta, offset=offset, maximum=36500)
    state = state_of(fitted)
    first, last = fitted.due_range(state)
    if last - first > 2:
        assert fitted.recall(state, first) > 0.9 > fitted.recall(state, last)


def test_a_mark_names_all_that_a_fold_depends_on_besides_the_log():
    other = Weights((0.2, *DEFAULT_WEIGHTS.values[1:]))
    kinds = [{}, {"retention": 0.85}, {"maximum": 30}, {"weights": other}, {"offset": 0.5}]
    assert len({Parameters(**fields).mark for fields in kinds}) == len(kinds)
    assert Parameters().mark == Parameters(rollover_hours=3).mark
    assert len(Parameters().mark) == 16


@pytest.mark.parametrize(
    "fields",
    [{"retention": 0.79}, {"retention": 0.96}, {"maximum": 0}, {"beta": 0.0}, {"rollover_hours": 24}],
)
def test_parameters_outside_their_ranges_are_refused(fields: dict[str, float]):
    with pytest.raises(ValueError):
        Parameters(**fields)


def test_a_learners_experience_moves_recall_and_intervals():
    state = state_of(Parameters())
    eager, plain, wary = (Parameters(offset=offset) for offset in (0.5, 0.0, -0.5))
    assert eager.recall(state, 1020) > plain.recall(state, 1020) > wary.recall(state, 1020)
    assert eager.due_range(state)[1] > plain.due_range(state)[1] > wary.due_range(state)[1]
    assert eager.recall(state, state.last_day) > 0.9999, "on the day itself there is hardly anything to move"
