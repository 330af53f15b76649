"""What passes between a file and the library: questions, what came with them, and what became of each.

A format reads a stream of records (entries, and media before the entries that show them) and writes a bundle.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from functools import reduce
from hashlib import sha256
from operator import or_
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from quizapp.domain.library.kinds import KINDS
from quizapp.domain.library.kinds.base import Content, Format
from quizapp.domain.sources.evidence import EvidenceRef

if TYPE_CHECKING:
    AnyContent: TypeAlias = Content
else:  # so that records read back from another process have their kind's type
    AnyContent = reduce(or_, (kind.content_type for kind in KINDS))


class Outcome(StrEnum):
    """How much of a question's meaning has come through."""

    EXACT = "exact"
    APPROXIMATED = "approximated"
    REFUSED = "refused"


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """One past review. at: with its zone; rating: 1 Again, 2 Hard, 3 Good, 4 Easy."""

    at: datetime
    rating: int
    duration_ms: int = 0


class Memory(msgspec.Struct, frozen=True, kw_only=True):
    """Where another program's schedule stands. stability: days at which recall is 90 %; difficulty: 1–10."""

    stability: float
    difficulty: float
    due: datetime | None = None


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A question on its way in or out.

    id: what the other program calls it, the same in every export of it; "" where the file has no name for it.
    deck: the path of its deck or category, outermost first. formats: () means all that its kind allows.
    history: in the order of time.
    """

    content: AnyContent
    id: str = ""
    deck: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    fact: str = ""
    formats: tuple[Format, ...] = ()
    evidence: tuple[EvidenceRef, ...] = ()
    history: tuple[Answered, ...] = ()
    memory: Memory | None = None


class Medium(msgspec.Struct, frozen=True, kw_only=True, tag="medium"):
    """A picture, or another file that texts show. key: 32 hex digits (`medium` makes them of what it holds);
    name: as the file calls it."""

    key: str
    name: str
    data: bytes


class Entry(msgspec.Struct, frozen=True, kw_only=True, tag="entry"):
    """One question of a file and what became of it.

    place: where it is, in words (“line 12”, “question 3, <item ident="q3">”). title: how a person
    recognises it. notes: for an approximation how, for a refusal why, a sentence each. item: None where
    refused.
    """

    place: str
    title: str
    item: Item | None = None
    notes: tuple[str, ...] = ()

    @property
    def outcome(self) -> Outcome:
        if self.item is None:
            return Outcome.REFUSED
        return Outcome.APPROXIMATED if self.notes else Outcome.EXACT


def medium(name: str, data: bytes) -> Medium:
    """A medium with the key that the same bytes always have."""
    return Medium(key=sha256(data).hexdigest()[:32], name=name, data=data)


Record: TypeAlias = Entry | Medium


class Bundle(msgspec.Struct, frozen=True, kw_only=True):
    """A deck on its way out. media: by their key, each that a text shows."""

    title: str
    summary: str = ""
    items: tuple[Item, ...] = ()
    media: Mapping[str, Medium] = {}


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """A file as it was written, and an entry for each item of the bundle in its order.

    place: where it is in the file; refused: it is not in it.
    """

    data: bytes
    entries: tuple[Entry, ...]
