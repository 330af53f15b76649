"""FSRS-7 and what answers say about it (`evidence.weigh`), over many cards at once, with derivatives by the
weights."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from quizapp.domain.study.scheduling.evidence import (
    DEFAULT_PRIOR,
    EASIER,
    LEAST_PRIOR,
    MOST_PRIOR,
    SLOWER,
    likely_right,
)
from quizapp.domain.study.scheduling.fsrs import (
    AGAIN,
    EASY,
    FAST_SHARE,
    HARD,
    LEAST_DECAY,
    MAX_DIFFICULTY,
    MAX_STABILITY,
    MIN_DIFFICULTY,
    MIN_STABILITY,
    MOST_DECAY,
    SURE,
)
from quizapp.services.study.fitting.tape import Array, Traced, choose, derivatives, pick


class Answer(NamedTuple):
    """elapsed: days since the last answer to the card, 0 at the first; rating 1–4; row: its place in the log;
    chance: of guessing it, 0 where nothing is guessed; prior, ease: at a first answer, the chance of knowing
    it, and how much easier than others the item was known to be."""

    elapsed: float
    rating: int
    row: int
    chance: float = 0.0
    prior: float = DEFAULT_PRIOR
    ease: float = 0.0


class State(NamedTuple):
    slow: Traced
    fast: Traced
    difficulty: Traced


@dataclass(frozen=True)
class Step:
    """The n-th answers of all cards that have so many, those with the longest logs first."""

    elapsed: Array
    rating: Array
    rows: Array
    chance: Array
    prior: Array
    ease: Array


def steps(cards: Iterable[Sequence[Answer]]) -> list[Step]:
    """The cards' answers, turn by turn."""
    longest_first = sorted(cards, key=len, reverse=True)
    found = []
    for turn in range(len(longest_first[0]) if longest_first else 0):
        answers = [card[turn] for card in longest_first if len(card) > turn]
        columns = (np.array(column) for column in zip(*answers, strict=True))
        elapsed, rating, rows, chance, prior, ease = columns
        found.append(Step(elapsed.astype(float), rating, rows, chance, prior, ease))
    return found


def predictions(weights: Array, log: list[Step], rows: int) -> Array:
    """R before each row of the log, NaN before first answers."""
    found = np.full(rows, np.nan)
    for step, recall in _walk([Traced(float(weight)) for weight in weights], log):
        found[step.rows] = recall.value
    return found


def loss(weights: Array, log: list[Step], importance: Array, right: Array) -> tuple[float, Array]:
    """The log loss of all rows, each weighted by its importance, and its derivatives by the weights."""
    traced = [Traced(float(weight)) for weight in weights]
    total, sources = 0.0, []
    for step, recall in _walk(traced, log):
        counts, was_right, known = importance[step.rows], right[step.rows], 1 - step.chance
        likely = likely_right(recall.value, step.chance)
        total -= float(np.sum(counts * np.log(np.where(was_right, likely, 1 - likely))))
        sources.append((recall, -counts * known * np.where(was_right, 1 / likely, -1 / (1 - likely))))
    return total, derivatives(sources, traced)


def _walk(w: list[Traced], log: list[Step]) -> Iterable[tuple[Step, Traced]]:
    """Each turn but the first with the recall before it."""
    easiest = _first_difficulty(w, float(EASY))
    state = _opening(w, log[0])
    for step in log[1:]:
        state = State(*(part.first(len(step.rows)) for part in state))
        recall, quick = _recall(w, state, step.elapsed)
        yield step, recall
        state = _after(w, state, step, recall, quick, easiest)


def _first_difficulty(w: list[Traced], rating: Array) -> Traced:
    found: Traced = w[4] - (w[5] * (rating - 1.0)).exp() + 1
    return found


def _first(w: list[Traced], rating: Array) -> State:
    slow = pick(w[:4], rating - 1).clip(MIN_STABILITY, MAX_STABILITY)
    fast = (slow * FAST_SHARE).clip(MIN_STABILITY, MAX_STABILITY)
    return State(slow, fast, _first_difficulty(w, rating).clip(MIN_DIFFICULTY, MAX_DIFFICULTY))


def _opening(w: list[Traced], step: Step) -> State:
    """The memories after first answers, each to an item of its ease (`evidence.eased`)."""
    slow, fast, difficulty = _weighed(w, step)
    factor = np.exp(SLOWER * step.ease)
    return State(
        (slow * factor).clip(MIN_STABILITY, MAX_STABILITY),
        (fast * factor).clip(MIN_STABILITY, MAX_STABILITY),
        (difficulty - Traced(EASIER * step.ease)).clip(MIN_DIFFICULTY, MAX_DIFFICULTY),
    )


def _weighed(w: list[Traced], step: Step) -> State:
    """The memories after first answers: a right one may have been guessed."""
    after = _first(w, step.rating)
    if not step.chance.any():
        return after
    prior = np.clip(step.prior, LEAST_PRIOR, MOST_PRIOR)
    known = Traced(prior / (prior + step.chance * (1 - prior)))
    return _between(_first(w, np.full_like(step.rating, AGAIN)), after, known)


def _between(start: State, end: State, share: Traced) -> State:
    """`evidence._between`."""
    slow, fast = (begun * (ended / begun) ** share for begun, ended in zip(start[:2], end[:2], strict=True))
    return State(slow, fast, start.difficulty + share * (end.difficulty - start.difficulty))


def _recall(w: list[Traced], state: State, elapsed: Array) -> tuple[Traced, Traced]:
    slow, fast, difficulty = state
    fast_decay = -((w[23] * fast ** (w[33] - 0.3)).clip(LEAST_DECAY, MOST_DECAY))
    fast_factor = (w[25].log() / fast_decay).clip(-np.inf, 60.0).exp() - 1
    quick = (fast_factor * elapsed / fast + 1) ** fast_decay
    slow_decay = -(w[24].clip(LEAST_DECAY, MOST_DECAY))
    hardness = difficulty - 5
    slow_factor = (w[26] ** (1 / slow_decay) - 1) * (hardness * (w[32] - 0.3)).exp()
    steady = (slow_factor * elapsed / slow + 1) ** slow_decay
    fast_weight = w[27] * fast ** (-w[29])
    slow_weight = w[28] * slow ** w[30] * (hardness * (w[31] - 0.5)).exp()
    mean = (fast_weight * quick + slow_weight * steady) / (fast_weight + slow_weight)
    return mean * (1 - 2 * SURE) + SURE, quick


def _after(
    w: list[Traced], state: State, step: Step, recall: Traced, quick: Traced, easiest: Traced
) -> State:
    """The memories after these answers: a right one may have been guessed."""
    after = _rated(w, state, step.rating, recall, quick, easiest)
    if not step.chance.any():
        return after
    again = _rated(w, state, np.full_like(step.rating, AGAIN), recall, quick, easiest)
    return _between(again, after, recall / (recall + (1 - recall) * step.chance))


def _rated(
    w: list[Traced], state: State, rating: Array, recall: Traced, quick: Traced, easiest: Traced
) -> State:
    again = rating == AGAIN
    slow_left, slow_grown = _trace(w, 7, state.slow, state.difficulty, rating, recall)
    fast_left, fast_grown = _trace(w, 15, state.fast, state.difficulty, rating, quick)
    fast_left = fast_left.least(slow_left * FAST_SHARE)
    change = -(w[6] * (rating - 3.0))
    change = choose(again, change * (recall + 0.1), change * np.ones_like(recall.value))
    moved = state.difficulty + (10 - state.difficulty) / 9 * change
    return State(
        choose(again, slow_left, slow_grown).clip(MIN_STABILITY, MAX_STABILITY),
        choose(again, fast_left, fast_grown).clip(MIN_STABILITY, MAX_STABILITY),
        (easiest * 0.01 * np.ones_like(recall.value) + moved * 0.99).clip(MIN_DIFFICULTY, MAX_DIFFICULTY),
    )


def _trace(
    w: list[Traced], k: int, stability: Traced, difficulty: Traced, rating: Array, recall: Traced
) -> tuple[Traced, Traced]:
    """What a lapse leaves of a trace, and what a success makes of it."""
    lost = 1 - recall
    left = w[k + 3] * ((stability + 1) ** w[k + 4] - 1) * (lost * w[k + 5]).exp()
    left = stability.least(left)
    factor = pick([w[k + 6], Traced(1.0), w[k + 7]], np.select([rating == HARD, rating == EASY], [0, 2], 1))
    growth = (w[k] - 1.5).exp() * (11 - difficulty) * stability ** (-w[k + 1])
    gained = growth * ((lost * w[k + 2]).exp() - 1) * factor
    return left, stability * (gained + 1)
