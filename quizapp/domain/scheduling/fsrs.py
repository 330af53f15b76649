"""FSRS-6: how a memory's stability and difficulty change with each answer.

Formulas: https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm (FSRS-6);
checked against the package `fsrs` (py-fsrs, MIT) in the tests.

S  stability    days until recall falls from 100 % to 90 %; in [0.001, 36500]
D  difficulty   in [1, 10]
R  retrievability, the probability of recall
t  elapsed study days, an integer ≥ 0
g  rating       1 Again, 2 Hard, 3 Good, 4 Easy
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import exp, isfinite
from typing import NamedTuple

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4

MIN_STABILITY = 0.001
MAX_STABILITY = 36500.0
MIN_DIFFICULTY = 1.0
MAX_DIFFICULTY = 10.0


class Memory(NamedTuple):
    """What is kept of a memory. stability: days; difficulty: 1 (easy) to 10 (hard)."""

    stability: float
    difficulty: float


@dataclass(frozen=True, slots=True)
class Weights:
    """The 21 weights w0 … w20, and the constants that follow from them, computed once.

    ValueError unless there are 21 finite numbers with w0–w3 > 0 (they are stabilities) and
    w20 > 0 (or nothing would be forgotten).
    """

    values: tuple[float, ...]
    # −w20
    decay: float = field(init=False, repr=False, compare=False)
    # F = 0.9^(−1/w20) − 1, so that R = 0.9 at t = S
    factor: float = field(init=False, repr=False, compare=False)
    # e^w8
    growth: float = field(init=False, repr=False, compare=False)
    # e^(w17·w18): a lapse leaves at most S divided by this
    after_lapse: float = field(init=False, repr=False, compare=False)
    # D0(4), not clipped: where difficulty drifts to
    easiest: float = field(init=False, repr=False, compare=False)
    # the memory after a first answer rated 1 … 4
    first: tuple[Memory, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        w = self.values
        if len(w) != 21 or not all(map(isfinite, w)):
            raise ValueError("FSRS-6 has 21 weights, all finite.")
        if min(*w[:4], w[20]) <= 0:
            raise ValueError("The weights w0, w1, w2, w3 and w20 must be positive.")
        derived = {
            "decay": -w[20],
            "factor": 0.9 ** (-1 / w[20]) - 1,
            "growth": exp(w[8]),
            "after_lapse": exp(w[17] * w[18]),
            "easiest": _first_difficulty(w, EASY),
            "first": tuple(
                Memory(
                    min(max(w[rating - 1], MIN_STABILITY), MAX_STABILITY),
                    min(max(_first_difficulty(w, rating), MIN_DIFFICULTY), MAX_DIFFICULTY),
                )
                for rating in (AGAIN, HARD, GOOD, EASY)
            ),
        }
        for name, value in derived.items():
            object.__setattr__(self, name, value)  # the one way to fill a frozen dataclass


def _first_difficulty(w: tuple[float, ...], rating: int) -> float:
    """D0(g) = w4 − e^(w5·(g−1)) + 1, not clipped."""
    return w[4] - exp(w[5] * (rating - 1)) + 1


# The defaults published with FSRS-6 (fsrs-rs, py-fsrs).
DEFAULT_WEIGHTS = Weights(
    (
        *(0.212, 1.2931, 2.3065, 8.2956),  # w0–w3: first stability by rating
        *(6.4133, 0.8334, 3.0194, 0.001),  # w4–w7: difficulty
        *(1.8722, 0.1666, 0.796),  # w8–w10: stability after recall
        *(1.4835, 0.0614, 0.2629, 1.6483),  # w11–w14: stability after forgetting
        *(0.6014, 1.8729),  # w15–w16: Hard, Easy
        *(0.5425, 0.0912, 0.0658),  # w17–w19: answers on the same day
        0.1542,  # w20: decay
    )
)


def retrievability(weights: Weights, stability: float, elapsed_days: int) -> float:
    """R(t) = (1 + F·t/S)^(−w20)."""
    recall: float = (1 + weights.factor * elapsed_days / stability) ** weights.decay
    return recall


def first_memory(weights: Weights, rating: int) -> Memory:
    """S = w[g−1]; D = D0(g), clipped. `rating` is 1 to 4."""
    return weights.first[rating - 1]


def next_memory(weights: Weights, memory: Memory, rating: int, elapsed_days: int) -> Memory:
    """The memory after an answer rated 1 to 4, `elapsed_days` ≥ 0 study days after the last one."""
    recall = retrievability(weights, memory.stability, elapsed_days)
    return Memory(*after_rating(weights, memory, rating, elapsed_days, recall))


def after_rating(
    weights: Weights, memory: tuple[float, float], rating: int, elapsed_days: int, recall: float
) -> tuple[float, float]:
    """`next_memory` on plain pairs, for callers that know R already; it is not read where t = 0."""
    stability, difficulty = memory
    if elapsed_days == 0:
        after = _same_day(weights, stability, rating)
    elif rating == AGAIN:
        after = _forgotten(weights, stability, difficulty, recall)
    else:
        after = _recalled(weights, stability, difficulty, recall, rating)
    if after < MIN_STABILITY:
        after = MIN_STABILITY
    elif after > MAX_STABILITY:
        after = MAX_STABILITY
    return after, _next_difficulty(weights, difficulty, rating)


def _recalled(weights: Weights, stability: float, difficulty: float, recall: float, rating: int) -> float:
    """S′ = S·(1 + e^w8·(11−D)·S^(−w9)·(e^(w10·(1−R)) − 1)·h); h = w15 Hard, w16 Easy, else 1."""
    w = weights.values
    grown: float = weights.growth * (11 - difficulty) * stability ** -w[9] * (exp(w[10] * (1 - recall)) - 1)
    if rating == HARD:
        grown *= w[15]
    elif rating == EASY:
        grown *= w[16]
    return stability * (1 + grown)


def _forgotten(weights: Weights, stability: float, difficulty: float, recall: float) -> float:
    """S′ = min(w11·D^(−w12)·((S+1)^w13 − 1)·e^(w14·(1−R)), S/e^(w17·w18))."""
    w = weights.values
    left: float = w[11] * difficulty ** -w[12] * ((stability + 1) ** w[13] - 1) * exp(w[14] * (1 - recall))
    most = stability / weights.after_lapse
    return left if left < most else most  # noqa: FURB136 – min() takes twice as long


def _same_day(weights: Weights, stability: float, rating: int) -> float:
    """S′ = S·x with x = e^(w17·(g−3+w18))·S^(−w19), and x ≥ 1 unless g = 1."""
    w = weights.values
    change: float = exp(w[17] * (rating - 3 + w[18])) * stability ** -w[19]
    return stability if change < 1 and rating > AGAIN else stability * change


def _next_difficulty(weights: Weights, difficulty: float, rating: int) -> float:
    """D′ = w7·D0(4) + (1−w7)·(D − w6·(g−3)·(10−D)/9), clipped to [1, 10]."""
    w = weights.values
    reversion = w[7]
    moved = difficulty - w[6] * (rating - 3) * (10 - difficulty) / 9
    after = reversion * weights.easiest + (1 - reversion) * moved
    if after < MIN_DIFFICULTY:
        return MIN_DIFFICULTY
    return after if after < MAX_DIFFICULTY else MAX_DIFFICULTY  # noqa: FURB136 – min() takes twice as long
