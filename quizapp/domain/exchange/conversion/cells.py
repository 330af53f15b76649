"""Text into rows of cells: which sign parts the cells, and where a quoted cell really ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from quizapp.domain.language.spreadsheets import spelt

SEPARATORS = ("\t", ",", ";", "|", " - ", " – ", " — ", " = ", ": ")
LONGEST_QUOTED = 20_000  # letters; a quote without an end is a letter
_LOOKED_AT = 5_000  # rows: enough for any list; a comma in one of the first lines decides nothing
_STEADY = 0.8

Row = tuple[str, tuple[str, ...]]


def guess(text: str) -> str:
    """The separator that makes the steadiest columns of the whole text; "" where none parts most lines."""
    best, sign = 0.0, ""
    for rank, separator in enumerate(SEPARATORS):
        widths = [len(cells) for _, cells in islice(rows(text, separator), _LOOKED_AT) if any(cells)]
        if not widths:
            continue
        parted = sum(width > 1 for width in widths) / len(widths)
        width, often = Counter(widths).most_common(1)[0]
        steady = often / len(widths) if width > 1 else 0.0
        score = parted * 0.5 + steady - rank * 0.001
        if parted >= _STEADY and score > best:
            best, sign = score, separator
    return sign


def rows(text: str, separator: str) -> Iterator[Row]:
    """(“line 3”, cells) of every row. A quote opens a cell only where one that closes it is before a
    separator or the end of a line. Separators of several letters part a line once."""
    apostrophes = separator in {",", ";", "\t"}
    at, line, end = 0, 1, len(text)
    stop = -1  # where the present line ends: looked for once a line, not once a cell
    while at < end:
        start = line
        cells: list[str] = []
        while True:
            stop = stop if at <= stop else _line_end(text, at)
            last = len(separator) > 1 and bool(cells)
            cell, at, line = _cell(text, at, line, separator, stop, last=last)
            cells.append(spelt(cell) if apostrophes else cell)
            if at < end and text.startswith(separator, at):
                at += len(separator)
                continue
            break
        if text.startswith("\r\n", at):
            at += 2
        elif at < end:
            at += 1
        line += 1
        yield f"line {start}", tuple(cells)


def _cell(text: str, at: int, line: int, separator: str, stop: int, *, last: bool) -> tuple[str, int, int]:
    """(the cell that begins here, where it ends, the line it ends in)."""
    if text.startswith('"', at):
        quoted = _quoted(text, at + 1, separator)
        if quoted is not None:
            cell, end = quoted
            return cell, end, line + text.count("\n", at, end)
    if not last:
        found = text.find(separator, at, stop)
        stop = found if found >= 0 else stop
    return text[at:stop], stop, line


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    old = text.find("\r", at, end)
    return end if old < 0 else old


def _quoted(text: str, at: int, separator: str) -> tuple[str, int] | None:
    """(the cell, where it ends), or None where the quote is a letter."""
    parts: list[str] = []
    limit = at + LONGEST_QUOTED
    while True:
        close = text.find('"', at, limit)
        if close < 0:
            return None
        parts.append(text[at:close])
        if text.startswith('""', close):
            parts.append('"')
            at = close + 2
            continue
        after = close + 1
        if after >= len(text) or text.startswith((separator, "\n", "\r"), after):
            return "".join(parts), after
        return None
