"""Weights fitted to a log: the likeliest ones given where weights usually lie."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize

from quizapp.domain.study.scheduling.fsrs import DEFAULT_WEIGHTS, Weights
from quizapp.services.study.fitting.model import Answer, loss, steps
from quizapp.services.study.fitting.tape import Array

LOW = np.array(
    (
        *([0.0001] * 4),
        *(1, 0.001, 0.1, 0, 0, 0.3, 0.01, 0.1, 0, 0, 1, 0, 0, 0.5, 0.001, 0.001, 0, 0, 1),
        *(0.01, 0.01, 0.2, 0.5, 0.01, 0.1, 0, 0.1, 0, 0, 0),
    )
)
HIGH = np.array(
    (
        *(50, 100, 100, 100, 10, 4, 4, 4, 1.2, 3, 1.5, 1, 3.5, 1, 7, 4, 2, 6, 1.5, 1, 5, 1, 7),
        *(0.25, 0.95, 0.85, 0.99, 1, 1, 0.9, 1.1, 1, 0.6, 0.6),
    )
)
# how far weights lie from the defaults among learners: standard deviations
SPREAD = np.array(
    (
        *(6.4, 9.7, 17.6, 27.9, 0.523, 0.253, 0.433, 0.297, 0.214, 0.289, 0.186, 0.175, 0.381, 0.301, 0.910),
        *(0.323, 0.245, 0.327, 0.184, 0.174, 0.461, 0.311, 0.864, 0.042, 0.260, 0.080, 0.068, 0.128, 0.140),
        *(0.141, 0.149, 0.2, 0.15, 0.15),
    )
)
PENALTY = 1 / 3
ROUNDS = 60


def fit(
    cards: Sequence[Sequence[Answer]], counts: Array, right: Array, *, start: Weights = DEFAULT_WEIGHTS
) -> Weights:
    """The weights for these cards. counts: whether each row of the log is held against its prediction;
    right: whether it was recalled; start: the weights known before, from which to depart only for cause."""
    log = steps(cards)
    scored = np.flatnonzero(counts)
    importance = np.zeros(len(counts))
    # What was answered lately says more.
    importance[scored] = 0.25 + 0.75 * (np.arange(1, len(scored) + 1) / len(scored)) ** 3
    before = np.array(start.values)
    scale = importance.sum()

    def cost(weights: Array) -> tuple[float, Array]:
        total, slopes = loss(weights, log, importance, right)
        away = (weights - before) / SPREAD
        penalty = PENALTY / len(scored)
        return total / scale + penalty * float(away @ away), slopes / scale + 2 * penalty * away / SPREAD

    found = minimize(
        cost,
        np.clip(before, LOW, HIGH),
        jac=True,
        method="L-BFGS-B",
        bounds=list(zip(LOW, HIGH, strict=True)),
        options={"maxiter": ROUNDS},
    ).x
    found[:4] = np.maximum.accumulate(found[:4])
    found[26] = max(found[25], found[26])
    return Weights(tuple(float(weight) for weight in found))
