"""The report of an import or an export: each question with what became of it, as JSON or as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from quizapp.domain.exchange.bundle import Entry, Outcome
from quizapp.domain.language.spreadsheets import csv_text
from quizapp.domain.library.kinds import kind_of

CSV = "text/csv; charset=utf-8"
_ENCODER = msgspec.json.Encoder(decimal_format="string")


class Counts:
    """How many entries there were of each outcome."""

    def __init__(self) -> None:
        self.by_outcome: Counter[Outcome] = Counter()

    def add(self, entry: Entry) -> None:
        """One more."""
        self.by_outcome[entry.outcome] += 1

    @property
    def total(self) -> int:
        return sum(self.by_outcome.values())

    def __str__(self) -> str:
        found = self.by_outcome
        return (
            f"{found[Outcome.EXACT]} exact, {found[Outcome.APPROXIMATED]} approximated, "
            f"{found[Outcome.REFUSED]} refused"
        )


def json_lines(about: Mapping[str, str], entries: Iterable[Entry]) -> Iterator[str]:
    """A JSON object in pieces, an entry a line; `about` says of which file. Written while entries come."""
    yield (
        "{\n"
        + "".join(f"{_text(name)}: {_text(value)},\n" for name, value in about.items())
        + '"questions": ['
    )
    counts = Counts()
    for number, entry in enumerate(entries):
        counts.add(entry)
        yield f"{',' if number else ''}\n{_text(_row(entry))}"
    totals = {outcome.value: counts.by_outcome[outcome] for outcome in Outcome}
    yield f'\n],\n"counts": {_text(totals)}\n}}\n'


def table(entries: Iterable[Entry]) -> str:
    """The same as CSV that a spreadsheet opens."""
    heads = ("where", "question", "kind", "outcome", "notes")
    rows = (
        (entry.place, entry.title, _kind(entry), entry.outcome.value, " ".join(entry.notes))
        for entry in entries
    )
    return csv_text(heads, rows)


def _kind(entry: Entry) -> str:
    return kind_of(entry.item.content).name if entry.item else ""


def _row(entry: Entry) -> dict[str, Any]:
    row: dict[str, Any] = {
        "where": entry.place,
        "question": entry.title,
        "outcome": entry.outcome.value,
        "notes": entry.notes,
    }
    if entry.item is not None:
        row["kind"] = _kind(entry)
        row["item"] = entry.item
    return row


def _text(value: object) -> str:
    return _ENCODER.encode(value).decode()
