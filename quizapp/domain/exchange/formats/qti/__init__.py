"""QTI (www.imsglobal.org/question): 1.2 as Canvas exports it, 2.0 to 2.2, and 3.0; alone or in a package."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from quizapp.domain.errors import Invalid
from quizapp.domain.exchange.bundle import Entry, Record
from quizapp.domain.exchange.conversion.archives import Archive
from quizapp.domain.exchange.conversion.trees import Node, whole
from quizapp.domain.exchange.file_format import FileFormat, Likelihood, Options, Peek
from quizapp.domain.exchange.formats.qti import older
from quizapp.domain.exchange.formats.qti.item import question
from quizapp.domain.exchange.formats.qti.names import plain_names
from quizapp.domain.exchange.formats.qti.package import MANIFEST, Document, Pictures, documents

_ROOT = re.compile(r"<(?:[\w.-]+:)?(?:questestinterop|assessmentItem|qti-assessment-item)[\s>]")


class Qti(FileFormat):
    """Choices, typed answers, gaps, orders and pairs; what needs another interaction is refused by name."""

    name = "qti"
    title = "QTI (Canvas and others)"
    endings = (".zip", ".imscc", ".xml")
    media_type = "application/zip"

    def sniff(self, peek: Peek) -> Likelihood:
        if MANIFEST in {name.rpartition("/")[2] for name in peek.inside}:
            return Likelihood.SURE
        if _ROOT.search(peek.text):
            return Likelihood.SURE
        return Likelihood.POSSIBLE if any(name.endswith(".xml") for name in peek.inside) else Likelihood.NO

    def read(self, file: BinaryIO, options: Options) -> Iterator[Record]:
        start = file.read(2)
        file.seek(0)
        if start != b"PK":
            yield from _document(whole(file), Document(options.name or "the file"), Pictures())
            return
        archive = Archive(file)
        found = 0
        for document in documents(archive):
            name = document.name
            data = archive.read(name)
            try:
                root = whole(io.BytesIO(data))
            except Invalid as error:
                yield Entry(place=name, title=name, notes=(str(error),))
                continue
            if plain_names(root).tag in {"questestinterop", "assessmentItem"}:
                found += 1
                yield from _document(root, document, Pictures(archive, name))
        if not found:
            raise Invalid("This package holds no QTI questions. Export the quiz or the question bank itself.")


def _document(root: Node, document: Document, pictures: Pictures) -> Iterator[Record]:
    root = plain_names(root)
    if root.tag == "questestinterop":
        for node in root.below("item"):
            yield from older.question(node, document.name, pictures)
    elif root.tag == "assessmentItem":
        yield from question(root, document, pictures)
    else:
        raise Invalid(f"This XML holds <{root.tag}>, not questions in QTI. Export the questions as QTI.")
