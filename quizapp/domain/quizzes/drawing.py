"""Drawing a quiz from a deck: evenly, each fact once, nothing given away, the same for the same seed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import NamedTuple


class Drawable(NamedTuple):
    """An item that may be drawn, with the fact it tests (ids)."""

    item: int
    fact: int


Apart = Callable[[int, int], bool]  # must these two items not meet?


def _never(_one: int, _other: int) -> bool:
    return False


def draw_items(items: Iterable[Drawable], length: int, seed: str, apart: Apart = _never) -> tuple[int, ...]:
    """At most `length` items in the order asked; of the items of one fact only one, since siblings
    give each other away. Every item of a fact, and every fact, is equally likely, but for those kept
    apart: of two such the one whose lot comes first is drawn, and the other makes room."""
    by_fact: dict[int, list[int]] = {}
    for each in sorted(set(items)):
        by_fact.setdefault(each.fact, []).append(each.item)
    chosen = [min(siblings, key=lambda item: _lot(seed, "item", item)) for siblings in by_fact.values()]
    drawn: list[int] = []
    for item in sorted(chosen, key=lambda item: _lot(seed, "place", item)):
        if len(drawn) >= length:
            break
        if not any(apart(item, other) for other in drawn):
            drawn.append(item)
    return tuple(drawn)


def _lot(seed: str, purpose: str, item: int) -> bytes:
    return sha256(f"{seed}:{purpose}:{item}".encode()).digest()
