"""Spreadsheets (.xlsx): Kahoot's sheet, anyone's table, and our own with a column for each field."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import BinaryIO

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from quizapp.domain.errors import Invalid
from quizapp.domain.exchange.bundle import Bundle, Record, Written
from quizapp.domain.exchange.conversion.columns import Row, entries, heads_of, shape_of
from quizapp.domain.exchange.conversion.losses import left_out, without_pictures
from quizapp.domain.exchange.conversion.own_rows import HEADS, row_of
from quizapp.domain.exchange.file_format import FileFormat, Likelihood, Options, Peek, TableShape
from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds import KINDS

MOST_ROWS = 200_000
_WIDE = 40  # characters of a column


class Xlsx(FileFormat):
    """A row a question, on the first sheet whose heads are known."""

    name = "xlsx"
    title = "Excel (.xlsx)"
    endings = (".xlsx",)
    writes = frozenset(kind.name for kind in KINDS)
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def sniff(self, peek: Peek) -> Likelihood:
        return Likelihood.SURE if "xl/workbook.xml" in peek.inside else Likelihood.NO

    def read(self, file: BinaryIO, options: Options) -> Iterator[Record]:
        yield from entries(_rows(file), columns=options.columns, ask=options.ask)

    def shape(self, file: BinaryIO, options: Options) -> TableShape:
        return shape_of(_rows(file), "", options.columns)

    def write(self, bundle: Bundle) -> Written:
        cells, report = [], []
        for number, item in enumerate(bundle.items, start=2):
            bare, notes = without_pictures(item)
            lost = [_("Where its sources say so was left out.")] if item.evidence else []
            cells.append(row_of(bare))
            report.append(left_out(bare, f"row {number}", *notes, *lost, kept=True))
        used = [head for head in HEADS if head in {"kind", "stem"} or any(head in row for row in cells)]
        return Written(data=_workbook(used, cells), entries=tuple(report))


def _rows(file: BinaryIO) -> Iterator[Row]:
    """The rows of the first sheet with heads, else of the first sheet; every cell as text."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(file.read()))
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
    except CalamineError as error:
        said = _("This spreadsheet can’t be read ({error}). Save it again as .xlsx.")
        raise Invalid(said.format(error=error)) from None
    tables = [[tuple(map(_text, row)) for row in sheet.to_python(nrows=MOST_ROWS)] for sheet in sheets]
    chosen = next((table for table in tables if heads_of(table)), tables[0] if tables else [])
    return ((f"row {number}", cells) for number, cells in enumerate(chosen, start=1))


def _text(value: object) -> str:
    """A cell as it is written: whole numbers without a point, dates as ISO has them."""
    match value:
        case bool():
            return str(value)
        case float() if value.is_integer():
            return str(int(value))
        case datetime() | date() | time() | timedelta():
            return str(value)
    return "" if value is None else str(value)


def _workbook(heads: list[str], cells: list[dict[str, str]]) -> bytes:
    """Texts only: no cell is a formula, a number or a link."""
    data = BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Questions")
        wrapped, bold = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(heads), _WIDE)
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, bold)
        for row, held in enumerate(cells, start=1):
            for column, head in enumerate(heads):
                if head in held:
                    sheet.write_string(row, column, held[head], wrapped)
    return data.getvalue()
