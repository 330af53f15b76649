"""Reading one TOML table field by field, gathering every problem in words that name the place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from quizapp.domain.errors import Problem
from quizapp.domain.library.kinds.writing.shape import nearest

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TYPE_NAMES = {str: "a text", int: "a whole number", bool: "true or false", list: "a list", dict: "a table"}


def place(file: str, line: int = 0, label: str = "") -> str:
    """“harbin.toml, line 12, item trade-volume”: how every message of the bank begins."""
    parts = [file]
    if line:
        parts.append(f"line {line}")
    if label:
        parts.append(label)
    return ", ".join(parts)


@dataclass
class TableReader:
    """One table of a bank file. Each read notes its key as known; `finish` refuses the others.

    A field that is missing or of the wrong type becomes a problem and reads as its default, so
    that one pass tells everything that is wrong.
    """

    table: Mapping[str, Any]
    place: str
    problems: list[Problem]
    known: set[str] = field(default_factory=set)

    def problem(self, name: str, message: str) -> None:
        self.problems.append(Problem(name, f"{self.place}, {name}: {message}"))

    def text(self, name: str, default: str | None = None) -> str:
        """A text; required, and then not empty, where there is no default."""
        value = self._typed(name, str, default)
        if default is None and isinstance(value, str) and name in self.table and not value.strip():
            self.problem(name, "must not be empty.")
        return value if isinstance(value, str) else default or ""

    def slug(self, name: str, default: str | None = None) -> str:
        """A text of a–z, 0–9 and single hyphens."""
        value = self.text(name, default)
        if value and value != default and not _SLUG.fullmatch(value):
            self.problem(name, f"“{value}” may hold only a–z, 0–9 and single hyphens between them.")
        return value

    def whole(self, name: str, default: int | None = None) -> int:
        """A whole number, 1 or more; required where there is no default; 1 where it cannot be read."""
        value = self._typed(name, int, default)
        if isinstance(value, int) and value < 1:
            self.problem(name, "must be 1 or more.")
        return value if isinstance(value, int) and value >= 1 else 1

    def texts(self, name: str) -> tuple[str, ...]:
        """An optional list of texts that are not empty."""
        entries = self.any_list(name)
        if all(isinstance(entry, str) and entry.strip() for entry in entries):
            return tuple(entries)
        self.problem(name, "must be a list of texts, none of them empty.")
        return ()

    def any_list(self, name: str) -> list[Any]:
        """An optional list of anything; the caller checks the entries."""
        entries: list[Any] = self._typed(name, list, [])
        return entries

    def tables(self, name: str) -> tuple[TableReader, ...]:
        """An optional list of tables, each to be read in its turn."""
        entries = self.any_list(name)
        if not all(isinstance(entry, dict) for entry in entries):
            self.problem(name, "must be a list of tables { … }.")
            return ()
        return tuple(
            TableReader(entry, f"{self.place}, {name} {number}", self.problems)
            for number, entry in enumerate(entries, start=1)
        )

    def table_at(self, name: str) -> TableReader:
        """An optional table; an absent one reads as empty."""
        return TableReader(self._typed(name, dict, {}), f"{self.place}, {name}", self.problems)

    def rest(self, also_known: Iterable[str]) -> dict[str, Any]:
        """The keys not read so far that belong to the table all the same."""
        names = set(also_known)
        rest = {name: value for name, value in self.table.items() if name not in self.known and name in names}
        self.known |= names
        return rest

    def finish(self) -> None:
        """Refuse every key that no one asked for."""
        for name in self.table:
            if name not in self.known:
                self.problem(name, f"is not a key that belongs here.{nearest(name, self.known)}")

    def _typed(self, name: str, expected: type, default: Any) -> Any:
        self.known.add(name)
        if name not in self.table:
            if default is None:
                self.problem(name, "is required.")
            return default
        value = self.table[name]
        if (isinstance(value, bool) and expected is int) or not isinstance(value, expected):
            self.problem(name, f"must be {_TYPE_NAMES[expected]}.")
            return default
        return value
