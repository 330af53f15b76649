"""FSRS-7: how a memory's two stabilities and its difficulty change with each answer.

Formulas: the model guide of ts-fsrs and `models/fsrs_v7.py` of open-spaced-repetition/srs-benchmark.

S   slow stability   days; in [0.0001, 36500]
Sf  fast stability   the same for the trace that an answer leaves at once and that fades first
D   difficulty       in [1, 10]
R   retrievability   the probability of recall
t   elapsed time     days ≥ 0: whole study days, or the part of a day that has gone by within one
g   rating           1 Again, 2 Hard, 3 Good, 4 Easy
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import exp, isfinite, log
from typing import NamedTuple

MODEL = "FSRS-7"
AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4

MIN_STABILITY = 0.0001
MAX_STABILITY = 36500.0
MIN_DIFFICULTY = 1.0
MAX_DIFFICULTY = 10.0
FAST_SHARE = 0.8  # of S: what a first answer or a lapse leaves of the fast trace
SURE = 1e-5  # R stays this far from 0 and 1
LEAST_DECAY, MOST_DECAY = 0.01, 0.95

Triple = tuple[float, float, float]  # stability, fast, difficulty: a Memory is one


class Memory(NamedTuple):
    """What is kept of a memory. stability, fast: days; difficulty: 1 (easy) to 10 (hard)."""

    stability: float
    fast: float
    difficulty: float


class Trace(NamedTuple):
    """The seven weights by which one of the two stabilities changes.

    growth: e^(w−1.5). At a success S grows with growth · (11−D) · S^−wear · (e^((1−R)·gap) − 1); at a
    lapse left · ((S+1)^spread − 1) · e^((1−R)·relief) is left. hard, easy: factors of that growth.
    """

    growth: float
    wear: float
    gap: float
    left: float
    spread: float
    relief: float
    hard: float
    easy: float


@dataclass(frozen=True, slots=True)
class Weights:
    """The 34 weights w0 … w33, and what follows from them, computed once.

    ValueError unless there are 34 finite numbers with w0–w3 > 0 (they are stabilities) and
    0 < w25, w26 < 1 (shares of recall).
    """

    values: tuple[float, ...]
    slow: Trace = field(init=False, repr=False, compare=False)
    fast: Trace = field(init=False, repr=False, compare=False)
    # d of the slow curve, −clamp(w24)
    decay: float = field(init=False, repr=False, compare=False)
    # w26^(1/d) − 1: F of the slow curve at D = 5 and w32 = 0.3
    factor: float = field(init=False, repr=False, compare=False)
    # ln w25
    fast_share: float = field(init=False, repr=False, compare=False)
    # 0.01·D0(4): where difficulty drifts to
    easiest: float = field(init=False, repr=False, compare=False)
    # the memory after a first answer rated 1 … 4
    first: tuple[Memory, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        w = self.values
        if len(w) != 34 or not all(map(isfinite, w)):
            raise ValueError("FSRS-7 has 34 weights, all finite.")
        if min(w[:4]) <= 0 or not (0 < w[25] < 1 and 0 < w[26] < 1):
            raise ValueError("The weights w0 to w3 must be positive, w25 and w26 between 0 and 1.")
        decay = -min(max(w[24], LEAST_DECAY), MOST_DECAY)
        derived = {
            "slow": Trace(exp(w[7] - 1.5), *w[8:15]),
            "fast": Trace(exp(w[15] - 1.5), *w[16:23]),
            "decay": decay,
            "factor": w[26] ** (1 / decay) - 1,
            "fast_share": log(w[25]),
            "easiest": 0.01 * _first_difficulty(w, EASY),
            "first": tuple(
                Memory(
                    stability := _bounded(w[rating - 1]),
                    _bounded(FAST_SHARE * stability),
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


def _bounded(stability: float) -> float:
    return min(max(stability, MIN_STABILITY), MAX_STABILITY)


# The defaults published with FSRS-7.
DEFAULT_WEIGHTS = Weights(
    (
        *(0.1104, 2.2395, 3.9221, 11.7841),  # w0–w3: first stability by rating
        *(6.1686, 0.6457, 3.6807),  # w4–w6: difficulty
        *(1.9795, 0.0, 1.3826, 0.7024, 0.5999, 0.8146, 0.6398, 1.0),  # w7–w14: the slow trace
        *(1.3207, 0.6707, 3.8668, 0.4416, 0.0934, 1.8631, 0.6162, 1.0869),  # w15–w22: the fast trace
        *(0.1567, 0.0801, 0.2421, 0.9464),  # w23–w26: decays, and what is left at t = S
        *(0.1433, 0.7145, 0.0, 0.5667),  # w27–w30: how much each trace weighs
        *(0.3734, 0.5333, 0.3048),  # w31–w33: what difficulty and Sf do to the curve
    )
)


# R over time: fast·(1 + fast_rate·t)^fast_decay + slow·(1 + slow_rate·t)^slow_decay + 10⁻⁵, in this order. A
# plain tuple: it is made at every answer, and a named one takes twice as long.
Curve = tuple[float, float, float, float, float, float]


def curve(weights: Weights, memory: Triple) -> Curve:
    """The forgetting curve of a memory."""
    stability, fast, difficulty = memory
    w = weights.values
    decay: float = w[23] * fast ** (w[33] - 0.3)
    if not LEAST_DECAY <= decay <= MOST_DECAY:
        decay = LEAST_DECAY if decay < LEAST_DECAY else MOST_DECAY
    steep = -weights.fast_share / decay
    rate = (exp(steep if steep < 60.0 else 60.0) - 1) / fast  # noqa: FURB136 – min() takes twice as long
    hardness = difficulty - 5
    slow_rate = weights.factor * exp(hardness * (w[32] - 0.3)) / stability
    fast_weight: float = w[27] * fast ** -w[29]
    slow_weight: float = w[28] * stability ** w[30] * exp(hardness * (w[31] - 0.5))
    share = (1 - 2 * SURE) / (fast_weight + slow_weight)
    return fast_weight * share, rate, -decay, slow_weight * share, slow_rate, weights.decay


def retrievability(weights: Weights, memory: Triple, elapsed: float) -> float:
    """R(t), `elapsed` ≥ 0 days after the last answer."""
    fast, fast_rate, fast_decay, slow, slow_rate, slow_decay = curve(weights, memory)
    recall: float = fast * (1 + fast_rate * elapsed) ** fast_decay
    recall += slow * (1 + slow_rate * elapsed) ** slow_decay
    return recall + SURE


def recalls(weights: Weights, memory: Triple, elapsed: float) -> tuple[float, float]:
    """R, and what the fast trace alone would recall: all that an update needs to know of the time."""
    fast, fast_rate, fast_decay, slow, slow_rate, slow_decay = curve(weights, memory)
    quick: float = (1 + fast_rate * elapsed) ** fast_decay
    steady: float = (1 + slow_rate * elapsed) ** slow_decay
    return fast * quick + slow * steady + SURE, quick


def first_memory(weights: Weights, rating: int) -> Memory:
    """S = w[g−1], Sf = 0.8·S, D = D0(g), clipped. `rating` is 1 to 4."""
    return weights.first[rating - 1]


def next_memory(weights: Weights, memory: Triple, rating: int, elapsed: float) -> Memory:
    """The memory after an answer rated 1 to 4, `elapsed` ≥ 0 days after the last one."""
    return Memory(*after_rating(weights, memory, rating, *recalls(weights, memory, elapsed)))


def after_rating(weights: Weights, memory: Triple, rating: int, recall: float, quick: float) -> Triple:
    """`next_memory` on plain triples, for callers that know the recalls already."""
    stability, fast, difficulty = memory
    if rating == AGAIN:
        after = _left(weights.slow, stability, recall)
        after_fast = _left(weights.fast, fast, quick)
        most = FAST_SHARE * after
        if after_fast > most:
            after_fast = max(most, MIN_STABILITY)
    else:
        after = _grown(weights.slow, stability, difficulty, recall, rating)
        after_fast = _grown(weights.fast, fast, difficulty, quick, rating)
    return after, after_fast, _next_difficulty(weights, difficulty, rating, recall)


def _left(trace: Trace, stability: float, recall: float) -> float:
    """L = min(S, left·((S+1)^spread − 1)·e^((1−R)·relief)), within its bounds."""
    _, _, _, left, spread, relief, _, _ = trace
    after: float = left * ((stability + 1) ** spread - 1) * exp((1 - recall) * relief)
    if after > stability:
        return stability
    return after if after > MIN_STABILITY else MIN_STABILITY  # noqa: FURB136 – max() takes twice as long


def _grown(trace: Trace, stability: float, difficulty: float, recall: float, rating: int) -> float:
    """S·(1 + growth·(11−D)·S^−wear·(e^((1−R)·gap) − 1)·h), h = hard, easy or 1; at least L, within its
    bounds. L is at most S, so it matters only where S would fall, and it never does."""
    growth, wear, gap, _, _, _, hard, easy = trace
    gained: float = growth * (11 - difficulty) * stability**-wear * (exp((1 - recall) * gap) - 1)
    if rating == HARD:
        gained *= hard
    elif rating == EASY:
        gained *= easy
    after = stability * (1 + gained)
    return after if after < MAX_STABILITY else MAX_STABILITY  # noqa: FURB136 – min() takes twice as long


def _next_difficulty(weights: Weights, difficulty: float, rating: int, recall: float) -> float:
    """D′ = 0.01·D0(4) + 0.99·(D + (10−D)/9·Δ), Δ = −w6·(g−3), times R + 0.1 for Again; clipped to [1, 10]."""
    change = -weights.values[6] * (rating - 3)
    if rating == AGAIN:
        change *= recall + 0.1
    after = weights.easiest + 0.99 * (difficulty + (10 - difficulty) / 9 * change)
    if after < MIN_DIFFICULTY:
        return MIN_DIFFICULTY
    return after if after < MAX_DIFFICULTY else MAX_DIFFICULTY  # noqa: FURB136 – min() takes twice as long
