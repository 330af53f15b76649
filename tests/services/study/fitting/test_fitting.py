"""The fit: its model is the domain's, its derivatives are exact, and it finds what made a log."""

from __future__ import annotations

import random

import numpy as np
import pytest

from quizapp.domain.study.scheduling.evidence import Evidence, eased, update
from quizapp.domain.study.scheduling.fsrs import (
    AGAIN,
    DEFAULT_WEIGHTS,
    GOOD,
    Memory,
    Weights,
    first_memory,
    next_memory,
    retrievability,
)
from quizapp.services.study.fitting import model, offsets, weights
from quizapp.services.study.fitting.model import Answer

W = np.array(DEFAULT_WEIGHTS.values)


def log_of(
    cards: int, made_by: Weights = DEFAULT_WEIGHTS
) -> tuple[list[list[Answer]], np.ndarray, np.ndarray]:
    """Answers of a learner with these weights: cards, whether each row counts, whether it was right."""
    chance = random.Random(20261128)
    log, counts, right = [], [], []
    for _ in range(cards):
        memory: Memory | None = None
        answers = []
        for _ in range(chance.randint(1, 9)):
            elapsed = 0.0 if memory is None else chance.choice([0.004, 0.3, 1.0, 3.0, 9.0, 40.0])
            recalled = chance.random() < (0.5 if memory is None else retrievability(made_by, memory, elapsed))
            rating = chance.choices([2, GOOD, 4], [1, 6, 1])[0] if recalled else AGAIN
            answers.append(Answer(elapsed, rating, len(counts)))
            counts.append(elapsed >= 1)
            right.append(recalled)
            memory = (
                next_memory(made_by, memory, rating, elapsed) if memory else first_memory(made_by, rating)
            )
        log.append(answers)
    return log, np.array(counts), np.array(right)


def test_its_predictions_are_those_of_the_domain():
    log, counts, _ = log_of(60)
    found = model.predictions(W, model.steps(log), len(counts))
    for card in log:
        memory = first_memory(DEFAULT_WEIGHTS, card[0].rating)
        assert np.isnan(found[card[0].row])
        for answer in card[1:]:
            assert found[answer.row] == pytest.approx(retrievability(DEFAULT_WEIGHTS, memory, answer.elapsed))
            memory = next_memory(DEFAULT_WEIGHTS, memory, answer.rating, answer.elapsed)


def test_its_derivatives_are_those_of_small_differences():
    log, counts, right = log_of(60)
    start = W * 0.97 + 0.003  # away from bounds, where one side's difference is another
    turns, importance = model.steps(log), counts * 0.7
    _, slopes = model.loss(start, turns, importance, right)
    for place in range(34):
        step = np.zeros(34)
        step[place] = 1e-6
        above, below = (model.loss(start + sign * step, turns, importance, right)[0] for sign in (1, -1))
        assert slopes[place] == pytest.approx((above - below) / 2e-6, rel=1e-3, abs=1e-3)


def graded_log(cards: int) -> tuple[list[list[Answer]], np.ndarray, np.ndarray, dict[int, float]]:
    """Answers of which many may have been guessed, and the recall before each but the first by the domain."""
    chance = random.Random(7)
    log, counts, right, recalls = [], [], [], {}
    for _ in range(cards):
        memory: Memory | None = None
        answers = []
        for _ in range(chance.randint(1, 6)):
            elapsed = 0.0 if memory is None else chance.choice([0.004, 1.0, 9.0])
            passed, g, prior = chance.random() < 0.7, chance.choice([0.0, 0.25, 0.5]), chance.random()
            if memory is not None:
                recalls[len(counts)] = retrievability(DEFAULT_WEIGHTS, memory, elapsed)
            ease = chance.uniform(-1.5, 0.7) if memory is None else 0.0
            memory = update(DEFAULT_WEIGHTS, memory, Evidence(float(passed), g), elapsed, prior)
            memory = Memory(*eased(memory, ease)) if ease else memory
            answers.append(Answer(elapsed, GOOD if passed else AGAIN, len(counts), g, prior, ease))
            counts.append(elapsed >= 1)
            right.append(passed)
        log.append(answers)
    return log, np.array(counts), np.array(right), recalls


def test_guesses_are_weighed_as_the_domain_weighs_them():
    log, counts, _, recalls = graded_log(60)
    found = model.predictions(W, model.steps(log), len(counts))
    assert {row: pytest.approx(found[row]) for row in recalls} == recalls


def test_the_loss_of_a_guessed_answer_and_its_derivatives():
    log, counts, right, recalls = graded_log(60)
    turns, importance = model.steps(log), counts * 0.7
    by_hand = 0.0
    for answer in (each for card in log for each in card if counts[each.row]):
        likely = recalls[answer.row] + (1 - recalls[answer.row]) * answer.chance
        by_hand -= 0.7 * np.log(likely if right[answer.row] else 1 - likely)
    assert model.loss(W, turns, importance, right)[0] == pytest.approx(by_hand)
    start = W * 0.97 + 0.003
    _, slopes = model.loss(start, turns, importance, right)
    for place in range(34):
        step = np.zeros(34)
        step[place] = 1e-6
        above, below = (model.loss(start + sign * step, turns, importance, right)[0] for sign in (1, -1))
        assert slopes[place] == pytest.approx((above - below) / 2e-6, rel=1e-3, abs=1e-3)


def test_a_fit_predicts_a_forgetful_learner_better_and_keeps_the_bounds():
    values = list(W)
    values[2], values[7] = 1.0, 1.2
    log, counts, right = log_of(250, Weights(tuple(values)))
    turns, importance = model.steps(log), counts * 1.0
    fitted = weights.fit(log, counts, right)
    assert (
        model.loss(np.array(fitted.values), turns, importance, right)[0]
        < model.loss(W, turns, importance, right)[0]
    )
    assert np.all(np.array(fitted.values) >= weights.LOW)
    assert np.all(np.array(fitted.values) <= weights.HIGH)
    assert list(fitted.values[:4]) == sorted(fitted.values[:4])


# --- classmates ----------------------------------------------------------------------------------


def test_an_offset_is_drawn_towards_the_mean():
    counts = offsets.Counts(0.6, 5)
    assert counts.offset("unknown") == 0
    for right in (True, True, True):
        counts.add("easy", right)
    counts.add("hard", False)
    assert counts.offset("easy") == pytest.approx(np.log(6 / 2) - np.log(0.6 / 0.4))
    assert counts.offset("hard") == pytest.approx(np.log(3 / 3) - np.log(0.6 / 0.4))


def test_a_running_offset_knows_only_what_came_before():
    found = offsets.running(offsets.Counts(0.5, 8), "aab", [True, False, True])
    assert found == pytest.approx([0, np.log(5 / 4), 0])


def test_the_line_is_found_again_and_left_alone_where_rows_are_few():
    chance = np.random.default_rng(7)
    recall, moves = chance.uniform(0.3, 0.98, 20_000), chance.normal(0, 0.5, 20_000)
    right = (chance.random(20_000) < offsets.moved(recall, -0.4, 0.6, moves)).astype(float)
    alpha, beta = offsets.line(recall, moves, right)
    assert (alpha, beta) == (pytest.approx(-0.4, abs=0.07), pytest.approx(0.6, abs=0.07))
    assert offsets.line(recall[:999], moves[:999], right[:999]) == (0.0, 1.0)
    assert offsets.moved(recall, 0, 1, 0 * moves) == pytest.approx(recall)
