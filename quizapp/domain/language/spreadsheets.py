"""Tables as CSV that spreadsheets open rightly and take for no formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

BOM = "\ufeff"  # by which Excel knows that a file is UTF-8
FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # OWASP, “CSV Injection”; full-width signs are read as formulas, too


def safe_cell(value: Any) -> Any:
    """An apostrophe before a text that a spreadsheet would calculate; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.lstrip(" \u3000").startswith(FORMULA) else value


def csv_text(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The table, with a line for its heads."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(map(safe_cell, heads))
    writer.writerows(map(safe_cell, row) for row in rows)
    return BOM + text.getvalue()
