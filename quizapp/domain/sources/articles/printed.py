"""Printed pages: runs of text with their places become lines, columns and paragraphs.

Such a page knows neither words nor paragraphs. Lines are runs at one height; columns are read one
after the other; a paragraph ends where a gap, an indent, the size of the type or a short last line
says so. What is on page after page, running heads and page numbers, can be told apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from quizapp.domain.sources.articles.blocks import folded
from quizapp.domain.sources.articles.raised import lowered, raised
from quizapp.domain.sources.articles.wrapping import ENDED

EDGE = 2  # lines at the top and the bottom of a page that may be its running head or foot
SMALL, RAISED = 0.85, 0.1  # of the line’s size: characters up to this small, so far from their line at least
GAP = 1.35  # distance between lines, to the usual one, from which a new paragraph begins
_FIGURES = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"^\W*(?:page|seite|página|p\.)?\s*\d{1,4}(?:\s*(?:/|of|von|de)\s*\d{1,4})?\W*$"
    # what browsers print above and below a page: date, hour and title; address and number
    r"|^\d{1,2}[/.]\d{1,2}[/.]\d{2,4}, \d{1,2}:\d\d\b|^(?:file|https?)://\S+(?: \d{1,4}/\d{1,4})?$",
    re.IGNORECASE,
)
_HYPHENATED = re.compile(r"(\w+)[-\u2010\u00ad]$")
_BULLET = re.compile(r"^(?:[•‣▪–*]|\d{1,2}[.)])\s")


class Run(NamedTuple):
    """A piece of text at its place on the page; y grows upwards; x, y, size in points."""

    text: str
    x: float
    y: float
    size: float


@dataclass(slots=True)
class Line:
    """Runs at one height within a column. width: its characters, which stand for its length."""

    text: str
    x: float
    y: float
    size: float
    page: int

    @property
    def width(self) -> int:
        return len(self.text)


def lines_of(runs: Sequence[Run], page: int) -> list[Line]:
    """A page's lines in the order in which they are read."""
    rows: list[list[Run]] = []
    for run in runs:
        last = rows[-1][-1] if rows else None
        same = last is not None and abs(run.y - last.y) < 0.5 * max(run.size, last.size) and run.x >= last.x
        if same:
            rows[-1].append(run)
        else:
            rows.append([run])
    columns = _second_columns(rows)
    first, second = [], []
    for row in rows:
        cut = next((place for place, run in enumerate(row) if place and round(run.x) in columns), len(row))
        first.append(row[:cut])
        if row[cut:]:
            second.append(row[cut:])
    return [_line(row, page) for row in (*first, *second) if any(run.text.strip() for run in row)]


def _second_columns(rows: Sequence[Sequence[Run]]) -> set[int]:
    """Where second columns begin on a page written row by row: one x in many rows, behind a gap."""
    starts = Counter(
        round(run.x)
        for row in rows
        for before, run in pairwise(row)
        if run.x - before.x > (len(before.text) + 2) * 0.42 * before.size and run.x - row[0].x > 120
    )
    return {x for x, count in starts.items() if count >= max(4, 0.4 * len(rows))}


def _line(row: Sequence[Run], page: int) -> Line:
    largest = max(row, key=lambda run: len(run.text))
    text = _placed(row[0], largest)
    for before, run in pairwise(row):
        apart = run.x - before.x > (len(before.text) + 1.5) * 0.6 * before.size
        text += (" " if apart else "") + _placed(run, largest)
    return Line(folded(text), row[0].x, row[0].y, largest.size, page)


def _placed(run: Run, line: Run) -> str:
    """A run’s text, in superscript or subscript where it is small and is above or below its line."""
    rise = run.y - line.y
    if run.size > SMALL * line.size or abs(rise) < RAISED * line.size:
        return run.text
    moved = raised(run.text) if rise > 0 else lowered(run.text)
    return f"{moved} " if run.text.endswith(" ") else moved


def running_heads(lines: Sequence[Line]) -> set[int]:
    """The places in `lines` of page numbers, and of what is at the edges of several pages."""
    pages: dict[int, list[int]] = {}
    for place, line in enumerate(lines):
        pages.setdefault(line.page, []).append(place)
    edges: dict[int, str] = {}
    for places in pages.values():
        by_height = sorted(places, key=lambda place: -lines[place].y)
        if len(by_height) > 2 * EDGE:
            edges |= {
                place: _FIGURES.sub("#", lines[place].text) for place in by_height[:EDGE] + by_height[-EDGE:]
            }
    counts = Counter(edges.values())
    least = max(2, len(pages) // 3)
    return {
        place
        for place, text in edges.items()
        if counts[text] >= least or _PAGE_NUMBER.match(lines[place].text)
    }


def paragraphs_of(lines: Sequence[Line]) -> list[str]:
    """Lines joined into paragraphs; words broken at a line's end are mended."""
    if not lines:
        return []
    usual = _usual_gap(lines)
    longest = sorted(line.width for line in lines)[int(0.9 * (len(lines) - 1))]
    whole = " ".join(line.text for line in lines)
    parts: list[list[Line]] = [[lines[0]]]
    for before, line in pairwise(lines):
        if _begins(before, line, parts[-1], usual, longest):
            parts.append([line])
        else:
            parts[-1].append(line)
    return [_joined(part, whole) for part in parts]


def _usual_gap(lines: Sequence[Line]) -> float:
    gaps = [
        before.y - line.y
        for before, line in pairwise(lines)
        if before.page == line.page and 0 < before.y - line.y < 4 * before.size
    ]
    return sorted(gaps)[len(gaps) // 4] if gaps else 0.0


def _begins(before: Line, line: Line, part: Sequence[Line], usual: float, longest: int) -> bool:
    """Whether a line begins a paragraph."""
    if abs(line.size - before.size) > 0.08 * before.size or _BULLET.match(line.text):
        return True
    ended = before.text.endswith(ENDED)
    short = before.width < 0.75 * longest
    if before.page != line.page or line.y > before.y:  # a new page or column
        return ended and (short or line.text[:1].isupper())
    indented = line.x - before.x > 0.8 * line.size and len(part) > 1
    return before.y - line.y > GAP * usual or (indented and ended) or (ended and short)


def _joined(part: Sequence[Line], whole: str) -> str:
    text = part[0].text
    for line in part[1:]:
        broken = _HYPHENATED.search(text)
        if broken is None or not line.text[:1].islower():
            text = f"{text} {line.text}"
            continue
        rest = re.match(r"\w+", line.text)
        compound = f"{broken[1]}-{rest[0] if rest else ''}"
        text = f"{text}{line.text}" if compound in whole else f"{text[:-1]}{line.text}"
    return text
