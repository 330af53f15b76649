"""The database of an Anki collection, read in memory: schema 11, and 18 with its tables of note types."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

import msgspec

from quizapp.domain.errors import Invalid
from quizapp.domain.exchange.bundle import Answered, Memory
from quizapp.domain.exchange.formats.anki_cards.cards import Card, NoteType
from quizapp.services.exchange.formats.anki.package import number_field, text_field

_DAMAGED = "The collection in this package is damaged. Export it again from Anki, then import that."
_TABLES = ("col", "notes", "cards", "revlog")
_NEWER = ("notetypes", "fields", "templates", "decks")
_ALLOWED = frozenset(
    {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_PRAGMA}
)
_WAL = slice(18, 20)  # bytes of the header that say how it is written; in memory there is no log beside it
_REVIEWED = 3  # kinds of reviews up to this one are answers; those above are changes by hand
_RATINGS = range(1, 5)
_FIELDS_END = "\x1f"
_CLOZE = 1

_CARDS = """
SELECT c.id, c.ord, CASE WHEN c.odid THEN c.odid ELSE c.did END, c.data,
       n.id, n.guid, n.mid, n.tags, n.flds,
       count(*) OVER (PARTITION BY n.id)
FROM notes AS n JOIN cards AS c ON c.nid = n.id ORDER BY n.id, c.ord
"""
_REVIEWS = "SELECT id, ease, time FROM revlog WHERE cid = ? AND type <= ? AND ease > 0 ORDER BY id"


class _Template(msgspec.Struct):
    name: str = ""
    qfmt: str = ""
    afmt: str = ""
    ord: int = 0


class _Field(msgspec.Struct):
    name: str = ""
    ord: int = 0


class _Model(msgspec.Struct):
    name: str = ""
    type: int = 0
    flds: list[_Field] = []
    tmpls: list[_Template] = []


class _Deck(msgspec.Struct):
    name: str = ""


class _Data(msgspec.Struct):
    """What FSRS keeps with a card."""

    s: float | None = None
    d: float | None = None


class Collection:
    """An open collection. Only tables are read, never what a view or a trigger would make of them."""

    def __init__(self, data: bytes) -> None:
        if not data.startswith(b"SQLite format 3\0"):
            raise Invalid(_DAMAGED)
        header = bytearray(data[:100])
        header[_WAL] = b"\x01\x01"
        self._database = sqlite3.connect(":memory:")
        try:
            self._database.deserialize(bytes(header) + data[100:])
            self._database.create_collation("unicase", _unicase)
            self._database.execute("PRAGMA trusted_schema = OFF")
            self._database.execute("PRAGMA temp_store = MEMORY")
            self._check()
            self._index()
            self._database.set_authorizer(_only_reading)
            self._types, self._decks = self._note_types(), self._deck_names()
        except (sqlite3.Error, msgspec.DecodeError, UnicodeDecodeError, TypeError, ValueError):
            self._database.close()
            raise Invalid(_DAMAGED) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, sort: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    def cards(self) -> Iterator[Card]:
        """Every card, note by note. Raises Invalid half-way where the file is damaged there."""
        try:
            with closing(self._database.execute(_CARDS)) as rows:
                for row in rows:
                    yield self._card(*row)
        except (sqlite3.Error, UnicodeDecodeError, TypeError, ValueError):
            raise Invalid(_DAMAGED) from None

    def _card(
        self,
        card: int,
        number: int,
        deck: int,
        data: str,
        note: int,
        guid: str,
        model: int,
        tags: str,
        fields: str,
        cards: int,
    ) -> Card:
        unknown = NoteType("", False, (), ())
        return Card(
            guid=str(guid),
            number=int(number),
            several=cards > 1,
            note_type=self._types.get(int(model), unknown),
            fields=tuple(str(fields).split(_FIELDS_END)),
            tags=tuple(str(tags).split()),
            deck=self._decks.get(int(deck), ()),
            place=f"note {note}, card {int(number) + 1}",
            history=tuple(self._history(card)),
            memory=_memory(data),
        )

    def _history(self, card: int) -> Iterator[Answered]:
        for at, ease, milliseconds in self._database.execute(_REVIEWS, (card, _REVIEWED)):
            if ease in _RATINGS and 0 < at < 253_402_300_799_000:  # the year 9999
                moment = datetime.fromtimestamp(at / 1000, UTC)
                yield Answered(at=moment, rating=ease, duration_ms=max(0, int(milliseconds)))

    # --- the schema ---

    def _check(self) -> None:
        rows = list(self._database.execute("SELECT type, name, sql FROM sqlite_master"))
        if any(sort == "trigger" for sort, _, _ in rows):
            raise Invalid("The collection in this package holds triggers, which Anki never writes.")
        plain = {
            name
            for sort, name, text in rows
            if sort == "table" and str(text).upper().startswith("CREATE TABLE")
        }
        if not plain.issuperset(_TABLES):
            raise Invalid(_DAMAGED)
        self._newer = plain.issuperset(_NEWER)

    def _index(self) -> None:
        """Reviews by their card; some files have no index for it."""
        self._database.execute("CREATE INDEX IF NOT EXISTS quizapp_reviews ON revlog (cid)")

    def _note_types(self) -> dict[int, NoteType]:
        return self._types_of_tables() if self._newer else self._types_of_json()

    def _types_of_tables(self) -> dict[int, NoteType]:
        fields: dict[int, list[str]] = {}
        for of, name in self._database.execute("SELECT ntid, name FROM fields ORDER BY ntid, ord"):
            fields.setdefault(of, []).append(name)
        templates: dict[int, list[tuple[str, str, str]]] = {}
        for of, name, config in self._database.execute(
            "SELECT ntid, name, config FROM templates ORDER BY ntid, ord"
        ):
            templates.setdefault(of, []).append((name, text_field(config, 1), text_field(config, 2)))
        return {
            of: NoteType(
                name,
                number_field(config, 1) == _CLOZE,
                tuple(fields.get(of, ())),
                tuple(templates.get(of, ())),
            )
            for of, name, config in self._database.execute("SELECT id, name, config FROM notetypes")
        }

    def _types_of_json(self) -> dict[int, NoteType]:
        models: dict[str, _Model] = self._json("models", dict[str, _Model])
        return {
            int(of): NoteType(
                model.name,
                model.type == _CLOZE,
                tuple(each.name for each in sorted(model.flds, key=lambda each: each.ord)),
                tuple(
                    (each.name, each.qfmt, each.afmt)
                    for each in sorted(model.tmpls, key=lambda each: each.ord)
                ),
            )
            for of, model in models.items()
        }

    def _deck_names(self) -> dict[int, tuple[str, ...]]:
        if self._newer:
            rows = self._database.execute("SELECT id, name FROM decks")
            return {of: tuple(name.split(_FIELDS_END)) for of, name in rows}
        decks: dict[str, _Deck] = self._json("decks", dict[str, _Deck])
        return {int(of): tuple(deck.name.split("::")) for of, deck in decks.items()}

    def _json(self, column: str, form: Any) -> Any:
        ((text,),) = self._database.execute(f"SELECT {column} FROM col LIMIT 1")  # noqa: S608 names of ours
        return msgspec.json.decode(text, type=form)


def _memory(data: object) -> Memory | None:
    if not isinstance(data, str) or '"s"' not in data:
        return None
    try:
        kept = msgspec.json.decode(data, type=_Data)
    except msgspec.DecodeError:
        return None
    if kept.s is None or kept.d is None or kept.s <= 0:
        return None
    return Memory(stability=kept.s, difficulty=min(10.0, max(1.0, kept.d)))


def _unicase(one: str, other: str) -> int:
    """Anki's order of names: without regard to case."""
    left, right = one.casefold(), other.casefold()
    return (left > right) - (left < right)


def _only_reading(action: int, *_of: object) -> int:
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY
