"""How long someone who writes waits for a command that runs beside them.

    python bench/beside.py [guests]

Fills a data folder with the shipped bank and old guests, runs each command as a process of its own, and
writes all the while, waiting as a request does. The peer is the same writer beside nothing.
"""

import os
import subprocess
import sys
import tempfile
import time
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from quizapp import paths
from quizapp.services.accounts import accounts
from quizapp.services.exchange.bank import load_into_database, read_bank
from quizapp.services.study import decks
from quizapp.storage.engine import engine_options, open_engine, prepare
from quizapp.storage.migrating import migrate

NOW = datetime.now(UTC)
LONG_AGO = NOW - timedelta(days=800)


def fill(folder: Path, guests: int) -> Path:
    file = folder / "quizapp.sqlite3"
    migrate(f"sqlite:///{file}")
    engine = open_engine(f"sqlite:///{file}")
    with Session(engine, expire_on_commit=False, autoflush=False) as session, session.begin():
        load_into_database(session, read_bank(paths.BANK), now=NOW)
        accounts.sign_up(session, None, name="Vera", password_hash="-", role="teacher", now=NOW)
        for _ in range(guests):
            decks.begin(session, accounts.create_guest(session, zone="UTC", now=LONG_AGO), "", now=LONG_AGO)
    engine.dispose()
    (folder / "cards.csv").write_text(
        "".join(f"What is {n} plus 1?,{n + 1}\n" for n in range(1_000)), "utf-8"
    )
    return file


def waiting() -> AbstractContextManager[None]:
    """As a request waits: it does so itself, with short pauses (`storage/engine.py`)."""
    return nullcontext()


def waits(file: Path, command: subprocess.Popen[bytes] | None) -> list[float]:
    """Milliseconds that each write took until the command ended, or for two seconds beside nothing."""
    url = f"sqlite:///{file}"
    engine = prepare(create_engine(url, **engine_options(url)), wait=waiting)
    found, end = [], time.monotonic() + 2
    while command.poll() is None if command else time.monotonic() < end:
        began = time.monotonic()
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = version_num"))
        found.append((time.monotonic() - began) * 1_000)
        time.sleep(0.001)
    engine.dispose()
    return found


def main() -> None:
    guests = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = fill(folder, guests)
        commands = (
            "user list",
            "schedule rebuild --check",
            "schedule rebuild",
            "bank load",
            f"import {folder}/cards.csv --owner Vera",
            f"backup {folder}/site.zip",
            "upkeep --check",
            "upkeep",
            "user erase Vera --yes",
        )
        print(f"{guests} guests\n\n| beside | writes | longest wait, ms |\n|---|---|---|")
        found = waits(file, None)
        print(f"| nothing | {len(found)} | {max(found):.0f} |")
        environment = os.environ | {"QUIZAPP_DATA_DIR": name}
        for words in commands:
            process = subprocess.Popen(
                [sys.executable, "-m", "quizapp", *words.split()], env=environment, stdout=subprocess.DEVNULL
            )
            found = waits(file, process)
            assert process.returncode == 0, words
            print(f"| `{words.replace(name + '/', '')}` | {len(found)} | {max(found):.0f} |", flush=True)


if __name__ == "__main__":
    main()
