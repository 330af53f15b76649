"""How far a student is with “know this deck by Friday”: the share of its facts they will know that day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from quizapp.domain.study.scheduling.fsrs import Triple, Weights
from quizapp.domain.study.scheduling.item_state import recall_now


class Remembered(NamedTuple):
    """What a card says of an item: its fact, memory and last study day, and whether it is being learnt."""

    fact: int
    memory: Triple
    last_day: int
    learning: bool


class Progress(NamedTuple):
    """known: facts whose predicted recall on the due day reaches the target; met: those answered at all."""

    known: int
    met: int
    facts: int

    @property
    def share(self) -> float:
        return self.known / self.facts if self.facts else 0.0

    @property
    def complete(self) -> bool:
        return self.facts > 0 and self.known >= self.facts


def progress(
    cards: Iterable[Remembered], facts: int, *, weights: Weights, target: float, due_day: int
) -> Progress:
    """The progress with these cards of a deck that holds so many facts.

    A fact is remembered as well as the least remembered of its items met so far; one that was never
    met is not known. An answer later than the due day counts as if given on it.
    """
    recalls: dict[int, float] = {}
    for fact, memory, last_day, learning in cards:
        recall = recall_now(weights, memory, last_day, learning, due_day)
        recalls[fact] = min(recall, recalls.get(fact, 1.0))
    return Progress(sum(recall >= target for recall in recalls.values()), len(recalls), facts)
