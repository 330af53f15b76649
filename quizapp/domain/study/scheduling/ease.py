"""How much easier an item is than the model expects of any: its ease, in log-odds, told by all who answered.

Each answer is held against its prediction P = g + (1−g)·R, made as if nothing were known of the item. The
ease is one Newton step of their likelihood, from 0, drawn to 0 by PULL.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quizapp.domain.study.scheduling.card import Event, elapsed
from quizapp.domain.study.scheduling.evidence import (
    LEAST_PRIOR,
    MOST_PRIOR,
    Evidence,
    likely_right,
    weigh,
)
from quizapp.domain.study.scheduling.fsrs import Triple, Weights, retrievability

PULL = 2.0  # as much information as about ten answers give
# At the bounds what is right at first comes again after 1 day, or after 15, instead of 5: a question too many
# is a small harm, one too late a greater.
LEAST, MOST = -1.5, 0.3


class Surprise(NamedTuple):
    """What answers say about an item: the slope of their log-likelihood by its ease, and the information."""

    slope: float
    information: float


def surprises(weights: Weights, answers: Sequence[Event], prior: float) -> Surprise:
    """What a card's answers (`card.answers_of`) say about its item. prior: the share of such items known
    before their first answer."""
    slope = information = 0.0
    memory: Triple | None = None
    before: Event | None = None
    for event in answers:
        evidence = event.evidence
        assert evidence is not None  # it is an answer
        days, recall = 0.0, min(max(prior, LEAST_PRIOR), MOST_PRIOR)
        if memory is not None and before is not None:
            days = elapsed(before.day, before.at, event.day, event.at)
            recall = retrievability(weights, memory, days)
        if not evidence.hinted:
            found = surprise(recall, evidence)
            slope, information = slope + found.slope, information + found.information
        memory, before = weigh(weights, memory, evidence, days, prior), event
    return Surprise(slope, information)


def surprise(recall: float, evidence: Evidence) -> Surprise:
    """What one answer says, given R before it (0 < R < 1)."""
    chance = evidence.chance if evidence.rating is None else 0.0
    likely = likely_right(recall, chance)
    moved = (1 - chance) * recall * (1 - recall)  # dP by the ease
    spread = likely * (1 - likely)
    return Surprise((1 - evidence.missed - likely) * moved / spread, moved * moved / spread)


def ease(slope: float, information: float) -> float:
    """The ease after answers with these sums; 0 of none."""
    return min(max(slope / (information + PULL), LEAST), MOST)
