"""Writing a package in Anki's older form, which every version of it opens: cards, typed answers, gaps."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import zipfile
from hashlib import sha1, sha256
from typing import NamedTuple

from markupsafe import escape

from quizapp.domain.exchange.bundle import Bundle, Entry, Item, Written
from quizapp.domain.exchange.conversion.formulas import delimited
from quizapp.domain.exchange.conversion.html import from_html
from quizapp.domain.exchange.conversion.losses import left_out
from quizapp.domain.language import markup
from quizapp.domain.library.grading.verdicts import Strictness
from quizapp.domain.library.kinds.asking.gaps import parse
from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.kinds.cloze import Cloze
from quizapp.domain.library.kinds.flip_card import FlipCard
from quizapp.domain.library.kinds.short_answer import ShortAnswer

WRITES = frozenset({"flip_card", "short_answer", "cloze"})
MODIFIED = 1_700_000_000  # seconds: the same deck is the same file
_DECK, _CARD, _TYPED, _GAPS = 1_700_000_000_001, 1_700_000_000_002, 1_700_000_000_003, 1_700_000_000_004
_SCHEMA = """
CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL, scm integer NOT NULL,
  ver integer NOT NULL, dty integer NOT NULL, usn integer NOT NULL, ls integer NOT NULL, conf text NOT NULL,
  models text NOT NULL, decks text NOT NULL, dconf text NOT NULL, tags text NOT NULL);
CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL, mod integer NOT NULL,
  usn integer NOT NULL, tags text NOT NULL, flds text NOT NULL, sfld integer NOT NULL, csum integer NOT NULL,
  flags integer NOT NULL, data text NOT NULL);
CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL, ord integer NOT NULL,
  mod integer NOT NULL, usn integer NOT NULL, type integer NOT NULL, queue integer NOT NULL,
  due integer NOT NULL, ivl integer NOT NULL, factor integer NOT NULL, reps integer NOT NULL,
  lapses integer NOT NULL, left integer NOT NULL, odue integer NOT NULL, odid integer NOT NULL,
  flags integer NOT NULL, data text NOT NULL);
CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL,
  ease integer NOT NULL, ivl integer NOT NULL, lastIvl integer NOT NULL, factor integer NOT NULL,
  time integer NOT NULL, type integer NOT NULL);
CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);
CREATE INDEX ix_notes_csum ON notes (csum);
CREATE INDEX ix_cards_nid ON cards (nid);
CREATE INDEX ix_revlog_cid ON revlog (cid);
"""
_CSS = ".card { font-family: serif; font-size: 20px; text-align: center; }\n.cloze { font-weight: bold; }"
_PICTURE = re.compile(r"picture:([0-9a-f]{32})")
_SIGNS = re.compile(r"\{\{|\}\}|::")
_PLACE = "\uf8f2"  # stands for a gap while the text is made HTML


class _Note(NamedTuple):
    model: int
    fields: tuple[str, ...]


def written(bundle: Bundle) -> Written:
    """The deck as a package with one new card for each question that it can hold."""
    database = sqlite3.connect(":memory:", isolation_level=None)
    database.executescript(_SCHEMA)
    _insert(database, "col", _collection(bundle.title))
    media: dict[str, bytes] = {}
    entries: list[Entry] = []
    number = 0
    for item in bundle.items:
        writer = _Writer(bundle, media)
        note = writer.note(item.content)
        if note is None:
            entries.append(left_out(item, "", *writer.lost))
            continue
        number += 1
        _add(database, number, item, note)
        entries.append(left_out(item, f"note {number}", *writer.lost, kept=True))
    return Written(data=_zipped(database.serialize(), media), entries=tuple(entries))


def _add(database: sqlite3.Connection, number: int, item: Item, note: _Note) -> None:
    key, fields = MODIFIED * 1_000 + number, "\x1f".join(note.fields)
    first = markup.plain(item.content.stem) or note.fields[0]
    checksum = int(sha1(first.encode(), usedforsecurity=False).hexdigest()[:8], 16)
    guid = item.id or sha256(fields.encode()).hexdigest()[:20]
    tags = f" {' '.join(item.tags)} " if item.tags else ""
    row = (key, guid, note.model, MODIFIED, -1, tags, fields, first, checksum, 0, "")
    _insert(database, "notes", row)
    card = (key, key, _DECK, 0, MODIFIED, -1, 0, 0, number, *([0] * 8), "")
    _insert(database, "cards", card)


def _insert(database: sqlite3.Connection, table: str, row: tuple[object, ...]) -> None:
    database.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(row))})", row)  # noqa: S608 names of ours


def _zipped(database: bytes, media: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        names = {str(place): name for place, name in enumerate(media)}
        for name, data in (
            ("collection.anki2", database),
            ("media", json.dumps(names).encode()),
            *((place, media[name]) for place, name in names.items()),
        ):
            archive.writestr(zipfile.ZipInfo(name, (2023, 11, 14, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()


class _Writer:
    """Makes a note of one question. lost: what could not be kept, or why there is no note."""

    def __init__(self, bundle: Bundle, media: dict[str, bytes]) -> None:
        self.bundle, self.media = bundle, media
        self.lost: list[str] = []

    def note(self, content: Content) -> _Note | None:
        match content:
            case FlipCard():
                back = self._html(content.answer)
                if content.rationale.strip():
                    self.lost.append("The explanation stands behind the answer.")
                    back += f"<br>{self._html(content.rationale)}"
                self._hint(content)
                return _Note(_CARD, (self._html(content.stem), back))
            case ShortAnswer():
                return self._typed(content)
            case Cloze():
                return self._gaps(content)
        self.lost.append("Anki has no card of this kind.")
        return None

    def _typed(self, content: ShortAnswer) -> _Note:
        if content.accept or content.refuse or content.distractors:
            self.lost.append("Other right and wrong forms were left out: there one rates oneself.")
        if content.spelling or content.exact:
            self.lost.append("How strictly it is graded was left out: there one rates oneself.")
        self._hint(content)
        rationale = content.rationale
        if rationale and markup.plain(rationale) == content.key:
            self.lost.append("The explanation was left out: it only repeats the answer.")
            rationale = ""
        key = escape(content.key)
        return _Note(_TYPED, (self._html(content.stem), str(key), self._html(rationale)))

    def _gaps(self, content: Cloze) -> _Note | None:
        pieces, gaps = parse(content.stem)
        if any(_SIGNS.search(text) for text in (*pieces, *(gap.key for gap in gaps))):
            self.lost.append("Its text holds signs that Anki takes for a gap: {{, }} or ::.")
            return None
        if any(gap.accept or gap.distractors or gap.refuse for gap in gaps):
            self.lost.append("Other right and wrong forms were left out: there one rates oneself.")
        if any(gap.loose or gap.strictness is not Strictness.MEANING for gap in gaps):
            self.lost.append("How strictly it is graded was left out: there one rates oneself.")
        self._hint(content)
        html = self._html(_PLACE.join(pieces))
        for gap in gaps:
            html = html.replace(_PLACE, f"{{{{c1::{escape(gap.key)}}}}}", 1)
        return _Note(_GAPS, (html, self._html(content.rationale)))

    def _hint(self, content: Content) -> None:
        if content.hint.strip():
            self.lost.append("The hint was left out.")

    def _html(self, text: str) -> str:
        html = str(markup.block(text)).replace("\x1f", "").strip()
        html = delimited(html)
        if from_html(html, address=lambda source: source.removeprefix("picture:")).markdown != text:
            self.lost.append("Its markup is written in another way there.")
        return _PICTURE.sub(self._picture, html)

    def _picture(self, found: re.Match[str]) -> str:
        key, name = found[1], f"{found[1]}.webp"
        if key in self.bundle.media:
            self.media[name] = self.bundle.media[key].data
        else:
            self.lost.append("A picture was left out: it is no longer there.")
        return name


# --- what every collection holds ---


def _collection(title: str) -> tuple[object, ...]:
    models = {str(model["id"]): model for model in (_model(*each) for each in _MODELS)}
    deck = {"id": _DECK, "name": " ".join(title.split()) or "Deck", "mod": MODIFIED, "usn": -1, "conf": 1}
    deck |= {
        "dyn": 0,
        "desc": "",
        "collapsed": False,
        "browserCollapsed": False,
        "extendNew": 0,
        "extendRev": 0,
    }
    deck |= {each: [0, 0] for each in ("newToday", "revToday", "lrnToday", "timeToday")}
    decks = {str(_DECK): deck}
    texts = (json.dumps(models), json.dumps(decks), "{}", "{}")
    return 1, MODIFIED, MODIFIED * 1_000, MODIFIED * 1_000, 11, 0, 0, 0, "{}", *texts


_MODELS = (
    (_CARD, "Card (Quizapp)", 0, ("Front", "Back"), "{{Front}}", "{{FrontSide}}<hr id=answer>{{Back}}"),
    (
        _TYPED,
        "Typed answer (Quizapp)",
        0,
        ("Question", "Answer", "Explanation"),
        "{{Question}}<br>{{type:Answer}}",
        "{{Question}}<hr id=answer>{{type:Answer}}<br>{{Explanation}}",
    ),
    (
        _GAPS,
        "Gaps (Quizapp)",
        1,
        ("Text", "Explanation"),
        "{{cloze:Text}}",
        "{{cloze:Text}}<br>{{Explanation}}",
    ),
)


def _model(
    key: int, name: str, sort: int, fields: tuple[str, ...], front: str, back: str
) -> dict[str, object]:
    shown = {"sticky": False, "rtl": False, "font": "Arial", "size": 20, "media": []}
    template = {"name": name, "ord": 0, "qfmt": front, "afmt": back}
    template |= {"did": None, "bqfmt": "", "bafmt": ""}
    return {
        "id": key,
        "name": name,
        "type": sort,
        "mod": MODIFIED,
        "usn": -1,
        "sortf": 0,
        "did": _DECK,
        "css": _CSS,
        "flds": [{"name": each, "ord": place} | shown for place, each in enumerate(fields)],
        "tmpls": [template],
        "latexPre": "",
        "latexPost": "",
        "req": [[0, "any", [0]]],
        "tags": [],
        "vers": [],
    }
