"""Cloze deletions of Anki, `{{c1::hidden::hint}}`, which may be in one another."""

from __future__ import annotations

import re
from typing import NamedTuple

PLACE = "\uf8f1"  # stands for a gap
_SYMBOL = re.compile(r"\{\{c(?P<numbers>[0-9]+(?:,[0-9]+)*)::|::|\}\}")


class Deleted(NamedTuple):
    """A text for one card. html: with PLACE where something is hidden; hidden: what, in order; hints: what
    is shown in its place, "" for nothing."""

    html: str
    hidden: tuple[str, ...]
    hints: tuple[str, ...]


class _Open(NamedTuple):
    numbers: frozenset[int]
    parts: list[str]
    hint: list[str]
    turned: list[bool]  # not empty once the hint has begun


def numbers(text: str) -> frozenset[int]:
    """The numbers of the deletions in a text: a card each."""
    found = (each["numbers"] for each in _SYMBOL.finditer(text) if each["numbers"])
    return frozenset(int(number) for each in found for number in each.split(","))


def deleted(text: str, number: int) -> Deleted:
    """The text with the deletions of one number hidden and all others shown."""
    hidden: list[str] = []
    hints: list[str] = []
    outer: list[str] = []
    waiting: list[_Open] = []
    at = 0

    def add(piece: str) -> None:
        if not waiting:
            outer.append(piece)
        else:
            (waiting[-1].hint if waiting[-1].turned else waiting[-1].parts).append(piece)

    for symbol in _SYMBOL.finditer(text):
        add(text[at : symbol.start()])
        at = symbol.end()
        if symbol["numbers"]:
            of = frozenset(map(int, symbol["numbers"].split(",")))
            waiting.append(_Open(of, [], [], []))
        elif symbol[0] == "::" and waiting and not waiting[-1].turned:
            waiting[-1].turned.append(True)
        elif symbol[0] == "}}" and waiting:
            done = waiting.pop()
            within = "".join(done.parts)
            if number in done.numbers and not any(number in each.numbers for each in waiting):
                hidden.append(within.replace(PLACE, ""))
                hints.append("".join(done.hint))
                within = PLACE
            add(within)
        else:
            add(symbol[0])
    add(text[at:])
    while waiting:  # never closed: letters as they are
        done = waiting.pop()
        add("".join((*done.parts, *done.hint)))
    return Deleted("".join(outer), tuple(hidden), tuple(hints))
