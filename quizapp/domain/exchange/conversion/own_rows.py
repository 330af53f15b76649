"""Our own sheet: a row for each question, a column for each field of a kind, and back without a loss.

A cell with several entries has one a line; a pair is “left = right”, a backslash takes the meaning from “=”.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from quizapp.domain.errors import InvalidContent
from quizapp.domain.exchange.bundle import Entry, Item
from quizapp.domain.exchange.conversion.answers import Shaped, entry, refused
from quizapp.domain.library.kinds import KINDS, content_from, kind_of
from quizapp.domain.library.kinds.base import Format
from quizapp.domain.library.kinds.writing.fields import COMMON_FIELDS_AFTER, COMMON_FIELDS_BEFORE, FieldSpec

_SPECS: dict[str, dict[str, FieldSpec]] = {
    kind.name: {spec.name: spec for spec in (*COMMON_FIELDS_BEFORE, *kind.fields, *COMMON_FIELDS_AFTER)}
    for kind in KINDS
}
_FIELDS = tuple(dict.fromkeys(name for specs in _SPECS.values() for name in specs))
HEADS = ("kind", *_FIELDS, "formats", "tags", "deck", "id")
NEEDED = frozenset({"kind", "stem"})  # by which a header is known as ours

_PAIR = re.compile(r"(?P<left>(?:[^\\=]|\\.)*?)\s*=\s*(?P<right>.*)")
_SPECIAL = re.compile(r"=|\\(?=[\\=]|$)")
_MEANT = re.compile(r"\\([\\=])")
_YES = frozenset({"yes", "true", "1", "x", "wahr", "ja", "oui", "sí", "si"})
_NO = frozenset({"no", "false", "0", "", "falsch", "nein", "non"})


def row_of(item: Item) -> dict[str, str]:
    """The cells of an item by their column; empty ones are left out."""
    cells = {"kind": kind_of(item.content).name}
    for name, spec in _SPECS[cells["kind"]].items():
        value = getattr(item.content, name)
        if value is not None:
            cells[name] = _written(spec, value)
    cells |= {"formats": ", ".join(item.formats), "tags": ", ".join(item.tags)}
    cells |= {"deck": " / ".join(item.deck), "id": item.id}
    return {name: text for name, text in cells.items() if text}


def _written(spec: FieldSpec, value: Any) -> str:
    match spec.widget:
        case "lines":
            return "\n".join(" ".join(each.split("\n")) for each in value)
        case "pairs":
            return "\n".join(f"{_escaped(left)} = {' '.join(right.split(chr(10)))}" for left, right in value)
        case "flag" | "truth":
            return "yes" if value else "no"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", " ".join(text.split("\n")))


def entry_of(cells: Mapping[str, str], place: str) -> Entry:
    """The entry of a row by its columns' names."""
    name = cells.get("kind", "").strip().casefold().replace(" ", "_")
    title = " ".join(cells.get("stem", "").split())[:80]
    if name not in _SPECS:
        known = ", ".join(_SPECS)
        return entry(place, title, refused(f"“{name}” is no kind of question. There are: {known}."))
    shaped = _content(name, cells)
    if shaped.content is None:
        return entry(place, title, shaped)
    wanted = _several(cells.get("formats", ""))
    allowed = kind_of(shaped.content).formats(shaped.content) if not _unsound(shaped) else ()
    item = Item(
        content=shaped.content,
        id=cells.get("id", "").strip(),
        tags=_several(cells.get("tags", "")),
        deck=tuple(part.strip() for part in cells.get("deck", "").split(" / ") if part.strip()),
        formats=tuple(format for format in Format if format in wanted and format in allowed),
    )
    return entry(place, "", shaped, item)


def _unsound(shaped: Shaped) -> bool:
    return shaped.content is None or bool(kind_of(shaped.content).problems(shaped.content))


def _several(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in re.split(r"[,;\n]", cell) if part.strip()))


def _content(name: str, cells: Mapping[str, str]) -> Shaped:
    written: dict[str, Any] = {"kind": name}
    notes = []
    for field in _FIELDS:
        cell = cells.get(field, "")
        if not cell.strip():
            continue
        if field not in _SPECS[name]:
            notes.append(f"The column “{field}” was left out: this kind has no such field.")
            continue
        try:
            written[field] = _read(_SPECS[name][field], cell)
        except ValueError as error:
            return refused(f"{field}: {error}")
    written.setdefault("stem", "")
    try:
        return Shaped(content_from(written), tuple(notes))
    except InvalidContent as error:
        return refused(*(f"{problem.field}: {problem.message}" for problem in error.problems))


def _read(spec: FieldSpec, cell: str) -> Any:
    cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    rows = [row.strip() for row in cell.split("\n") if row.strip()]
    match spec.widget:
        case "lines":
            return tuple(rows)
        case "pairs":
            return tuple(map(_pair, rows))
        case "flag" | "truth":
            return _flag(cell)
        case "number":
            try:
                return Decimal(cell.strip())
            except InvalidOperation:
                raise ValueError(f"“{cell[:60]}” is no number; write one such as 240.1.") from None
        case "select":
            return cell.strip().casefold()
    return cell.strip()


def _pair(row: str) -> tuple[str, str]:
    match = _PAIR.fullmatch(row)
    if match is None:
        raise ValueError(f"Write “left = right” on each line; “{row[:60]}” has no “=”.")
    return _MEANT.sub(r"\1", match["left"]), match["right"]


def _flag(cell: str) -> bool:
    folded = cell.strip().casefold()
    if folded in _YES | _NO:
        return folded in _YES
    raise ValueError(f"Write yes or no; “{cell[:60]}” is neither.")
