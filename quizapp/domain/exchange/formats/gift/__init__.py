"""GIFT, Moodle's text format (docs.moodle.org/en/GIFT_format): `::title:: question {=right ~wrong #why}`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from quizapp.domain.exchange.bundle import Bundle, Record, Written
from quizapp.domain.exchange.conversion.text_lines import utf8_lines
from quizapp.domain.exchange.file_format import FileFormat, Likelihood, Options, Peek
from quizapp.domain.exchange.formats.gift.reader import chunks, read_chunk
from quizapp.domain.exchange.formats.gift.writer import WRITES, written

_ANSWERS = re.compile(r"(?<!\\)\{\s*(?:[=~#}]|%|T\b|F\b|TRUE\b|FALSE\b)")
_CATEGORY = re.compile(r"^\s*\$CATEGORY:", re.MULTILINE)
_TITLE = re.compile(r"^\s*::[^\n]*?(?<!\\)::", re.MULTILINE)


class Gift(FileFormat):
    """Choice, true or false, short answer, figure, matching and missing word."""

    name = "gift"
    title = "GIFT (Moodle)"
    endings = (".gift", ".txt")
    writes = WRITES

    def sniff(self, peek: Peek) -> Likelihood:
        if peek.ending == ".gift":
            return Likelihood.SURE
        if b"\0" in peek.head or peek.ending not in {".txt", ""}:
            return Likelihood.NO
        if _CATEGORY.search(peek.text):
            return Likelihood.SURE
        found = _ANSWERS.search(peek.text)
        if found and _TITLE.search(peek.text):
            return Likelihood.SURE
        return Likelihood.LIKELY if found else Likelihood.NO

    def read(self, file: BinaryIO, options: Options) -> Iterator[Record]:  # noqa: ARG002 a file says all itself
        for chunk in chunks(utf8_lines(file)):
            yield read_chunk(chunk)

    def write(self, bundle: Bundle) -> Written:
        return written(bundle)
