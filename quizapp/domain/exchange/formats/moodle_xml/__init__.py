"""Moodle XML (docs.moodle.org/en/Moodle_XML_format): every question with its texts, answers and files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from quizapp.domain.errors import Invalid
from quizapp.domain.exchange.bundle import Bundle, Record, Written
from quizapp.domain.exchange.conversion.categories import category
from quizapp.domain.exchange.conversion.trees import elements
from quizapp.domain.exchange.file_format import FileFormat, Likelihood, Options, Peek
from quizapp.domain.exchange.formats.moodle_xml.reader import question
from quizapp.domain.exchange.formats.moodle_xml.writer import WRITES, written

_ROOT = re.compile(r"<quiz[\s>]")
_QUESTION = re.compile(r"<question\s+type=")


class MoodleXml(FileFormat):
    """The kinds of Moodle itself that ask for what can be graded here."""

    name = "moodle_xml"
    title = "Moodle XML"
    endings = (".xml",)
    writes = WRITES
    media_type = "application/xml"

    def sniff(self, peek: Peek) -> Likelihood:
        if _ROOT.search(peek.text):
            return Likelihood.SURE if _QUESTION.search(peek.text) else Likelihood.LIKELY
        return Likelihood.NO

    def read(self, file: BinaryIO, options: Options) -> Iterator[Record]:  # noqa: ARG002 a file says all itself
        deck: tuple[str, ...] = ()
        number = 0
        for root, node in elements(file):
            if root != "quiz":
                raise Invalid(f"This XML holds <{root}>, not Moodle’s <quiz>. Export it as Moodle XML.")
            if node.tag != "question":
                continue
            if node.attribute("type") == "category":
                deck = category(node.text("category"))
                continue
            number += 1
            yield from question(node, number, deck)

    def write(self, bundle: Bundle) -> Written:
        return written(bundle)
