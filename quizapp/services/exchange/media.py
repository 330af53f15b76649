"""Pictures that come with a file: redrawn like any other, and shown under their new ids."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

import msgspec

from quizapp.domain.exchange.bundle import Entry, Item, Medium, Record
from quizapp.domain.exchange.conversion.losses import each_text
from quizapp.domain.language.markup import pictures
from quizapp.domain.library.kinds import content_from
from quizapp.services.library.picture_drawing import Drawn, draw_several
from quizapp.services.library.pictures import texts

AT_ONCE = 8  # pictures drawn in one process
_SHOWN = re.compile(r"!\[((?:\\.|[^\]\\])*)\]\(picture:([0-9a-f]{32})\)")


class Media:
    """The pictures of one file on their way into the library. left_out: how many could not be kept, and
    are there by their words alone."""

    def __init__(self) -> None:
        self._brought: dict[str, Medium] = {}
        self._drawn: dict[str, Drawn | None] = {}
        self._kept: dict[str, str] = {}  # by the file's key ours, "" where it could not be kept

    @property
    def left_out(self) -> int:
        return sum(not kept for kept in self._kept.values())

    def taking(self, records: Iterable[Record]) -> Iterator[Entry]:
        """The entries; the pictures before them are taken in."""
        for record in records:
            if isinstance(record, Medium):
                self._brought[record.key] = record
            else:
                yield record

    def draw(self, items: Iterable[Item]) -> None:
        """Draw what these show, once each, in processes of their own; slow, and nothing is stored yet."""
        wanted = {key for item in items for key in _shown(item)} - self._drawn.keys()
        keys = iter(sorted(wanted & self._brought.keys()))
        while some := list(islice(keys, AT_ONCE)):
            outcomes = draw_several([self._brought[key].data for key in some])
            for key, outcome in zip(some, outcomes, strict=True):
                self._drawn[key] = outcome.drawn

    def ours(self, item: Item, keep: Callable[[Drawn], str]) -> Item:
        """The item with its pictures under the ids that `keep` gives them, "" for one that it cannot keep."""
        shown = _shown(item)
        if not shown:
            return item
        for key in shown - self._kept.keys():
            drawn = self._drawn.get(key)
            self._kept[key] = keep(drawn) if drawn is not None else ""

        def renamed(found: re.Match[str]) -> str:
            return f"![{found[1]}](picture:{self._kept[found[2]]})" if self._kept.get(found[2]) else found[1]

        content = each_text(msgspec.to_builtins(item.content), lambda text: _SHOWN.sub(renamed, text))
        return msgspec.structs.replace(item, content=content_from(content))


def _shown(item: Item) -> set[str]:
    return {key for text in texts(item.content) for key, _ in pictures(text)}
