"""One value for all that a learner's scheduling depends on."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from quizapp.domain.study.scheduling import card, day
from quizapp.domain.study.scheduling.evidence import Evidence
from quizapp.domain.study.scheduling.fsrs import DEFAULT_WEIGHTS, Weights, retrievability
from quizapp.domain.study.scheduling.parameters import Parameters, text_of, weights_of

NOON = datetime(2025, 6, 2, 12, tzinfo=UTC)
LOG = [
    card.Event(id=f"e{number}", at=NOON + timedelta(days=days), day=1000 + days, evidence=Evidence(1.0, 0.01))
    for number, days in enumerate((0, 3, 12))
]


def state_of(parameters: Parameters) -> card.CardState:
    state = parameters.replay(LOG)
    assert state is not None
    return state


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


def test_stored_weights_are_the_same_to_the_last_bit():
    assert text_of(DEFAULT_WEIGHTS) == ""
    assert weights_of("") is DEFAULT_WEIGHTS
    other = Weights((0.1 + 0.2, 1e-4, *DEFAULT_WEIGHTS.values[2:]))
    assert weights_of(text_of(other)) == other


@pytest.mark.parametrize("text", ["[1.0,2.0]", "0.9", "weights"])
def test_what_is_no_set_of_weights_is_refused(text: str):
    with pytest.raises(ValueError):
        weights_of(text)


def test_other_weights_bring_cards_back_at_the_desired_retention_too():
    quick = Parameters(weights=Weights((*DEFAULT_WEIGHTS.values[:7], 1.2, *DEFAULT_WEIGHTS.values[8:])))
    state = state_of(quick)
    first, last = quick.due_range(state)
    assert last < Parameters().due_range(state_of(Parameters()))[1]
    assert quick.recall(state, first) >= 0.9 >= quick.recall(state, last)


def test_a_mark_names_all_that_a_fold_depends_on_besides_the_log():
    other = Weights((0.2, *DEFAULT_WEIGHTS.values[1:]))
    kinds = [{}, {"retention": 0.85}, {"maximum": 30}, {"weights": other}]
    assert len({Parameters(**fields).mark for fields in kinds}) == len(kinds)
    assert Parameters().mark == Parameters(rollover_hours=3).mark
    assert len(Parameters().mark) == 16


@pytest.mark.parametrize(
    "fields",
    [{"retention": 0.79}, {"retention": 0.96}, {"maximum": 0}, {"rollover_hours": 24}],
)
def test_parameters_outside_their_ranges_are_refused(fields: dict[str, float]):
    with pytest.raises(ValueError):
        Parameters(**fields)
