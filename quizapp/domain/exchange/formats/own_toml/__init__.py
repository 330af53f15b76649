"""Our own bank's files (docs/bank-format.md): a deck written out, edited and read again is the same deck."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, BinaryIO

from quizapp.domain.errors import Invalid, Problem
from quizapp.domain.exchange.bank.dump import dump_toml
from quizapp.domain.exchange.bank.items import UnreadContent, read_item
from quizapp.domain.exchange.bank.positions import header_lines
from quizapp.domain.exchange.bank.reading import TableReader
from quizapp.domain.exchange.bundle import Bundle, Entry, Item, Record, Written
from quizapp.domain.exchange.conversion.answers import Shaped, entry, refused
from quizapp.domain.exchange.conversion.losses import left_out, without_pictures
from quizapp.domain.exchange.conversion.text_lines import text_of
from quizapp.domain.exchange.file_format import FileFormat, Likelihood, Options, Peek
from quizapp.domain.library.bank import BankItem, DeckRecord
from quizapp.domain.library.kinds import KINDS

MOST_BYTES = 20_000_000
_DECK = re.compile(r"^\s*\[deck\]", re.MULTILINE)
_ITEMS = re.compile(r"^\s*\[\[items\]\]", re.MULTILINE)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NAMELESS = "q"  # stands for an id while the bank's own rules for ids would refuse it
_ERROR = re.compile(r"\(at line (?P<line>[0-9]+), column [0-9]+\)")


class OwnToml(FileFormat):
    """All that a question is, its evidence included."""

    name = "toml"
    title = "Quizapp (TOML)"
    endings = (".toml",)
    writes = frozenset(kind.name for kind in KINDS)
    media_type = "application/toml; charset=utf-8"

    def sniff(self, peek: Peek) -> Likelihood:
        if peek.ending not in {".toml", ".txt", ""}:
            return Likelihood.NO
        sure = _DECK.search(peek.text) is not None or _ITEMS.search(peek.text) is not None
        return Likelihood.SURE if sure else Likelihood.NO

    def read(self, file: BinaryIO, options: Options) -> Iterator[Record]:  # noqa: ARG002 a file says all itself
        text = text_of(file, most=MOST_BYTES)
        document = _parsed(text)
        deck = document.get("deck")
        title = str(deck.get("title", "")) if isinstance(deck, dict) else ""
        tables = document.get("items", [])
        if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
            raise Invalid("“items” must be tables, each below a line [[items]].")
        lines = header_lines(text, "items")
        placed = lines if len(lines) == len(tables) else (1,) * len(tables)
        for table, line in zip(tables, placed, strict=True):
            yield _entry(table, line, (title,) if title else ())

    def write(self, bundle: Bundle) -> Written:
        entries: list[Entry] = []
        items: list[BankItem] = []
        for position, item in enumerate(bundle.items, start=1):
            bare, notes = without_pictures(item)
            entries.append(left_out(bare, f"item {position}", *notes, kept=True))
            items.append(_bank_item(bare, position))
        record = DeckRecord(slug=_slugged(bundle.title) or "deck", title=bundle.title, summary=bundle.summary)
        return Written(data=dump_toml(record, items).encode(), entries=tuple(entries))


def _parsed(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        found = _ERROR.search(str(error))
        where = f"Line {found['line']} is" if found else "This file is"
        reason = _ERROR.sub("", str(error)).strip()
        raise Invalid(f"{where} not valid TOML: {reason}.") from None


def _entry(table: dict[str, Any], line: int, deck: tuple[str, ...]) -> Entry:
    identity = str(table.get("id", ""))
    written = {**table, "id": identity if _SLUG.fullmatch(identity) else _NAMELESS}
    problems: list[Problem] = []
    place = f"line {line}"
    read = read_item(TableReader(written, place, problems), deck="", position=1, file="", line=line)
    title = str(table.get("stem", ""))[:80]
    if problems or isinstance(read.content, UnreadContent):
        said = [problem.message.removeprefix(f"{place}, ") for problem in problems]
        return entry(place, title, refused(*(said or ["It cannot be read."])))
    notes = ["What the bank says of it for its own checks was left out."] if _checks(read) else []
    item = Item(
        content=read.content,
        id=identity,
        deck=deck,
        tags=read.tags,
        fact=read.fact if read.fact not in {identity, _NAMELESS} else "",
        formats=read.formats,
        evidence=read.evidence,
    )
    return entry(place, "", Shaped(read.content, tuple(notes)), item)


def _checks(read: BankItem) -> bool:
    return bool(read.waive or read.apart or read.examples.right or read.examples.wrong)


def _bank_item(item: Item, position: int) -> BankItem:
    identity = item.id or f"item-{position}"
    return BankItem(
        id=identity,
        fact=item.fact or identity,
        deck="",
        position=position,
        content=item.content,
        tags=item.tags,
        evidence=item.evidence,
        formats=item.formats,
    )


def _slugged(title: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", title.casefold()))[:80]
