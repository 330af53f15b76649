"""A table as a file: CSV, or a workbook for spreadsheets."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter
from flask import Response

from quizapp.domain.language.spreadsheets import csv_text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST = 40  # characters


def table_file(name: str, form: str, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> Response:
    """The table as `name`.csv or (form: xlsx) `name`.xlsx."""
    if form == "xlsx":
        response = Response(_workbook(heads, rows), mimetype=XLSX)
    else:
        response = Response(csv_text(heads, rows), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.{form}")
    return response


def _workbook(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """Texts stay texts, whatever they begin with; numbers stay numbers."""
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for column, text in enumerate(heads):
            sheet.write_string(0, column, text, head)
            sheet.set_column(column, column, min(WIDEST, max(8, len(text) // 2)))
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, int | float):
                    sheet.write_number(number, column, value)
                elif value not in {"", None}:
                    sheet.write_string(number, column, str(value))
        sheet.freeze_panes(1, 1)
    return packed.getvalue()
