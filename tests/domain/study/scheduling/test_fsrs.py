"""FSRS-7 against a second implementation in decimal numbers, and against what its formulas promise."""

from __future__ import annotations

import json
import random
from decimal import Decimal
from math import inf, isclose, nan
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.study.scheduling.fsrs import (
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
    first_memory,
    next_memory,
    recalls,
    retrievability,
)
from quizapp.domain.study.scheduling.interval import time_to
from tests.domain.study.scheduling.reference import Reference

W = DEFAULT_WEIGHTS
RATINGS = st.sampled_from([AGAIN, HARD, GOOD, EASY])
STABILITIES = st.floats(MIN_STABILITY, MAX_STABILITY)
MEMORIES = st.builds(Memory, STABILITIES, STABILITIES, st.floats(MIN_DIFFICULTY, MAX_DIFFICULTY))
ELAPSED = st.floats(0, 5000)
VECTORS = Path(__file__).resolve().parents[4] / "shared" / "data" / "fsrs7_vectors.json"


def varied(chance: random.Random) -> Weights:
    values = [weight * chance.uniform(0.85, 1.15) for weight in W.values]
    values[26] = chance.uniform(0.85, 0.99)
    return Weights(tuple(values))


def test_five_hundred_random_histories_agree_with_the_second_implementation():
    """S, Sf, D, R and the time to 80, 90 and 95 % within 1e-9 relative; half the histories run with other
    weights; answers within one day are among them."""
    chance = random.Random(20261128)
    for number in range(500):
        weights = W if number % 2 else varied(chance)
        reference = Reference(weights.values)
        memory, state = None, None
        for _ in range(chance.randint(1, 10)):
            elapsed = chance.choice(
                [0.0, chance.random(), 1.0, chance.randint(1, 30), chance.randint(1, 400)]
            )
            rating = chance.choices([AGAIN, HARD, GOOD, EASY], [2, 1, 6, 1])[0]
            if memory is None or state is None:
                memory, state = first_memory(weights, rating), reference.first(rating)
            else:
                assert isclose(
                    retrievability(weights, memory, elapsed), reference.recall(state, elapsed), rel_tol=1e-9
                )
                memory = next_memory(weights, memory, rating, elapsed)
                state = reference.after(state, rating, elapsed)
            for ours, theirs in zip(memory, state, strict=True):
                assert isclose(ours, theirs, rel_tol=1e-9)
        for target in (0.8, 0.9, 0.95):
            assert isclose(reference.recall(state, time_to(weights, memory, target)), target, rel_tol=1e-9)


@pytest.mark.skipif(not VECTORS.is_file(), reason="needs vectors that are not part of the project")
def test_published_vectors_agree():
    for history in json.loads(VECTORS.read_text())["histories"]:
        weights = W if history["weights"] == "default" else Weights(tuple(history["weights"]))
        memory = None
        for review in history["reviews"]:
            if memory is None:
                memory = first_memory(weights, review["rating"])
            else:
                recall = retrievability(weights, memory, review["elapsed_days"])
                assert isclose(recall, review["recall_before"], rel_tol=1e-9)
                memory = next_memory(weights, memory, review["rating"], review["elapsed_days"])
            told = (review["stability"], review["stability_fast"], review["difficulty"])
            assert all(isclose(ours, theirs, rel_tol=1e-9) for ours, theirs in zip(memory, told, strict=True))
        for target, days in history["interval"].items():
            assert isclose(time_to(weights, memory, float(target)), days, rel_tol=1e-9)


@given(MEMORIES, ELAPSED)
def test_recall_starts_near_one_and_falls(memory: Memory, elapsed: float):
    assert isclose(retrievability(W, memory, 0), 1 - 1e-5)
    assert 0 < retrievability(W, memory, elapsed + 1) < retrievability(W, memory, elapsed) < 1


@given(MEMORIES, ELAPSED)
def test_the_recalls_of_an_update_are_those_of_the_curve(memory: Memory, elapsed: float):
    recall, quick = recalls(W, memory, elapsed)
    assert recall == retrievability(W, memory, elapsed)
    assert 0 < quick <= 1


@given(MEMORIES, RATINGS, ELAPSED)
def test_a_memory_stays_within_its_bounds(memory: Memory, rating: int, elapsed: float):
    after = next_memory(W, memory, rating, elapsed)
    assert MIN_STABILITY <= after.stability <= MAX_STABILITY
    assert MIN_STABILITY <= after.fast <= MAX_STABILITY
    assert MIN_DIFFICULTY <= after.difficulty <= MAX_DIFFICULTY


@given(MEMORIES, ELAPSED)
def test_a_better_rating_never_leaves_less(memory: Memory, elapsed: float):
    again, hard, good, easy = (
        next_memory(W, memory, rating, elapsed) for rating in (AGAIN, HARD, GOOD, EASY)
    )
    assert again.stability <= memory.stability <= hard.stability <= good.stability <= easy.stability
    assert again.fast <= hard.fast <= good.fast <= easy.fast
    assert hard.difficulty >= good.difficulty >= easy.difficulty
    assert again.difficulty >= good.difficulty


def test_a_first_easy_is_the_easiest_there_is():
    assert first_memory(W, EASY) == Memory(11.7841, 0.8 * 11.7841, 1.0)
    assert first_memory(W, AGAIN) == Memory(0.1104, 0.8 * 0.1104, 6.1686)


def test_after_a_lapse_the_fast_trace_is_at_most_four_fifths_of_the_slow_one():
    memory = Memory(1.0, 300.0, 5.0)
    after = next_memory(W, memory, AGAIN, 1)
    assert after.fast == 0.8 * after.stability


@pytest.mark.parametrize("power", [1.0, -0.5])
def test_the_fast_decay_stays_within_its_bounds(power: float):
    """Sf to that power would make the fast trace fade within minutes, or hardly ever."""
    weights = Weights((*W.values[:33], power))
    reference = Reference(weights.values)
    for fast in (0.0001, 30_000.0):
        memory = Memory(10.0, fast, 5.0)
        state = Decimal(10), Decimal(fast), Decimal(5)
        assert isclose(retrievability(weights, memory, 9), reference.recall(state, 9), rel_tol=1e-9)


def test_a_lapse_never_strengthens_a_memory_whatever_the_weights():
    generous = Weights((*W.values[:10], 3.0, *W.values[11:]))
    assert next_memory(generous, Memory(2.0, 2.0, 5.0), AGAIN, 30).stability == 2.0


def test_stability_stays_within_its_floor_and_its_ceiling():
    memory = first_memory(W, AGAIN)
    for _ in range(200):
        memory = next_memory(W, memory, AGAIN, 0)
    assert (memory.stability, memory.fast) == (MIN_STABILITY, MIN_STABILITY)
    assert memory.difficulty == pytest.approx(MAX_DIFFICULTY, abs=0.2)
    for _ in range(200):
        memory = next_memory(W, memory, EASY, 10_000)
    assert (memory.stability, memory.fast) == (MAX_STABILITY, MAX_STABILITY)


def test_difficulty_is_clipped_at_both_ends():
    assert next_memory(W, Memory(5.0, 5.0, 1.2), EASY, 3).difficulty == MIN_DIFFICULTY
    gloomy = Weights((*W.values[:4], 1010.0, 0.001, *W.values[6:]))
    assert next_memory(gloomy, Memory(5.0, 5.0, 9.5), AGAIN, 3).difficulty == MAX_DIFFICULTY


@pytest.mark.parametrize(
    "values",
    [
        (),
        W.values[:33],
        (nan, *W.values[1:]),
        (inf, *W.values[1:]),
        (0.0, *W.values[1:]),
        (*W.values[:25], 1.0, *W.values[26:]),
        (*W.values[:26], 0.0, *W.values[27:]),
    ],
)
def test_weights_that_cannot_be_are_refused(values: tuple[float, ...]):
    with pytest.raises(ValueError):
        Weights(values)
