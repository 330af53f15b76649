"""What an answer says about a memory: a self-rating is taken at its word, a graded answer is weighed.

A wrong answer is Again, on any day and in any format. A right one may have been guessed, with
probability g (`chance`), so it is a success only with probability π (Bayes):

π = R / (R + g·(1−R))

and the memory lies between what Good and what Again would make of it: for S and Sf
ln S′ = π·ln S_good + (1−π)·ln S_again, and D′ = π·D_good + (1−π)·D_again.
"""

from __future__ import annotations

from math import exp

import msgspec

from quizapp.domain.study.scheduling.fsrs import (
    AGAIN,
    EASY,
    GOOD,
    MAX_DIFFICULTY,
    MAX_STABILITY,
    MIN_DIFFICULTY,
    MIN_STABILITY,
    Memory,
    Triple,
    Weights,
    after_rating,
    first_memory,
    recalls,
)

DEFAULT_PRIOR = 0.5  # until a site has first answers to count

PASS = 0.5  # a score below this is a miss
# A share counted at a small site can be 0 or 1; no first answer is as certain as that.
LEAST_PRIOR, MOST_PRIOR = 0.05, 0.95
# What an item's ease, in log-odds, does to the memory that a first answer leaves: S and Sf times
# e^(SLOWER·ease), D less EASIER·ease. Measured on a class's log (docs/scheduling.md).
SLOWER, EASIER = 2.0, 2.0
# What an author's word does to the odds that a fact is known before it is asked.
ODDS = {"easy": 2.0, "": 1.0, "hard": 0.5}


class Evidence(msgspec.Struct, frozen=True):
    """One answer as the scheduler sees it.

    score: 0 to 1. chance: g, the probability of guessing this score or a better one; 0 where nothing is
    guessed (a self-rating, “I don't know”). rating: 1–4 for a self-rating, which then decides alone,
    else None. hinted: a hint or a second try was used. weight: how far the memory goes of the way that
    the answer would take it. ValueError outside these ranges.
    """

    score: float
    chance: float = 0.0
    rating: int | None = None
    hinted: bool = False
    weight: float = 1.0

    def __post_init__(self) -> None:
        # Written so that NaN fails too.
        if not (0 <= self.score <= 1 and 0 <= self.chance < 1 and 0 < self.weight <= 1):
            raise ValueError("Evidence needs 0 ≤ score ≤ 1, 0 ≤ chance < 1 and 0 < weight ≤ 1.")
        if self.rating is not None and not AGAIN <= self.rating <= EASY:
            raise ValueError("A rating is 1 Again, 2 Hard, 3 Good or 4 Easy.")

    @property
    def missed(self) -> bool:
        """Whether the item comes again on the same day."""
        return self.score < PASS if self.rating is None else self.rating == AGAIN


def likely_right(recall: float, guess: float) -> float:
    """The probability that an answer passes: it is recalled, or else guessed."""
    return recall + (1 - recall) * guess


def credit(evidence: Evidence, guess: float) -> float:
    """What an answer counts for beside `likely_right`: 1 for a pass, 0 for a miss; who gave up, or needed a
    hint, would have guessed right so often."""
    if evidence.hinted:
        return guess
    if not evidence.missed:
        return 1.0
    gave_up = evidence.rating is None and evidence.score == 0 and evidence.chance == 0
    return guess if gave_up else 0.0


def known_share(answers: int, passed: float, guessed: float) -> float:
    """The share of first answers really known, chance removed; passed: Σ credit, guessed: Σ guess."""
    if guessed >= answers:
        return DEFAULT_PRIOR
    return min(max((passed - guessed) / (answers - guessed), LEAST_PRIOR), MOST_PRIOR)


def prior_of(prior: float, difficulty: str, ease: float | None = None) -> float:
    """The probability that an item is known before its first answer: the site's share, and how hard the item
    is: by others' answers (`ease`), or by its author's word, which doubles or halves the odds."""
    odds = prior * (ODDS[difficulty] if ease is None else exp(ease))
    return odds / (odds + 1 - prior)


def eased(memory: Triple, ease: float) -> Triple:
    """What a first answer leaves of an item that is easier, or harder, than others."""
    slow, fast, difficulty = memory
    factor = exp(SLOWER * ease)
    return (
        min(max(slow * factor, MIN_STABILITY), MAX_STABILITY),
        min(max(fast * factor, MIN_STABILITY), MAX_STABILITY),
        min(max(difficulty - EASIER * ease, MIN_DIFFICULTY), MAX_DIFFICULTY),
    )


def update(
    weights: Weights, memory: Triple | None, evidence: Evidence, elapsed: float, prior: float
) -> Memory:
    """The memory after an answer; `memory` None is a first exposure, where R is the prior.

    elapsed: days since the last answer, ≥ 0. A hint makes a right answer a miss and then a
    success of the same moment.
    """
    return Memory(*weigh(weights, memory, evidence, elapsed, prior))


def weigh(
    weights: Weights, memory: Triple | None, evidence: Evidence, elapsed: float, prior: float
) -> Triple:
    """`update` on plain triples: the fold runs through it once for each event of the log."""
    if memory is None:
        after = _first(weights, evidence, prior)
        return after if evidence.weight == 1 else _between(weights.first[0], after, evidence.weight)
    recall, quick = recalls(weights, memory, elapsed)
    rating = evidence.rating
    if evidence.hinted or rating is None:
        after = again = after_rating(weights, memory, AGAIN, recall, quick)
        if not evidence.missed:
            if evidence.hinted:
                after = after_rating(weights, again, GOOD, *recalls(weights, again, 0))
            else:
                good = after_rating(weights, memory, GOOD, recall, quick)
                after = _between(again, good, success(evidence.chance, recall))
    else:
        after = after_rating(weights, memory, rating, recall, quick)
    return after if evidence.weight == 1 else _between(memory, after, evidence.weight)


def success(chance: float, recall: float) -> float:
    """π: the probability that a right answer came from memory, given R before it (0 < R < 1)."""
    return recall / (recall + chance * (1 - recall))


def _first(weights: Weights, evidence: Evidence, prior: float) -> Triple:
    again = first_memory(weights, AGAIN)
    if evidence.hinted:
        return again if evidence.missed else after_rating(weights, again, GOOD, *recalls(weights, again, 0))
    if evidence.rating is not None:
        return first_memory(weights, evidence.rating)
    if evidence.missed:
        return again
    known = success(evidence.chance, min(max(prior, LEAST_PRIOR), MOST_PRIOR))
    return _between(again, first_memory(weights, GOOD), known)


def _between(start: Triple, end: Triple, share: float) -> Triple:
    """`share` of the way from one memory to another: in ln S, in ln Sf and in D."""
    if share == 1:
        return end
    slow, fast, difficulty = start
    return (
        slow * (end[0] / slow) ** share,
        fast * (end[1] / fast) ** share,
        difficulty + share * (end[2] - difficulty),
    )
