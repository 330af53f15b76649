"""Nobody waits for a command: someone writes before each of its statements, and how many in a row hold them up
does not grow with what there is to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.true_false import TrueFalse
from quizapp.services.accounts import accounts
from quizapp.services.study import decks
from quizapp.storage.accounts.tables import FailedSignIn
from quizapp.storage.engine import sqlite_driver
from tests.conftest import POSTGRES
from tests.world import add_deck, add_item, person

pytestmark = pytest.mark.skipif(POSTGRES, reason="writers of other rows wait for no one there")

Run = Callable[..., Any]
DRIVER = sqlite_driver()
NOW = datetime.now(UTC)
LONG_AGO = NOW - timedelta(days=800)
ENOUGH = 400  # statements in a row: far less than a fifth of a second


class Neighbour:
    """Someone else who writes before each statement of a command. longest: how many statements in a row held
    them up; written: how often they could."""

    def __init__(self, file: str) -> None:
        # By the library that the command uses: two in one process would undo each other's locks.
        self._connection = DRIVER.connect(file, timeout=0, isolation_level=None, check_same_thread=False)
        self.longest = self.written = self._now = 0

    def try_to_write(self, *_: object) -> None:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        except DRIVER.OperationalError:
            self._now += 1
            self.longest = max(self.longest, self._now)
            return
        self._connection.execute("UPDATE alembic_version SET version_num = version_num")
        self._connection.execute("COMMIT")
        self._now, self.written = 0, self.written + 1

    def close(self) -> None:
        self._connection.close()


@pytest.fixture
def beside(quizapp: Run, engine: Engine) -> Iterator[Callable[..., Neighbour]]:
    """Runs a command with someone who writes beside it."""

    def run(*words: object) -> Neighbour:
        with closing(Neighbour(str(engine.url.database))) as neighbour:
            event.listen(Engine, "before_cursor_execute", neighbour.try_to_write)
            try:
                done = quizapp(*words)
            finally:
                event.remove(Engine, "before_cursor_execute", neighbour.try_to_write)
            assert done.status == 0, done.out + done.err
            assert neighbour.written
            return neighbour

    return run


def grow(session: Session, more: int) -> None:
    """So many more guests who left long ago, with as many failed sign-ins, and as many questions of a teacher."""
    owner = person(session, "teacher", name=f"Teacher of {more}", now=NOW)
    deck = add_deck(session, f"of-{more}", owner_id=owner.id, now=NOW)
    deck.public = True
    session.flush()
    for number in range(more):
        guest = accounts.create_guest(session, zone="UTC", now=LONG_AGO)
        decks.begin(session, guest, deck.slug, now=LONG_AGO)
        digests = dict.fromkeys(("who", "place", "area", "address", "browser"), "x")
        session.add(FailedSignIn(at=LONG_AGO, **digests))
        content = TrueFalse(stem=f"Statement {number} is true.", key=True, rationale="It says so.")
        add_item(session, deck, f"of-{more}-{number}", content, now=NOW)
    session.commit()


@pytest.mark.parametrize(
    "words",
    [
        ("user", "list"),
        ("sources", "list"),
        ("schedule", "rebuild", "--check"),
        ("export", "of-30", "--format", "csv", "--output", "{folder}/deck.csv"),
        ("backup", "{folder}/site.zip"),
        ("doctor",),
    ],
    ids=" ".join,
)
def test_what_only_looks_holds_no_one_up(
    beside: Callable[..., Neighbour], quizapp: Run, session: Session, tmp_path: Path, words: tuple[str, ...]
) -> None:
    grow(session, 30)
    assert quizapp("user", "list").status == 0  # it makes the data folder
    assert beside(*(word.format(folder=tmp_path) for word in words)).longest == 0


@pytest.mark.parametrize(
    "words",
    [
        ("upkeep", "--check"),
        ("upkeep",),
        ("schedule", "rebuild"),
        ("user", "export", "{name}", "{folder}/one.zip"),
    ],
    ids=" ".join,
)
def test_what_writes_does_so_in_steps_that_do_not_grow(
    beside: Callable[..., Neighbour], session: Session, tmp_path: Path, words: tuple[str, ...]
) -> None:
    longest = []
    for more in (30, 60):
        grow(session, more)
        filled = [word.format(folder=tmp_path, name=f"Teacher of {more}") for word in words]
        session.expunge_all()
        longest.append(beside(*filled).longest)
    assert longest[0] == longest[1]
    assert max(longest) <= ENOUGH


def test_an_import_reads_first_and_stores_in_steps(
    beside: Callable[..., Neighbour], session: Session, tmp_path: Path
) -> None:
    person(session, "teacher", name="Vera", now=NOW)
    longest = []
    for more in (60, 120):
        file = tmp_path / f"{more}.csv"
        file.write_text(
            "".join(f"What is {more} plus {each}?,{more + each}\n" for each in range(more)), "utf-8"
        )
        longest.append(beside("import", file, "--owner", "Vera").longest)
    assert longest[0] == longest[1]
    assert max(longest) <= ENOUGH


def test_one_person_is_erased_in_as_many_statements_however_much_they_did(
    beside: Callable[..., Neighbour], session: Session
) -> None:
    longest = []
    for more in (30, 60):
        student = person(session, "student", name=f"Student {more}", now=NOW)
        for number in range(more):
            accounts.sign_in(session, student, now=NOW, browser=f"browser {number}")
        session.commit()
        session.expunge_all()
        longest.append(beside("user", "erase", f"Student {more}", "--yes").longest)
    assert longest[0] == longest[1]
    assert max(longest) <= ENOUGH
