"""The forgetting curve in SQL: `fsrs.retrievability` of cards, for sums and orders over many of them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Float, case, cast, func

from quizapp.domain.study.scheduling.fsrs import LEAST_DECAY, MOST_DECAY, SURE, Weights

MEMORY = "stability", "fast", "difficulty"  # the columns of a card that are its memory


def elapsed(last_day: Any, today: int) -> ColumnElement[int]:
    """Study days since the last answer, 0 where the clock went back."""
    return case((last_day >= today, 0), else_=today - last_day)


def recall(weights: Weights, card: Any, days: ColumnElement[int]) -> ColumnElement[float]:
    """R, `days` after the last answer. `card`: whatever has the columns MEMORY."""
    w = weights.values
    stability, fast, difficulty = (cast(getattr(card, name), Float(53)) for name in MEMORY)
    decay = w[23] * func.power(fast, w[33] - 0.3)
    fast_decay = -case((decay < LEAST_DECAY, LEAST_DECAY), (decay > MOST_DECAY, MOST_DECAY), else_=decay)
    steep = weights.fast_share / fast_decay
    fast_rate = (func.exp(case((steep > 60.0, 60.0), else_=steep)) - 1) / fast
    slow_rate = weights.factor * func.exp((difficulty - 5) * (w[32] - 0.3)) / stability
    fast_weight = w[27] * func.power(fast, -w[29])
    slow_weight = w[28] * func.power(stability, w[30]) * func.exp((difficulty - 5) * (w[31] - 0.5))
    quick = func.power(1 + fast_rate * days, fast_decay)
    steady = func.power(1 + slow_rate * days, weights.decay)
    mean = (fast_weight * quick + slow_weight * steady) / (fast_weight + slow_weight)
    return cast(mean * (1 - 2 * SURE) + SURE, Float(53))
