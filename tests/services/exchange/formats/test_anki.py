"""Packages of Anki, old and new, are read with media and reviews; hostile ones are refused in a sentence."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from base64 import b64decode
from datetime import UTC, datetime

import pytest
from backports import zstd

from quizapp.domain.errors import Invalid
from quizapp.domain.exchange.bundle import Answered, Bundle, Entry, Item, Medium, Memory, Record, medium
from quizapp.domain.exchange.file_format import Likelihood, Options, Peek
from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.kinds.cloze import Cloze
from quizapp.domain.library.kinds.flip_card import FlipCard
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.domain.library.kinds.true_false import TrueFalse
from quizapp.services.exchange.formats.anki import Anki, package
from quizapp.services.exchange.formats.anki.package import Package

PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"
)
OLD = """
CREATE TABLE col (id, models, decks);
CREATE TABLE notes (id integer primary key, guid text, mid integer, tags text, flds text);
CREATE TABLE cards (id integer primary key, nid, did, odid, ord, data text);
CREATE TABLE revlog (id integer primary key, cid, ease, time, type);
"""
NEWER = """
CREATE TABLE notetypes (id integer primary key, name text COLLATE unicase, config blob);
CREATE TABLE fields (ntid, ord, name text, config blob);
CREATE TABLE templates (ntid, ord, name text, config blob);
CREATE TABLE decks (id integer primary key, name text);
CREATE INDEX names ON notetypes (name COLLATE unicase);
"""
FRONT, BACK = "{{Front}}", "{{FrontSide}}<hr id=answer>{{Back}}"
AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
MS = int(AT.timestamp() * 1000)


def message(*texts: tuple[int, str | int]) -> bytes:
    """A message of short texts and small numbers."""
    parts = b""
    for number, value in texts:
        if isinstance(value, int):
            parts += bytes([number << 3, value])
        else:
            data = value.encode()
            length = bytes([len(data)]) if len(data) < 128 else bytes([len(data) & 127 | 128, len(data) >> 7])
            parts += bytes([number << 3 | 2]) + length + data
    return parts


def database(*, new: bool = False, more: str = "") -> bytes:
    made = sqlite3.connect(":memory:")
    made.create_collation("unicase", lambda one, other: (one > other) - (one < other))
    made.executescript(OLD + (NEWER if new else ""))
    if new:
        made.execute("INSERT INTO notetypes VALUES (7, 'Basic', ?)", (message((3, "css")),))
        made.executemany("INSERT INTO fields VALUES (7, ?, ?, '')", [(1, "Back"), (0, "Front")])
        made.execute("INSERT INTO templates VALUES (7, 0, 'Card 1', ?)", (message((1, FRONT), (2, BACK)),))
        made.execute("INSERT INTO decks VALUES (3, 'Geo\x1fRivers')")
        made.execute("INSERT INTO col VALUES (1, '', '')")
    else:
        fields = [{"name": "Back", "ord": 1}, {"name": "Front", "ord": 0}]
        templates = [{"name": "Card 1", "qfmt": FRONT, "afmt": BACK, "ord": 0}]
        models = {"7": {"name": "Basic", "type": 0, "flds": fields, "tmpls": templates}}
        made.execute(
            "INSERT INTO col VALUES (1, ?, ?)",
            (json.dumps(models), json.dumps({"3": {"name": "Geo::Rivers"}})),
        )
    shown = 'Longest? <img src="a b.png"><img src="a%20b.png"><img src="no.png">'
    made.execute("INSERT INTO notes VALUES (1, 'guid', 7, ' eu ', ?)", (f"{shown}\x1fVolga",))
    made.execute("INSERT INTO notes VALUES (2, 'twin', 8, '', 'x')")
    made.execute("""INSERT INTO cards VALUES (11, 1, 9, 3, 0, '{"s": 4.5, "d": 11}')""")
    made.execute("""INSERT INTO cards VALUES (12, 2, 3, 0, 0, '{"s": null}')""")
    reviews = [(MS, 11, 3, 4000, 0), (MS + 1, 11, 1, -5, 1), (MS + 2, 11, 3, 0, 4), (MS + 3, 11, 0, 0, 1)]
    made.executemany("INSERT INTO revlog VALUES (?, ?, ?, ?, ?)", reviews)
    made.executescript(more)
    made.commit()
    return made.serialize()


def zipped(**files: bytes) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "."), data)
    file.seek(0)
    return file


def old(data: bytes | None = None) -> io.BytesIO:
    media = json.dumps({"0": "a b.png", "1": "gone.png", "2": "x.mp3"}).encode()
    return zipped(
        collection__anki2=database() if data is None else data, media=media, **{"0": PIXEL, "2": b"x"}
    )


def new(data: bytes | None = None) -> io.BytesIO:
    entries = message((1, "a b.png"), (2, 69)), message((1, "x.mp3"))
    media = b"".join(bytes([10, len(entry)]) + entry for entry in entries)
    wal = bytearray(database(new=True) if data is None else data)
    wal[18:20] = b"\x02\x02"
    return zipped(
        collection__anki21b=zstd.compress(bytes(wal)),
        collection__anki2=database(),
        media=zstd.compress(media),
        meta=message((1, 3)),
        **{"0": zstd.compress(PIXEL)},
    )


def read(file: io.BytesIO) -> list[Record]:
    return list(Anki().read(file, Options()))


@pytest.mark.parametrize("make", [old, new])
def test_a_package_gives_its_picture_its_card_and_its_reviews(make) -> None:
    picture, card, unknown = read(make())
    assert isinstance(picture, Medium)
    assert (picture.name, picture.data) == ("a b.png", PIXEL)
    assert isinstance(card, Entry)
    assert card.item is not None
    shown = f"![](picture:{picture.key})"
    assert card.item.content == FlipCard(stem=f"Longest? {shown}{shown}", answer="Volga")
    assert card.notes == ("The picture “no.png” was left out: it is not in the file.",)
    assert (card.item.id, card.item.deck, card.item.tags) == ("guid", ("Geo", "Rivers"), ("eu",))
    assert card.item.history == (
        Answered(at=AT, rating=3, duration_ms=4000),
        Answered(at=datetime.fromtimestamp((MS + 1) / 1000, UTC), rating=1),
    )
    assert card.item.memory == Memory(stability=4.5, difficulty=10.0)
    assert isinstance(unknown, Entry)
    assert unknown.item is None


@pytest.mark.parametrize(
    "more",
    [
        "CREATE TRIGGER t AFTER INSERT ON notes BEGIN DELETE FROM cards; END;",
        "DROP TABLE revlog; CREATE VIEW revlog AS SELECT 1 AS id, 11 AS cid, 3 AS ease, 0 AS time, 0 AS type;",
        "UPDATE col SET models = '[]';",
        "UPDATE cards SET did = 'x', odid = 0;",
        "DELETE FROM col;",
    ],
)
def test_a_database_that_anki_never_writes_is_refused(more: str) -> None:
    with pytest.raises(Invalid):
        read(old(database(more=more)))


@pytest.mark.parametrize(
    "file",
    [
        io.BytesIO(b"PK no zip"),
        zipped(readme=b"x"),
        old(b"no database"),
        old(database()[:3000]),
        zipped(collection__anki21b=b"no zstd"),
        zipped(collection__anki2=database(), media=b"no json"),
        zipped(collection__anki2=database(), meta=message((1, 9))),
        zipped(collection__anki2=database(), meta=b"\xff" * 12),
        zipped(collection__anki2=database(), meta=b"\x0a\x7f"),
    ],
    ids=["zip", "empty", "database", "half", "zstd", "media", "newer", "number", "length"],
)
def test_what_is_no_package_is_refused_in_a_sentence(file: io.BytesIO) -> None:
    with pytest.raises(Invalid, match=r"\.$"):
        read(file)


def test_what_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, files in (
        ("LARGEST_COLLECTION", (old, new)),
        ("LARGEST_MEDIUM", (old, new)),
        ("MOST_MEDIA", (old,)),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(package, name, 50)
            for make in files:
                with pytest.raises(Invalid, match=r"Divide it"):
                    read(make())


def test_a_locked_or_damaged_entry_is_told() -> None:
    data = bytearray(old().getvalue())
    at = data.index(b"PK\x01\x02")
    data[6] |= 1  # the first entry's flag of a password, in its own head and in the list of all
    data[at + 8] |= 1
    with pytest.raises(Invalid, match="password"):
        Package(io.BytesIO(bytes(data))).collection()
    broken = bytearray(zipped(collection__anki2=database()).getvalue())
    broken[200] ^= 255
    with pytest.raises(Invalid, match="damaged"):
        Package(io.BytesIO(bytes(broken))).collection()


def test_a_package_is_known_by_what_is_in_it() -> None:
    sniff = Anki().sniff
    assert sniff(Peek(head=b"PK", inside=("media", "collection.anki2"))) is Likelihood.SURE
    assert sniff(Peek(name="x.apkg")) is Likelihood.LIKELY
    assert sniff(Peek(name="x.zip", inside=("a.xml",))) is Likelihood.NO


# --- writing ---


def again(*items: Item, **media: Medium) -> tuple[tuple[Entry, ...], list[Entry], list[Medium]]:
    done = Anki().write(
        Bundle(title="Rivers", items=items, media={each.key: each for each in media.values()})
    )
    found = read(io.BytesIO(done.data))
    return (
        done.entries,
        [each for each in found if isinstance(each, Entry)],
        [each for each in found if isinstance(each, Medium)],
    )


def test_cards_typed_answers_and_gaps_come_back_as_they_were() -> None:
    picture = medium("p.webp", PIXEL)
    contents = (
        FlipCard(stem=rf"Who? ![x](picture:{picture.key}) \(x^2\), \[y\]", answer="**Ada**"),
        ShortAnswer(stem="Capital of France?", key="Paris", rationale="Since long."),
        Cloze(stem="The {{Danube}} ends in the {{Black Sea}}.", rationale="So."),
    )
    items = tuple(Item(content=each, id=f"q{at}", tags=("eu",)) for at, each in enumerate(contents))
    report, back, files = again(*items, picture=picture)
    assert {entry.notes for entry in (*report, *back)} == {()}
    assert [entry.item.content for entry in back if entry.item] == list(contents)
    assert [(entry.item.id, entry.item.tags) for entry in back if entry.item] == [
        (f"q{at}", ("eu",)) for at in range(3)
    ]
    assert [file.data for file in files] == [PIXEL]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (TrueFalse(stem="It rains.", key=True), "no card of this kind"),
        (
            FlipCard(stem="A", answer="B", rationale="C", hint="D"),
            "The explanation stands behind the answer. The hint",
        ),
        (FlipCard(stem="A _b_", answer="B"), "markup"),
        (FlipCard(stem="See ![x](picture:" + "0" * 32 + ")", answer="B"), "no longer there"),
        (
            ShortAnswer(stem="A", key="b", accept=("c",), exact=True),
            "forms were left out: there one rates oneself. How",
        ),
        (Cloze(stem="{{a|b}} {{exact:c}}"), "forms were left out: there one rates oneself. How"),
        (Cloze(stem="C++ {{std::list}}"), "signs that Anki takes for a gap"),
    ],
)
def test_what_anki_cannot_hold_is_told(content: Content, said: str) -> None:
    (report,), _, _ = again(Item(content=content))
    assert said in " ".join(report.notes)
