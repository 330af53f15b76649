"""Anki's packages, .apkg and .colpkg, old and new: notes as questions, with pictures, decks, reviews."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from quizapp.domain.exchange.bundle import Bundle, Record, Written
from quizapp.domain.exchange.file_format import FileFormat, Likelihood, Options, Peek
from quizapp.domain.exchange.formats.anki_cards.cards import entry
from quizapp.services.exchange.formats.anki.collection import Collection
from quizapp.services.exchange.formats.anki.package import COLLECTIONS, Package
from quizapp.services.exchange.formats.anki.writer import WRITES, written


class Anki(FileFormat):
    """A card for each question."""

    name = "anki"
    title = "Anki package"
    endings = (".apkg", ".colpkg")
    media_type = "application/octet-stream"
    writes = WRITES

    def sniff(self, peek: Peek) -> Likelihood:
        if any(name in peek.inside for name in COLLECTIONS):
            return Likelihood.SURE
        return Likelihood.LIKELY if peek.ending in self.endings else Likelihood.NO

    def read(self, file: BinaryIO, options: Options) -> Iterator[Record]:  # noqa: ARG002 a file says all itself
        package = Package(file)
        with Collection(package.collection()) as collection:
            for card in collection.cards():
                read = entry(card, package.address)
                yield from package.shown()
                yield read

    def write(self, bundle: Bundle) -> Written:
        return written(bundle)
