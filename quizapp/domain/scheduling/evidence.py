"""What an answer says about a memory: a self-rating is taken at its word, a graded answer is weighed.

A wrong answer is Again, on any day and in any format. A right one may have been guessed, with
probability g (`chance`), so it is a success only with probability π (Bayes):

π = R / (R + g·(1−R))

and the memory lies between what Good and what Again would make of it:
ln S′ = π·ln S_good + (1−π)·ln S_again, D′ = π·D_good + (1−π)·D_again.
"""

from __future__ import annotations

from math import exp, log

import msgspec

from quizapp.domain.scheduling.fsrs import (
    AGAIN,
    EASY,
    GOOD,
    Memory,
    Weights,
    after_rating,
    first_memory,
    retrievability,
)

DEFAULT_PRIOR = 0.5  # until a site has first answers to count
Pair = tuple[float, float]  # stability, difficulty: a Memory is one

PASS = 0.5  # a score below this is a miss
# A share counted at a small site can be 0 or 1; no first answer is as certain as that.
LEAST_PRIOR, MOST_PRIOR = 0.01, 0.99
# What an author's word does to the odds that a fact is known before it is asked.
ODDS = {"easy": 2.0, "": 1.0, "hard": 0.5}


class Evidence(msgspec.Struct, frozen=True):
    """One answer as the scheduler sees it.

    score: 0 to 1. chance: g, the probability of a right guess; 0 where nothing is guessed (a
    self-rating, “I don't know”). rating: 1–4 for a self-rating, which then decides alone,
    else None. hinted: a hint or a second try was used. ValueError outside these ranges.
    """

    score: float
    chance: float = 0.0
    rating: int | None = None
    hinted: bool = False

    def __post_init__(self) -> None:
        # Written so that NaN fails too.
        if not (0 <= self.score <= 1 and 0 <= self.chance < 1):
            raise ValueError("Evidence needs 0 ≤ score ≤ 1 and 0 ≤ chance < 1.")
        if self.rating is not None and not AGAIN <= self.rating <= EASY:
            raise ValueError("A rating is 1 Again, 2 Hard, 3 Good or 4 Easy.")

    @property
    def missed(self) -> bool:
        """Whether the item comes again on the same day."""
        return self.score < PASS if self.rating is None else self.rating == AGAIN


def prior_of(prior: float, difficulty: str) -> float:
    """The probability that an item is known before its first answer: the site's share, and the author's
    word for how hard it is, which doubles or halves the odds."""
    odds = ODDS[difficulty] * prior
    return odds / (odds + 1 - prior)


def update(weights: Weights, memory: Memory | None, evidence: Evidence, elapsed: int, prior: float) -> Memory:
    """The memory after an answer; `memory` None is a first exposure, where R is the prior.

    elapsed: study days since the last answer, ≥ 0. A hint makes a right answer a miss and then a
    success of the same day.
    """
    return Memory(*weigh(weights, memory, evidence, elapsed, prior))


def weigh(weights: Weights, memory: Pair | None, evidence: Evidence, elapsed: int, prior: float) -> Pair:
    """`update` on plain pairs: the fold runs through it once for each event of the log."""
    if evidence.hinted:
        again = _rated(weights, memory, AGAIN, elapsed)
        return again if evidence.missed else _rated(weights, again, GOOD, 0)
    if evidence.rating is not None:
        return _rated(weights, memory, evidence.rating, elapsed)
    if memory is None:
        known = success(evidence, min(max(prior, LEAST_PRIOR), MOST_PRIOR))
        return _between(first_memory(weights, AGAIN), first_memory(weights, GOOD), known)
    # Within a day the curve stands at 1, so that no guess would be found out: an answer on the same day
    # is weighed as it would be on the next.
    recall = retrievability(weights, memory[0], elapsed or 1)
    again = after_rating(weights, memory, AGAIN, elapsed, recall)
    return _between(again, after_rating(weights, memory, GOOD, elapsed, recall), success(evidence, recall))


def success(evidence: Evidence, recall: float) -> float:
    """π: the probability that a graded answer came from memory, given R before it (0 < R < 1).

    0 for a miss. Partial credit from the half up is a right answer worth its score: π is multiplied by it.
    """
    if evidence.missed:
        return 0.0
    return evidence.score * recall / (recall + evidence.chance * (1 - recall))


def _between(again: Pair, good: Pair, known: float) -> Pair:
    """The mixture of the two outcomes: in ln S and in D, `known` of good and the rest of again."""
    if known == 0:
        return again
    unknown = 1 - known
    return exp(known * log(good[0]) + unknown * log(again[0])), known * good[1] + unknown * again[1]


def _rated(weights: Weights, memory: Pair | None, rating: int, elapsed: int) -> Pair:
    if memory is None:
        return first_memory(weights, rating)
    return after_rating(weights, memory, rating, elapsed, retrievability(weights, memory[0], elapsed))
