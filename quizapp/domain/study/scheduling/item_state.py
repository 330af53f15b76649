"""How an item stands with a learner on a day: new, learning, to review or known; and its recall now."""

from __future__ import annotations

from enum import StrEnum

from quizapp.domain.study.scheduling.card import AWAY
from quizapp.domain.study.scheduling.fsrs import Triple, Weights, retrievability


class ItemState(StrEnum):
    """An item's place on the way into memory. Lists use these and no others."""

    NEW = "new"  # never answered
    LEARNING = "learning"  # missed last time, and not put right since
    DUE = "due"  # to be reviewed
    KNOWN = "known"  # right last time, and not due yet
    AWAY = "away"  # dismissed by the learner, or set aside after too many misses


def item_state(due_day: int | None, learning: bool | None, today: int) -> ItemState:
    """Where a card stands; `due_day` None: there is no card."""
    if due_day is None:
        return ItemState.NEW
    if due_day >= AWAY:
        return ItemState.AWAY
    if learning:
        return ItemState.LEARNING
    return ItemState.DUE if due_day <= today else ItemState.KNOWN


def recall_now(weights: Weights, memory: Triple, last_day: int, learning: bool, today: int) -> float:
    """The probability that the item would be recalled if it were asked now.

    0 on the day of a miss that has not been put right: what was just read is not yet remembered,
    though R(0) is as good as 1.
    """
    elapsed = max(0, today - last_day)
    if learning and elapsed == 0:
        return 0.0
    return retrievability(weights, memory, elapsed)
