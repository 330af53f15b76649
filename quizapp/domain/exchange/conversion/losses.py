"""Entries of what is written out, and taking off what a format has no room for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import msgspec

from quizapp.domain.exchange.bundle import Entry, Item
from quizapp.domain.exchange.conversion.literal import letters
from quizapp.domain.language.markup import plain
from quizapp.domain.library.kinds import content_from, kind_of

_PICTURE = re.compile(r"!\[((?:\\.|[^\]\\])*)\]\(picture:[0-9a-f]{32}\)")


def left_out(item: Item, place: str, *notes: str, kept: bool = False) -> Entry:
    """The entry of an item that is written with losses (kept), or not at all and why."""
    title = plain(kind_of(item.content).headline(item.content))[:80]
    return Entry(place=place, title=title, item=item if kept else None, notes=tuple(dict.fromkeys(notes)))


def without_pictures(item: Item) -> tuple[Item, tuple[str, ...]]:
    """The item with what its pictures are called in their place, and a note where it had any."""
    found: list[str] = []

    def named(text: str) -> str:
        found.extend(_PICTURE.findall(text))
        return _PICTURE.sub(lambda match: match[1], text)

    content = msgspec.to_builtins(item.content)
    changed = each_text(content, named)
    if not found:
        return item, ()
    note = "Pictures were left out: this format holds text only."
    return msgspec.structs.replace(item, content=content_from(changed)), (note,)


def each_text(value: Any, change: Callable[[str], str]) -> Any:
    """A value of texts, lists and mappings with every text in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: each_text(each, change) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [each_text(each, change) for each in value]
    return value


def flat(text: str) -> tuple[str, bool]:
    """(a text on one line without its markup, whether it comes back from that as it was)."""
    bare = plain(text)
    return bare, letters(bare) == text
