"""Which decks are studied, paused or left: a fold of what a learner did with a deck."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol, TypeVar


class Did(StrEnum):
    """What a learner did with a deck. UNDO takes another event back; RESTART is for its cards to know."""

    BEGIN = "begin"  # goes on with it, or studies it again
    PAUSE = "pause"
    LEAVE = "leave"
    RESTART = "restart"
    UNDO = "undo"


class DeckEntry(Protocol):
    """An event of the log. id: unique, in any order; at: UTC; voids: the id of the event taken back."""

    @property
    def id(self) -> object: ...
    @property
    def at(self) -> datetime: ...
    @property
    def what(self) -> str: ...
    @property
    def voids(self) -> object | None: ...


class Rest(NamedTuple):
    """paused_at: since when nothing of a deck is asked; left_at: and since when it is not studied."""

    paused_at: datetime | None
    left_at: datetime | None


E = TypeVar("E", bound=DeckEntry)


def in_force(log: Iterable[E]) -> list[E]:
    """What holds of a log, oldest first: all that was not taken back. Taking back is final."""
    events = list(log)
    voided = {event.voids for event in events if event.voids is not None}
    holds = [event for event in events if event.voids is None and event.id not in voided]
    return sorted(holds, key=lambda event: (event.at, str(event.id)))


def rest(holds: Sequence[DeckEntry]) -> Rest:
    """Whether a deck rests, from what holds of its log."""
    last = next((event for event in reversed(holds) if event.what != Did.RESTART), None)
    if last is None or last.what == Did.BEGIN:
        return Rest(None, None)
    return Rest(last.at, last.at if last.what == Did.LEAVE else None)
