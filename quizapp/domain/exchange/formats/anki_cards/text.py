"""Notes of Anki as text (docs.ankiweb.net/importing/text-files): columns, and `#` lines about them."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import BinaryIO, NamedTuple

import msgspec

from quizapp.domain.exchange.bundle import Entry, Record
from quizapp.domain.exchange.conversion.cells import guess, rows
from quizapp.domain.exchange.conversion.text_lines import text_of
from quizapp.domain.exchange.file_format import FileFormat, Likelihood, Options, Peek
from quizapp.domain.exchange.formats.anki_cards.cards import Card, NoteType, entry
from quizapp.domain.exchange.formats.anki_cards.deletions import numbers

MOST_BYTES = 50_000_000
SEPARATORS = {
    "tab": "\t",
    "comma": ",",
    "semicolon": ";",
    "pipe": "|",
    "colon": ":",
    "space": " ",
}
_ABOUT_NOTES = ("notetype column", "deck column", "tags column", "guid column")
_HEADS = frozenset(("separator", "html", "tags", "columns", "notetype", "deck", *_ABOUT_NOTES))
_FRONT, _BACK = "{{Front}}", "{{FrontSide}}<hr id=answer>{{Back}}"


class AnkiText(FileFormat):
    """Cards, cards both ways, answers to type, texts with gaps, by the note type's name."""

    name = "anki_text"
    title = "Anki notes as text"
    endings = (".txt", ".csv", ".tsv")

    def sniff(self, peek: Peek) -> Likelihood:
        if b"\0" in peek.head or peek.ending not in {".txt", ".csv", ".tsv", ""}:
            return Likelihood.NO
        return Likelihood.SURE if _said(peek.text)[0] else Likelihood.NO

    def read(self, file: BinaryIO, options: Options) -> Iterator[Record]:
        text = text_of(file, most=MOST_BYTES)
        said, start = _said(text)
        body = text[start:]
        first = text.count("\n", 0, start)
        named = said.get("separator", "").strip()
        separator = options.separator or SEPARATORS.get(named.casefold(), named) or guess(body) or "\t"
        for place, cells in rows(body, separator):
            if any(cells) and not cells[0].startswith("#"):
                line = int(place.partition(" ")[2]) + first
                yield from _notes(_Note(said, cells, f"line {line}"))


class _Note(NamedTuple):
    said: dict[str, str]
    cells: tuple[str, ...]
    place: str

    def column(self, name: str) -> int:
        """The place of a column from 0; -1 where the file has none."""
        number = self.said.get(f"{name} column", "").strip()
        return int(number) - 1 if number.isdecimal() and 0 < int(number) <= len(self.cells) else -1

    def cell(self, name: str) -> str:
        at = self.column(name)
        return self.cells[at].strip() if at >= 0 else self.said.get(name, "").strip()

    @property
    def fields(self) -> tuple[str, ...]:
        """What is left once the columns about the note are removed."""
        about = {self.column(name) for name in ("notetype", "deck", "tags", "guid")}
        fields = tuple(cell for at, cell in enumerate(self.cells) if at not in about)
        plain = self.said.get("html", "").strip().casefold() == "false"
        return tuple(map(_escaped, fields)) if plain else fields


def _escaped(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\n", "<br>")


def _said(text: str) -> tuple[dict[str, str], int]:
    """(what the `#` lines at the beginning say, where they end)."""
    said: dict[str, str] = {}
    at = 0
    while text.startswith("#", at):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end + 1
        name, colon, value = text[at + 1 : end].partition(":")
        if colon and name.strip().casefold() in _HEADS:
            said[name.strip().casefold()] = value.strip("\r\n")
        at = end
    return said, at


def _notes(note: _Note) -> Iterator[Entry]:
    """A note's cards, by what its type is called; of an unknown one the first field asks."""
    fields, name = note.fields, note.cell("notetype")
    folded = name.casefold()
    extra = len(fields) > 2
    gaps = sorted(numbers(fields[0])) if fields else []
    if gaps and ("cloze" in folded or "lücken" in folded or not name):
        template = ("Cloze", "{{cloze:Text}}", "{{cloze:Text}}<br>{{Extra}}")
        kind = NoteType(name, True, ("Text", "Extra"), (template,))
        cards = [number - 1 for number in gaps if number]
    else:
        templates = [("1", f"{_FRONT}{{{{type:Back}}}}" if "type" in folded else _FRONT, _BACK)]
        wished = "optional" not in folded or (len(fields) > 2 and bool(fields[2].strip()))
        if "revers" in folded and wished:
            templates.append(("2", "{{Back}}", "{{FrontSide}}<hr id=answer>{{Front}}"))
        kind = NoteType(name, False, ("Front", "Back"), tuple(templates))
        cards = list(range(len(templates)))
        extra = extra and "optional" not in folded
    tags = tuple(note.cell("tags").split())
    deck = tuple(part for part in note.cell("deck").split("::") if part)
    guid = note.cell("guid")
    for number in cards:
        known = guid or sha256("\x1f".join(fields).encode()).hexdigest()[:32]
        card = Card(known, number, len(cards) > 1, kind, fields[:2], tags, deck, note.place)
        found = entry(card, lambda _: "")
        yield _marked(found, extra=extra, named=bool(guid))


def _marked(found: Entry, *, extra: bool, named: bool) -> Entry:
    """With a note on fields beyond the second; without an id where the file has none."""
    item = found.item
    if item is None:
        return found
    notes = (*found.notes, "Fields after the second were left out.") if extra else found.notes
    known = item if named else msgspec.structs.replace(item, id="")
    return Entry(place=found.place, title=found.title, item=known, notes=notes)
