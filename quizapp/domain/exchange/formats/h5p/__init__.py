"""H5P packages: question sets and whatever holds questions; what cannot be one here is named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from quizapp.domain.errors import Invalid
from quizapp.domain.exchange.bundle import Medium, Record, medium
from quizapp.domain.exchange.conversion.archives import Archive
from quizapp.domain.exchange.file_format import FileFormat, Likelihood, Options, Peek
from quizapp.domain.exchange.formats.h5p.questions import READERS, Package, entries_of

CONTENT = "content/content.json"
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")


class H5p(FileFormat):
    """Choice, true or false, blanks, drag the words, single choice sets, cards."""

    name = "h5p"
    title = "H5P"
    endings = (".h5p",)

    def sniff(self, peek: Peek) -> Likelihood:
        return Likelihood.SURE if {"h5p.json", CONTENT} <= set(peek.inside) else Likelihood.NO

    def read(self, file: BinaryIO, options: Options) -> Iterator[Record]:  # noqa: ARG002 a file says all itself
        archive = Archive(file)
        about, content = (_json(archive.read(name)) for name in ("h5p.json", CONTENT))
        main = str(about.get("mainLibrary", "")) if isinstance(about, dict) else ""
        deck = str(about.get("title", "")) if isinstance(about, dict) else ""
        names = set(archive.names())
        brought: dict[str, Medium] = {}

        def address(path: str) -> str:
            name = f"content/{path}"
            if name not in names or not path.casefold().endswith(_PICTURES):
                return ""
            if name not in brought:
                brought[name] = medium(path.rpartition("/")[2], archive.read(name))
            return brought[name].key

        package = Package(deck, address)
        sent = 0
        for place, library, params in _questions(main, content):
            found = list(entries_of(place, library, params, package))
            yield from list(brought.values())[sent:]
            sent = len(brought)
            yield from found


def _json(data: bytes) -> Any:
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError):
        raise Invalid("This H5P package is damaged: its content cannot be read. Export it again.") from None


def _questions(main: str, content: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(place, library, parameters) of all that asks, at whatever depth, in the order of the package."""
    if isinstance(content, dict) and main in READERS:
        yield "question 1", main, content
        return
    number = 0
    waiting: list[Any] = [content]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            library = str(value.get("library", "")).partition(" ")[0]
            params = value.get("params")
            if library.startswith("H5P.") and isinstance(params, dict) and library in READERS:
                number += 1
                yield f"question {number}", library, params
                continue
            waiting.extend(list(value.values())[::-1])
        elif isinstance(value, list):
            waiting.extend(value[::-1])
