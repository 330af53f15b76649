"""Reading a bank's files into values, telling everything that is wrong with them at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from quizapp.domain.errors import InvalidBank, Problem
from quizapp.domain.exchange.bank.checks import cross_check
from quizapp.domain.exchange.bank.items import read_item
from quizapp.domain.exchange.bank.positions import header_lines
from quizapp.domain.exchange.bank.reading import TableReader, place
from quizapp.domain.library.bank import UNPLACED, Bank, BankItem, DeckRecord, SourceRecord, ThemeRecord

SOURCES_FILE = "sources.toml"
THEMES_FILE = "themes.toml"

_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_RANGE = re.compile(r"([1-9]\d*)(?:-([1-9]\d*))?")


def load_bank(files: Mapping[str, str]) -> Bank:
    """Read a bank from its files' texts by name; nothing is read from the disk.

    Raises InvalidBank whose problems name file, line, item and field, each with a remedy.
    """
    problems: list[Problem] = []
    sources: list[SourceRecord] = []
    themes: list[ThemeRecord] = []
    decks: list[DeckRecord] = []
    items: list[BankItem] = []
    all_read = True
    for name in sorted(files):
        document = _parse(name, files[name], problems)
        if document is None:
            all_read = False
            continue
        top = TableReader(document, place(name), problems)
        if name == SOURCES_FILE:
            sources += (_source(table) for table in _located(top, files[name], name, "sources"))
        elif name == THEMES_FILE:
            themes += (_theme(table) for table in _located(top, files[name], name, "themes"))
        else:
            deck = _deck(top.table_at("deck"), name)
            decks.append(deck)
            tables = _located(top, files[name], name, "items")
            lines = _lines(files[name], "items", len(tables))
            items += (
                read_item(table, deck=deck.slug, position=position, file=name, line=line)
                for position, (table, line) in enumerate(zip(tables, lines, strict=True), start=1)
            )
        top.finish()
    decks.sort(key=lambda deck: (deck.position, deck.file))
    bank = Bank(sources=tuple(sources), decks=tuple(decks), themes=tuple(themes), items=tuple(items))
    if all_read:  # else names from the unread file would all seem unknown
        problems += cross_check(bank)
    if problems:
        raise InvalidBank(_summary(problems), tuple(problems))
    return bank


def _summary(problems: list[Problem]) -> str:
    count = "One problem" if len(problems) == 1 else f"{len(problems)} problems"
    return "\n".join([f"{count} in the question bank:", *(problem.message for problem in problems)])


def _parse(name: str, text: str, problems: list[Problem]) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:  # ValueError: also a number with thousands of digits
        found = _LINE.search(str(error))
        line = int(found.group(1)) if found else text.count("\n") + 1
        reason = _LINE.sub("", str(error)).strip()
        problems.append(Problem("", f"{place(name, line)}: this is not valid TOML: {reason}."))
        return None


def _lines(text: str, array: str, count: int) -> tuple[int, ...]:
    """A line for each table of an array; 1 where the array is not written with headers."""
    lines = header_lines(text, array)
    return lines if len(lines) == count else (1,) * count


def _located(top: TableReader, text: str, file: str, array: str) -> tuple[TableReader, ...]:
    """The tables of an array, each knowing its line and its id or slug."""
    tables = top.tables(array)
    for table, line in zip(tables, _lines(text, array, len(tables)), strict=True):
        name = table.table.get("id", table.table.get("slug", ""))
        noun = array.removesuffix("s")
        table.place = place(file, line, f"{noun} {name}" if isinstance(name, str) and name else noun)
    return tables


def _source(table: TableReader) -> SourceRecord:
    paragraphs = table.whole("paragraphs")
    record = SourceRecord(
        slug=table.slug("slug"),
        name=table.text("name", ""),
        title=table.text("title", ""),
        author=table.text("author", ""),
        publisher=table.text("publisher", ""),
        published=table.text("published", ""),
        language=table.text("language", ""),
        file=table.text("file"),
        about=table.text("about", ""),
        paragraphs=paragraphs,
        boilerplate=_boilerplate(table, paragraphs),
    )
    if record.published and not _is_date(record.published):
        table.problem("published", f"“{record.published}” must be a date such as 2024-05-17, or empty.")
    table.finish()
    return record


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _boilerplate(table: TableReader, paragraphs: int) -> tuple[int, ...]:
    numbers: set[int] = set()
    for entry in table.texts("boilerplate"):
        found = _RANGE.fullmatch(entry)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 1 <= first <= last <= paragraphs:
            table.problem(
                "boilerplate", f"“{entry}” must be a paragraph or a range such as 3-5, at most {paragraphs}."
            )
            continue
        numbers.update(range(first, last + 1))
    return tuple(sorted(numbers))


def _theme(table: TableReader) -> ThemeRecord:
    record = ThemeRecord(
        slug=table.slug("slug"),
        title=table.text("title"),
        summary=table.text("summary", ""),
        tag=table.text("tag"),
    )
    table.finish()
    return record


def _deck(table: TableReader, file: str) -> DeckRecord:
    record = DeckRecord(
        slug=table.slug("slug"),
        title=table.text("title"),
        summary=table.text("summary", ""),
        source=table.slug("source", ""),
        position=table.whole("position", UNPLACED),
        file=file,
    )
    table.finish()
    return record
