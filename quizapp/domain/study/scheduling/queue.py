"""The day's queue: which of the cards that wait comes next. A choice, without a queue to keep.

Missed today and rested → due → new → missed today. `next_card` looks at the cards that storage has
read (at most a few hundred) and at what was answered today; the same facts give the same card.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from quizapp.domain.study.scheduling.fsrs import AGAIN, GOOD, Memory, Weights, next_memory, retrievability

REST = timedelta(minutes=5)  # between a miss and the next try
MOST_OF_A_TOPIC_IN_A_ROW = 2
HORIZON = 30  # days ahead at which a backlog asks what an answer today would save


class Candidate(NamedTuple):
    """A card that may come next. `stability` None: new; the fields behind `position` are then unused.

    item, fact, topic (the deck): their ids. position: a new item's place in the order of learning.
    wanted: on the last study day before a date, asked whenever it is due and beside its siblings.
    """

    item: int
    fact: int
    topic: int
    position: int = 0
    stability: float | None = None
    fast: float = 0.0
    difficulty: float = 5.0
    last_day: int = 0
    due_day: int = 0
    learning: bool = False
    last_at: datetime | None = None
    wanted: bool = False


class Stage(StrEnum):
    """Why a card comes now."""

    LEARNING = "learning"  # missed, and tried again until it is answered right once
    DUE = "due"
    NEW = "new"


class Choice(NamedTuple):
    """The card that comes next. rested: False where a card just missed comes for want of others."""

    candidate: Candidate
    stage: Stage
    rested: bool = True


class Today(NamedTuple):
    """What the choice depends on besides the cards.

    day: the study day. now: UTC. seen_facts: facts of the items answered today.
    recent_topics: topics of the latest answers, newest last. new_left: how many new items the
    day's limit still allows. due_left: how many due ones, None without a cap.
    """

    day: int
    now: datetime
    seen_facts: Collection[int] = frozenset()
    recent_topics: Sequence[int] = ()
    new_left: int = 0
    due_left: int | None = None


class Counts(NamedTuple):
    """What still waits today."""

    learning: int
    due: int
    new: int

    @property
    def all(self) -> int:
        return self.learning + self.due + self.new


def next_card(candidates: Iterable[Candidate], today: Today, weights: Weights) -> Choice | None:
    """The card to ask now; None when the day is done.

    Two items on one fact never come on one day: a due or a new card whose fact was answered today
    waits. Within due and new, at most two of a topic in a row while there are others.
    """
    learning, due, new = _sorted_out(candidates, today)
    if learning:
        first = min(learning, key=_since)
        if _rested(first, today.now):
            return Choice(first, Stage.LEARNING)
    if due:
        return Choice(_most_urgent(due, today, weights), Stage.DUE)
    if new:
        return Choice(min(_varied(new, today), key=lambda each: (each.position, each.item)), Stage.NEW)
    if learning:
        return Choice(min(learning, key=_since), Stage.LEARNING, rested=False)
    return None


def counts(candidates: Iterable[Candidate], today: Today) -> Counts:
    """How many of these cards will come today: of items on one fact only one, within the limits."""
    learning, due, new = _sorted_out(candidates, today)
    due_facts = {each.fact for each in due}
    new_facts = {each.fact for each in new} - due_facts
    due_count = len(due_facts) if today.due_left is None else min(len(due_facts), today.due_left)
    return Counts(len(learning), due_count, min(len(new_facts), today.new_left))


def _sorted_out(
    candidates: Iterable[Candidate], today: Today
) -> tuple[list[Candidate], list[Candidate], list[Candidate]]:
    """The cards that may come today: in learning, due, new."""
    learning: list[Candidate] = []
    due: list[Candidate] = []
    new: list[Candidate] = []
    for each in candidates:
        if each.learning and each.last_day >= today.day:
            learning.append(each)  # its fact was answered today by itself
        elif each.fact in today.seen_facts and not each.wanted:
            continue
        elif each.learning:
            learning.append(each)
        elif each.stability is None:
            if today.new_left > 0:
                new.append(each)
        elif each.wanted or (each.due_day <= today.day and today.due_left != 0):
            due.append(each)
    return learning, due, new


def _since(each: Candidate) -> tuple[bool, datetime | None, int]:
    """Longest waiting first; a card that does not say since when comes before all."""
    return each.last_at is not None, each.last_at, each.item


def _rested(each: Candidate, now: datetime) -> bool:
    return each.last_at is None or now - each.last_at >= REST


def _varied(pool: list[Candidate], today: Today) -> list[Candidate]:
    """The pool without the topic that has just come as often in a row as it may, if any is left."""
    latest = today.recent_topics[-MOST_OF_A_TOPIC_IN_A_ROW:]
    if len(latest) < MOST_OF_A_TOPIC_IN_A_ROW or len(set(latest)) > 1:
        return pool
    return [each for each in pool if each.topic != latest[0]] or pool


def _most_urgent(due: list[Candidate], today: Today, weights: Weights) -> Candidate:
    """Lowest R first; where the day's cap leaves some for later, the greatest gain first."""
    backlog = today.due_left is not None and len({each.fact for each in due}) > today.due_left
    return min(
        _varied(due, today),
        key=lambda each: (_urgency(weights, each, today.day, backlog=backlog), each.item),
    )


def _urgency(weights: Weights, each: Candidate, day: int, *, backlog: bool) -> float:
    """What the least of comes first: R today, or in a backlog minus what an answer would save."""
    assert each.stability is not None  # only new cards have none
    elapsed = max(0, day - each.last_day)
    memory = Memory(each.stability, each.fast, each.difficulty)
    recall = retrievability(weights, memory, elapsed)
    if not backlog:
        return recall
    right, wrong = (next_memory(weights, memory, rating, elapsed) for rating in (GOOD, AGAIN))
    return (
        retrievability(weights, memory, elapsed + HORIZON)
        - recall * retrievability(weights, right, HORIZON)
        - (1 - recall) * retrievability(weights, wrong, HORIZON)
    )
