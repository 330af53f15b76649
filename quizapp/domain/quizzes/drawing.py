"""Drawing a quiz from a deck: evenly, each fact once, and the same draw for the same seed."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple


class Drawable(NamedTuple):
    """An item that may be drawn, with the fact it tests (ids)."""

    item: int
    fact: int


def draw_items(items: Iterable[Drawable], length: int, seed: str) -> tuple[int, ...]:
    """At most `length` items in the order asked; of the items of one fact only one, since siblings
    give each other away. Every item of a fact, and every fact, is equally likely."""
    by_fact: dict[int, list[int]] = {}
    for each in sorted(set(items)):
        by_fact.setdefault(each.fact, []).append(each.item)
    drawn = [min(siblings, key=lambda item: _lot(seed, "item", item)) for siblings in by_fact.values()]
    return tuple(sorted(drawn, key=lambda item: _lot(seed, "place", item))[: max(0, length)])


def _lot(seed: str, purpose: str, item: int) -> bytes:
    return sha256(f"{seed}:{purpose}:{item}".encode()).digest()
