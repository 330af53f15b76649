"""The parameters of one learner's scheduling in one value, and the operations that need them.

Callers hold a `Parameters` and no loose weights or targets. Weights that were fitted to answers are kept as
text (`text_of`, `weights_of`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo
from functools import lru_cache
from hashlib import sha256

import msgspec

from quizapp.domain.study.scheduling import card, day
from quizapp.domain.study.scheduling.fsrs import DEFAULT_WEIGHTS, MODEL, Weights, retrievability
from quizapp.domain.study.scheduling.interval import MAXIMUM

LEAST_RETENTION, MOST_RETENTION = 0.80, 0.95


class Parameters(msgspec.Struct, frozen=True, kw_only=True):
    """Defaults are those of a learner of whom nothing is known yet.

    retention: desired retention, 0.80 to 0.95. maximum: the longest interval, in days. ValueError outside
    these ranges.
    """

    weights: Weights = DEFAULT_WEIGHTS
    retention: float = 0.90
    maximum: int = MAXIMUM
    rollover_hours: int = day.ROLLOVER_HOURS

    def __post_init__(self) -> None:
        if not LEAST_RETENTION <= self.retention <= MOST_RETENTION:
            raise ValueError("Desired retention lies between 0.80 and 0.95.")
        if self.maximum < 1 or not 0 <= self.rollover_hours < 24:
            raise ValueError("Parameters need maximum ≥ 1 and 0 ≤ rollover_hours < 24.")

    def study_day(self, at: datetime, zone: tzinfo) -> int:
        return day.study_day(at, zone, self.rollover_hours)

    @property
    def mark(self) -> str:
        """Names all that a card's fold depends on besides its log: equal marks, equal cards."""
        return _mark(self.weights, self.retention, self.maximum)

    def step(self, state: card.CardState | None, event: card.Event) -> card.CardState:
        return card.step(self.weights, state, event, self.retention, self.maximum)

    def replay(self, events: Iterable[card.Event]) -> card.CardState | None:
        return card.replay(self.weights, events, self.retention, self.maximum)

    def trail(self, events: Iterable[card.Event]) -> list[tuple[str, card.CardState | None]]:
        return card.trail(self.weights, events, self.retention, self.maximum)

    def due_range(self, state: card.CardState, cap: int | None = None) -> tuple[int, int]:
        """The first and the last day on which the card may be due; cap: what a goal allows (`goals.cap`)."""
        maximum = self.maximum if cap is None else min(self.maximum, cap)
        return card.due_range(self.weights, state, self.retention, maximum)

    def recall(self, state: card.CardState, on_day: int) -> float:
        """The predicted probability of recall on a study day."""
        return retrievability(self.weights, state.memory, state.elapsed(on_day))


def text_of(weights: Weights) -> str:
    """Weights as they are stored: "" for the published ones, else their numbers, to the last bit."""
    return "" if weights == DEFAULT_WEIGHTS else msgspec.json.encode(weights.values).decode()


@lru_cache(maxsize=1024)
def weights_of(text: str) -> Weights:
    """The weights that `text_of` made this of; ValueError for anything else."""
    return Weights(msgspec.json.decode(text, type=tuple[float, ...])) if text else DEFAULT_WEIGHTS


@lru_cache(maxsize=4096)
def _mark(weights: Weights, target: float, maximum: int) -> str:
    return sha256(repr((MODEL, weights.values, target, maximum)).encode()).hexdigest()[:16]
