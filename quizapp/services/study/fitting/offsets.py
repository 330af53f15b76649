"""What classmates teach the scheduler: R* = sigmoid(alpha + beta·logit R + item + learner).

The item's and the learner's offsets are log-odds of their answers against the mean, drawn towards 0 by
answers made up at the mean; alpha and beta are fitted with the offsets in place.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from math import log

import numpy as np
from scipy.optimize import minimize

from quizapp.services.study.fitting.tape import Array

OF_ITEM, OF_LEARNER = 5, 8  # answers made up
ENOUGH = 1_000  # scored rows, below which alpha is 0 and beta 1
LEAST_BETA = 0.05


@dataclass
class Counts:
    """Right answers and answers by item or learner, against a mean share of right answers."""

    mean: float
    made_up: int
    right: dict[Hashable, int] = field(default_factory=dict)
    answers: dict[Hashable, int] = field(default_factory=dict)

    def add(self, key: Hashable, right: bool) -> None:
        self.right[key] = self.right.get(key, 0) + right
        self.answers[key] = self.answers.get(key, 0) + 1

    def offset(self, key: Hashable) -> float:
        """0 for whom nothing is known of."""
        share = (self.right.get(key, 0) + self.made_up * self.mean) / (
            self.answers.get(key, 0) + self.made_up
        )
        return log(share / (1 - share)) - log(self.mean / (1 - self.mean))


def line(recall: Array, offsets: Array, right: Array) -> tuple[float, float]:
    """alpha and beta by least log loss; 0 and 1 below ENOUGH rows."""
    if len(recall) < ENOUGH:
        return 0.0, 1.0
    inner = np.log(recall / (1 - recall))

    def cost(both: Array) -> tuple[float, Array]:
        odds = both[0] + both[1] * inner + offsets
        off = 1 / (1 + np.exp(-odds)) - right
        return float(np.mean(np.logaddexp(0, odds) - right * odds)), np.array(
            [off.mean(), (off * inner).mean()]
        )

    bounds = [(None, None), (LEAST_BETA, None)]
    found = minimize(cost, np.array([0.0, 1.0]), jac=True, method="L-BFGS-B", bounds=bounds).x
    return float(found[0]), float(found[1])


def moved(recall: Array, alpha: float, beta: float, offsets: Array) -> Array:
    """R*."""
    odds = alpha + beta * np.log(recall / (1 - recall)) + offsets
    return 1 / (1 + np.exp(-odds))


def running(counts: Counts, keys: Iterable[Hashable], right: Iterable[bool]) -> Array:
    """Each row's offset from the rows before it."""
    found = []
    for key, was_right in zip(keys, right, strict=True):
        found.append(counts.offset(key))
        counts.add(key, was_right)
    return np.array(found)
