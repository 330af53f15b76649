"""By which name a file's question is known again when the file is brought in a second time."""

from __future__ import annotations

import hashlib
from collections import Counter

import msgspec

from quizapp.domain.exchange.bundle import Item
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.kinds.writing.soundness import fold

LONGEST_NAME = 200
_ENCODER = msgspec.json.Encoder(order="sorted", decimal_format="string")


class Names:
    """The names of one file's questions, in its order: its own ids, else digests of the wording. Where two
    questions have one name, the second is “…#2”."""

    def __init__(self) -> None:
        self._met: Counter[str] = Counter()

    def name(self, item: Item) -> str:
        """The next question's name, at most LONGEST_NAME characters."""
        name = _named(item)
        self._met[name] += 1
        return name if self._met[name] == 1 else f"{name}#{self._met[name]}"


def _named(item: Item) -> str:
    if item.id:
        name = f"id:{item.id}"
        return name if len(name) <= LONGEST_NAME - 10 else f"id:{_digest(item.id)}"
    return f"text:{_digest(fold(kind_of(item.content).headline(item.content)))}"


def said(item: Item) -> str:
    """A digest of all that a file says of a question."""
    parts = (item.content, item.tags, item.fact, item.formats, item.evidence)
    return hashlib.sha256(_ENCODER.encode(parts)).hexdigest()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:40]
