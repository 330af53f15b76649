"""What it costs to bring an Anki package in, beside Anki's own import of the same file.

    python bench/importing.py [notes, 20,000] [answers of each, 3]
    ANKI=path/to/python python bench/importing.py     # a Python in which `anki` is installed

CPU seconds and the largest memory of a process: reading (in the reader's process), storing with and without
the past reviews on a new SQLite database, and Anki's import into an empty collection.
"""

from __future__ import annotations

import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from quizapp.domain.exchange.bundle import Entry
from quizapp.domain.exchange.file_format import Options
from quizapp.services.exchange import past_reviews
from quizapp.services.exchange.imports import store
from quizapp.services.exchange.media import Media
from quizapp.services.exchange.reader.isolated import reading
from quizapp.services.library.editor import create_deck
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account
from quizapp.storage.engine import open_engine
from quizapp.storage.migrating import migrate

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
FIRST = 1_700_000_000_000  # milliseconds
SCHEMA = """
CREATE TABLE col (id integer primary key, crt integer, mod integer, scm integer, ver integer, dty integer,
  usn integer, ls integer, conf text, models text, decks text, dconf text, tags text);
CREATE TABLE notes (id integer primary key, guid text, mid integer, mod integer, usn integer, tags text,
  flds text, sfld integer, csum integer, flags integer, data text);
CREATE TABLE cards (id integer primary key, nid integer, did integer, ord integer, mod integer, usn integer,
  type integer, queue integer, due integer, ivl integer, factor integer, reps integer, lapses integer,
  left integer, odue integer, odid integer, flags integer, data text);
CREATE TABLE revlog (id integer primary key, cid integer, usn integer, ease integer, ivl integer,
  lastIvl integer, factor integer, time integer, type integer);
CREATE TABLE graves (usn integer, oid integer, type integer);
"""
ANKI = """
import sys, time, resource
from anki.collection import Collection, ImportAnkiPackageRequest, ImportAnkiPackageOptions
collection = Collection(sys.argv[1] + "/new.anki2")
begun = time.process_time()
options = ImportAnkiPackageOptions(with_scheduling=sys.argv[3] == "yes")
collection.import_anki_package(ImportAnkiPackageRequest(package_path=sys.argv[2], options=options))
count = collection.note_count()
collection.close()
print(count, time.process_time() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def package(path: Path, notes: int, answers: int) -> None:
    """A package of the older form with that many notes of two fields."""
    made = sqlite3.connect(":memory:")
    made.executescript(SCHEMA)
    shown = {"sticky": False, "rtl": False, "font": "Arial", "size": 20, "media": []}
    fields = [{"name": "Front", "ord": 0} | shown, {"name": "Back", "ord": 1} | shown]
    card = {
        "name": "Card 1",
        "ord": 0,
        "qfmt": "{{Front}}",
        "afmt": "{{FrontSide}}<hr id=answer>{{Back}}",
    } | {"did": None, "bqfmt": "", "bafmt": ""}
    model = {"id": 7, "name": "Basic", "type": 0, "mod": 0, "usn": 0, "sortf": 0, "did": 1, "css": ""}
    model |= {"flds": fields, "tmpls": [card], "latexPre": "", "latexPost": "", "req": [[0, "any", [0]]]}
    deck = {"name": "Geo", "id": 3, "mod": 0, "usn": 0, "conf": 1, "dyn": 0, "desc": "", "collapsed": False}
    deck |= {key: [0, 0] for key in ("newToday", "revToday", "lrnToday", "timeToday")}
    row = (1, 1_600_000_000, 0, 0, 11, 0, 0, 0, "{}", json.dumps({"7": model}), json.dumps({"3": deck}))
    made.execute(f"INSERT INTO col VALUES ({','.join('?' * 13)})", (*row, "{}", "{}"))
    for number in range(1, notes + 1):
        text = f"What is <b>word {number}</b> &amp; so on?\x1fIt is answer number {number}, and more."
        note = (number, f"guid{number}", 7, 0, -1, " geo ", text, text[:20], number, 0, "")
        made.execute(f"INSERT INTO notes VALUES ({','.join('?' * 11)})", note)
        values = (number, number, 3, 0, 0, -1, 2, 2, 2_000, 30, 2_500, answers, 0, 0, 0, 0, 0, "")
        made.execute(f"INSERT INTO cards VALUES ({','.join('?' * 18)})", values)
        for turn in range(answers):
            at = FIRST + turn * 86_400_000 * 5 + number
            made.execute("INSERT INTO revlog VALUES (?, ?, -1, 3, 5, 1, 2500, 4000, 1)", (at, number))
    made.commit()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("collection.anki2", made.serialize())
        archive.writestr("media", "{}")


def main(notes: int = 20_000, answers: int = 3) -> None:
    print(f"{notes:,} notes, {notes * answers:,} reviews{'':14}{'CPU s':>10}{'MB':>8}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "big.apkg"
        package(path, notes, answers)
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        with path.open("rb") as file, reading(file, Options(name=path.name)) as records:
            entries = [record for record in records if isinstance(record, Entry)]
        child = resource.getrusage(resource.RUSAGE_CHILDREN)
        told("read, in the reader's process", child.ru_utime - before, child.ru_maxrss // 1024)
        stored(Path(folder), entries)
        if python := os.environ.get("ANKI"):
            for scheduling in ("no", "yes"):
                beside(python, folder, path, scheduling)


def stored(folder: Path, entries: list[Entry]) -> None:
    settings = Settings(data_dir=folder)
    migrate(settings.sqlalchemy_url)
    engine = open_engine(settings.sqlalchemy_url)
    with Session(engine, expire_on_commit=False, autoflush=False) as session, session.begin():
        account = Account(role="teacher", zone="UTC", created_at=NOW)
        session.add(account)
        session.flush()
        deck = create_deck(session, account, title="Geo", summary="", now=NOW)
        begun = time.process_time()
        store(session, deck, entries, author=account, now=NOW, media=Media())
        told("stored, questions", time.process_time() - begun)
        begun = time.process_time()
        past_reviews.keep(session, deck, entries, account, settings)
        told("stored, past reviews", time.process_time() - begun)
    engine.dispose()


def beside(python: str, folder: str, path: Path, scheduling: str) -> None:
    with tempfile.TemporaryDirectory(dir=folder) as own:
        done = subprocess.run(
            [python, "-c", ANKI, own, str(path), scheduling], stdout=subprocess.PIPE, text=True, check=True
        )
    count, seconds, memory = done.stdout.split()
    kind = "with" if scheduling == "yes" else "without"
    told(f"Anki, {kind} reviews ({count} notes)", float(seconds), int(memory))


def told(name: str, seconds: float, memory: int = 0) -> None:
    print(f"{name:40}{seconds:10.1f}{memory or '':>8}", flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
