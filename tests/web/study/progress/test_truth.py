"""The verdict on predictions: a learner whose memory is as predicted reads that they are about right."""

from __future__ import annotations

import random
from types import SimpleNamespace

import pytest

from quizapp.services.study.figures import MILLION, calibration_figures
from quizapp.web.study.progress.building import truth

LEARNERS = 120
GUESSES = {
    "typed, flip card": 0.0,
    "ordering of four": 9 / 24,
    "four options": 0.25,
    "true or false": 0.5,
    "mixed": None,
}


def learner(chance: random.Random, answers: int, guess: float | None) -> str:
    """What a learner with a true memory reads after so many answers."""
    bins: dict[int, SimpleNamespace] = {}
    for _ in range(answers):
        recall = min(0.999, chance.gauss(0.89, 0.05))
        by_guessing = chance.choice((0.0, 0.25, 0.5)) if guess is None else guess
        right = chance.random() < recall or chance.random() < by_guessing
        review = SimpleNamespace(
            expected=recall,
            guess=by_guessing,
            score=float(right),
            chance=by_guessing,
            rating=None,
            hinted=False,
        )
        if by_guessing == 0:
            review.rating = 3 if right else 1
        keys, amounts = calibration_figures(1, review)
        row = bins.setdefault(keys["bin"], SimpleNamespace(bin=keys["bin"], reviews=0, expected=0, right=0))
        for name, amount in amounts.items():
            setattr(row, name, getattr(row, name) + amount)
    return truth(list(bins.values())).sentence


@pytest.mark.parametrize("answers", [300, 1_000, 3_000])
@pytest.mark.parametrize("format", GUESSES)
def test_a_true_memory_reads_that_the_predictions_are_about_right(format: str, answers: int):
    chance = random.Random(f"{format} {answers}")
    said = [learner(chance, answers, GUESSES[format]) for _ in range(LEARNERS)]
    assert sum("about right" in each for each in said) >= 0.95 * LEARNERS


@pytest.mark.parametrize("believed_too_much", [0.05, -0.05])
def test_predictions_that_are_off_by_five_points_are_found_out(believed_too_much: float):
    row = SimpleNamespace(bin=9, reviews=3_000, expected=round(0.9 * 3_000 * MILLION), right=0)
    row.right = round((0.9 - believed_too_much) * 3_000 * MILLION)
    words = "too optimistic" if believed_too_much > 0 else "too cautious"
    assert words in truth([row]).sentence
