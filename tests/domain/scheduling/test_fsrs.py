"""FSRS-6 against py-fsrs as oracle, and against the properties its formulas promise."""

import random
from datetime import UTC, datetime, timedelta
from math import inf, isclose, nan

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.scheduling.fsrs import (
    AGAIN,
    DEFAULT_WEIGHTS,
    EASY,
    GOOD,
    HARD,
    MAX_DIFFICULTY,
    MAX_STABILITY,
    MIN_DIFFICULTY,
    MIN_STABILITY,
    Memory,
    Weights,
    after_rating,
    first_memory,
    next_memory,
    retrievability,
)
from quizapp.domain.scheduling.interval import interval

BEGIN = datetime(2025, 1, 1, 12, tzinfo=UTC)
RATINGS = st.sampled_from([AGAIN, HARD, GOOD, EASY])
MEMORIES = st.builds(
    Memory, st.floats(MIN_STABILITY, MAX_STABILITY), st.floats(MIN_DIFFICULTY, MAX_DIFFICULTY)
)


def oracle(weights: Weights, retention: float) -> fsrs.Scheduler:
    return fsrs.Scheduler(
        parameters=weights.values,
        desired_retention=retention,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=365,
        enable_fuzzing=False,
    )


def varied(chance: random.Random) -> Weights:
    """Weights around the defaults, within the bounds that py-fsrs accepts."""
    bounds = zip(fsrs.scheduler.LOWER_BOUNDS_PARAMETERS, fsrs.scheduler.UPPER_BOUNDS_PARAMETERS, strict=True)
    return Weights(
        tuple(
            min(max(weight * chance.uniform(0.7, 1.4), low), high)
            for weight, (low, high) in zip(DEFAULT_WEIGHTS.values, bounds, strict=True)
        )
    )


def test_the_defaults_are_the_published_ones():
    assert DEFAULT_WEIGHTS.values == fsrs.scheduler.DEFAULT_PARAMETERS


def test_three_thousand_random_histories_agree_with_py_fsrs():
    """S and D within 1e-12 relative, R too, and not one interval that differs. Half the histories
    run with other weights and another desired retention; answers of the same day are among them."""
    chance = random.Random(20251121)
    compared = 0
    for number in range(3000):
        weights = DEFAULT_WEIGHTS if number % 2 else varied(chance)
        retention = 0.9 if number % 2 else chance.uniform(0.8, 0.95)
        peer = oracle(weights, retention)
        card = fsrs.Card(card_id=number)
        memory: Memory | None = None
        at = BEGIN
        for _ in range(chance.randint(1, 12)):
            elapsed = chance.choice([0, 1, 2, chance.randint(1, 30), chance.randint(1, 400)])
            rating = chance.choices([AGAIN, HARD, GOOD, EASY], [2, 1, 6, 1])[0]
            at += timedelta(days=elapsed)
            if memory is None:
                memory = first_memory(weights, rating)
            else:
                assert isclose(
                    retrievability(weights, memory.stability, elapsed),
                    peer.get_card_retrievability(card, at),
                    rel_tol=1e-12,
                )
                memory = next_memory(weights, memory, rating, elapsed)
            card, _ = peer.review_card(card, fsrs.Rating(rating), at)
            if card.stability > MAX_STABILITY:  # py-fsrs has no upper bound: the histories part here
                break
            assert isclose(memory.stability, card.stability, rel_tol=1e-12)
            assert isclose(memory.difficulty, card.difficulty, rel_tol=1e-12)
            assert interval(weights, memory.stability, retention) == (card.due - at).days
            compared += 1
    assert compared > 15_000


@given(st.floats(MIN_STABILITY, MAX_STABILITY), st.integers(0, 5000))
def test_recall_starts_at_one_and_falls(stability: float, elapsed: int):
    assert retrievability(DEFAULT_WEIGHTS, stability, 0) == 1
    later = retrievability(DEFAULT_WEIGHTS, stability, elapsed + 1)
    assert 0 < later < retrievability(DEFAULT_WEIGHTS, stability, elapsed)


@given(st.integers(1, 36500))
def test_stability_is_the_time_to_ninety_percent(stability: int):
    assert isclose(retrievability(DEFAULT_WEIGHTS, stability, stability), 0.9, rel_tol=1e-12)


@given(MEMORIES, RATINGS, st.integers(0, 5000))
def test_a_memory_stays_within_its_bounds(memory: Memory, rating: int, elapsed: int):
    after = next_memory(DEFAULT_WEIGHTS, memory, rating, elapsed)
    assert MIN_STABILITY <= after.stability <= MAX_STABILITY
    assert MIN_DIFFICULTY <= after.difficulty <= MAX_DIFFICULTY


@given(MEMORIES, st.integers(0, 5000))
def test_a_better_rating_never_leaves_less(memory: Memory, elapsed: int):
    after = [next_memory(DEFAULT_WEIGHTS, memory, rating, elapsed) for rating in (AGAIN, HARD, GOOD, EASY)]
    assert [each.stability for each in after] == sorted(each.stability for each in after)
    assert [each.difficulty for each in after] == sorted((each.difficulty for each in after), reverse=True)


def test_a_first_easy_is_the_easiest_there_is():
    assert first_memory(DEFAULT_WEIGHTS, EASY) == Memory(8.2956, 1.0)
    assert first_memory(DEFAULT_WEIGHTS, AGAIN) == Memory(0.212, 6.4133)


def test_stability_stays_above_its_floor_after_any_number_of_misses():
    memory = first_memory(DEFAULT_WEIGHTS, AGAIN)
    for _ in range(50):
        memory = next_memory(DEFAULT_WEIGHTS, memory, AGAIN, 0)
    assert memory.stability == MIN_STABILITY
    assert memory.difficulty == pytest.approx(MAX_DIFFICULTY, abs=0.05)


def test_stability_stays_within_its_floor_and_its_ceiling():
    least = after_rating(DEFAULT_WEIGHTS, (MIN_STABILITY, 10.0), 1, 0, 1.0)
    most = after_rating(DEFAULT_WEIGHTS, (MAX_STABILITY, 1.0), 4, 10_000, 0.1)
    assert (least[0], most[0]) == (MIN_STABILITY, MAX_STABILITY)


def test_difficulty_is_clipped_at_both_ends():
    eager = Weights((*DEFAULT_WEIGHTS.values[:6], 3.9, 0.5, *DEFAULT_WEIGHTS.values[8:]))
    assert next_memory(eager, Memory(5.0, 1.2), EASY, 3).difficulty == MIN_DIFFICULTY
    gloomy = Weights(
        (
            *DEFAULT_WEIGHTS.values[:4],
            40.0,
            0.001,
            *DEFAULT_WEIGHTS.values[6:7],
            0.5,
            *DEFAULT_WEIGHTS.values[8:],
        )
    )
    assert next_memory(gloomy, Memory(5.0, 9.5), AGAIN, 3).difficulty == MAX_DIFFICULTY


@pytest.mark.parametrize(
    "values",
    [
        (),
        DEFAULT_WEIGHTS.values[:20],
        (nan, *DEFAULT_WEIGHTS.values[1:]),
        (inf, *DEFAULT_WEIGHTS.values[1:]),
        (0.0, *DEFAULT_WEIGHTS.values[1:]),
        (*DEFAULT_WEIGHTS.values[:20], 0.0),
    ],
)
def test_weights_that_cannot_be_are_refused(values: tuple[float, ...]):
    with pytest.raises(ValueError):
        Weights(values)
