"""Tables as text: pasted lists (Quizlet), CSV and TSV from spreadsheets, and our own sheet as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from quizapp.domain.errors import Invalid
from quizapp.domain.exchange.bundle import Bundle, Record, Written
from quizapp.domain.exchange.conversion.cells import guess, rows
from quizapp.domain.exchange.conversion.columns import entries, shape_of
from quizapp.domain.exchange.conversion.losses import left_out, without_pictures
from quizapp.domain.exchange.conversion.own_rows import HEADS, row_of
from quizapp.domain.exchange.conversion.text_lines import text_of
from quizapp.domain.exchange.file_format import FileFormat, Likelihood, Options, Peek, TableShape
from quizapp.domain.language.spreadsheets import csv_text
from quizapp.domain.library.kinds import KINDS

MOST_BYTES = 20_000_000


class Separated(FileFormat):
    """A row a question; the columns are found by their heads or said by anyone who brings them."""

    name = "csv"
    title = "CSV, TSV or a pasted list"
    endings = (".csv", ".tsv", ".tab", ".txt")
    writes = frozenset(kind.name for kind in KINDS)
    media_type = "text/csv; charset=utf-8"

    def sniff(self, peek: Peek) -> Likelihood:
        if b"\0" in peek.head and not peek.head.startswith((b"\xff\xfe", b"\xfe\xff")):
            return Likelihood.NO
        if peek.ending in {".csv", ".tsv", ".tab"}:
            return Likelihood.LIKELY
        if peek.ending in {".txt", ""} and guess(peek.text.rpartition("\n")[0] or peek.text):
            return Likelihood.POSSIBLE
        return Likelihood.NO

    def read(self, file: BinaryIO, options: Options) -> Iterator[Record]:
        text = text_of(file, most=MOST_BYTES)
        separator = options.separator or guess(text)
        if not separator:
            raise Invalid(
                "No separator was found: nothing parts each line’s question from its answer. Put a tab, a "
                "comma or a semicolon between them, or say which sign stands there."
            )
        yield from entries(rows(text, separator), columns=options.columns, ask=options.ask)

    def shape(self, file: BinaryIO, options: Options) -> TableShape:
        text = text_of(file, most=MOST_BYTES)
        separator = options.separator or guess(text)
        return shape_of(rows(text, separator), separator, options.columns) if separator else TableShape()

    def write(self, bundle: Bundle) -> Written:
        cells, report = [], []
        for number, item in enumerate(bundle.items, start=2):
            bare, notes = without_pictures(item)
            lost = ["Where its sources say so was left out."] if item.evidence else []
            cells.append(row_of(bare))
            report.append(left_out(bare, f"row {number}", *notes, *lost, kept=True))
        used = [head for head in HEADS if head in {"kind", "stem"} or any(head in row for row in cells)]
        table = csv_text(used, ([row.get(head, "") for head in used] for row in cells))
        return Written(data=table.encode(), entries=tuple(report))
