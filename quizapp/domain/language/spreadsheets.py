"""Tables as CSV that spreadsheets open rightly and take for no formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

BOM = "\ufeff"  # by which Excel knows that a file is UTF-8
# OWASP, “CSV Injection”, and what a program may take for these: full-width, small, raised and lowered signs.
SIGNS = "=+@-＝＋－＠﹦﹢﹣﹫⁺⁻⁼₊₋₌﬩"
# Where a cell may begin: with the text, and behind each sign that parts cells or lines in a program of some
# country. Blanks, quotes and what no one sees may be before the sign.
_FIRST, _FORMULA = r"(?:\A|(?<=[;|\t\r\n]))", rf"(?=[\s\"'\u200b-\u200f\u2060\ufeff]*[{re.escape(SIGNS)}])"
BEGINS, GUARDED = re.compile(_FIRST + _FORMULA), re.compile(f"{_FIRST}'{_FORMULA}")


def safe_cell(value: Any) -> Any:
    """An apostrophe before whatever a spreadsheet would calculate; numbers stay numbers."""
    if not isinstance(value, str):
        return value
    safe = BEGINS.sub("'", value)
    return f"'{safe}" if safe.lstrip(" \u3000").startswith(("\t", "\r", "\n")) else safe


def spelt(cell: str) -> str:
    """A text that `safe_cell` made safe, as it was."""
    return GUARDED.sub("", cell)


def csv_text(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The table, with a line for its heads."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(map(safe_cell, heads))
    writer.writerows(map(safe_cell, row) for row in rows)
    return BOM + text.getvalue()
