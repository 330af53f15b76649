"""Disks that are full and kills in the middle: what was there is still there, and it is said plainly.

QUIZAPP_TEST_FAULTS says how often each command is killed: once by default, 200 times for a night.
"""

from __future__ import annotations

import os
import random
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from quizapp.services.accounts import accounts
from quizapp.services.site import archive
from quizapp.storage.engine import open_engine
from quizapp.storage.site import portable
from tests.serving import PATIENCE, ROOT, environment, free_port, quizapp

KILLS = int(os.environ.get("QUIZAPP_TEST_FAULTS", "1"))
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the bank and an account; each test works on a copy."""
    folder = tmp_path_factory.mktemp("loaded") / "data"
    done = quizapp(folder, "bank", "load")
    assert done.returncode == 0, done.stderr
    engine = open_engine(f"sqlite:///{folder / 'quizapp.sqlite3'}")
    with Session(engine) as session, session.begin():
        accounts.create_guest(session, zone="UTC", now=datetime.now(UTC))
    engine.dispose()
    return folder


@pytest.fixture
def data(loaded: Path, tmp_path: Path) -> Path:
    return shutil.copytree(loaded, tmp_path / "data")


def figures(file: Path) -> dict[str, portable.Figures]:
    engine = open_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalars().all() == ["ok"]
        found = portable.figures(connection)
    engine.dispose()
    return found


def limited(folder: Path, most: int, *words: str) -> subprocess.CompletedProcess[str]:
    """A command whose files may grow to so many bytes only, as on a disk that is full."""
    return subprocess.run(
        [sys.executable, "-m", "quizapp", *words],
        cwd=ROOT,
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )


def killed(folder: Path, seconds: float, *words: str) -> bool:
    """Run a command and kill it after a while; whether it was still at work."""
    process = subprocess.Popen(
        [sys.executable, "-m", "quizapp", *words],
        cwd=ROOT,
        env=environment(folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True
    return False


def test_a_killed_load_of_the_bank_leaves_all_or_nothing(tmp_path: Path) -> None:
    """Making the tables and loading the bank are two transactions; each is there whole or not at all."""
    chance = random.Random(9)
    whole = tmp_path / "whole"
    assert quizapp(whole, "bank", "load").returncode == 0
    items = counted(whole, "item")
    for number in range(KILLS):
        folder = tmp_path / f"killed-{number}"
        killed(folder, chance.uniform(0.8, 4.0), "bank", "load")
        if (folder / "quizapp.sqlite3").exists():
            assert counted(folder, "item") in {None, 0, items}
        done = quizapp(folder, "bank", "load")
        assert done.returncode == 0, done.stderr
        assert counted(folder, "item") == items
        shutil.rmtree(folder)


def counted(folder: Path, table: str) -> int | None:
    """How many rows a table has; None without the table."""
    with closing(sqlite3.connect(folder / "quizapp.sqlite3")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchall():
            return None
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


@pytest.mark.parametrize("most", [100_000, 600_000])
def test_a_backup_on_a_full_disk_is_told_and_leaves_nothing(data: Path, tmp_path: Path, most: int) -> None:
    before = figures(data / "quizapp.sqlite3")
    done = limited(data, most, "backup", str(tmp_path / "site.zip"))
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    assert done.stderr.startswith("Error: ")
    assert [path.name for path in tmp_path.iterdir() if path.name != "data"] == []
    assert figures(data / "quizapp.sqlite3") == before


def test_a_restore_on_a_full_disk_is_told_and_changes_nothing(data: Path, tmp_path: Path) -> None:
    assert quizapp(data, "backup", tmp_path / "site.zip").returncode == 0
    before, key = figures(data / "quizapp.sqlite3"), (data / "secret_key").read_bytes()
    done = limited(data, 300_000, "restore", str(tmp_path / "site.zip"), "--replace")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    assert (figures(data / "quizapp.sqlite3"), (data / "secret_key").read_bytes()) == (before, key)


def test_a_killed_restore_leaves_the_old_site_or_the_new(data: Path, tmp_path: Path) -> None:
    chance = random.Random(7)
    live = data / "quizapp.sqlite3"
    assert quizapp(data, "backup", tmp_path / "site.zip").returncode == 0
    new = archive.read_manifest(tmp_path / "site.zip").tables
    for _ in range(KILLS):
        engine = open_engine(f"sqlite:///{live}")
        with engine.begin() as connection:
            connection.execute(text("UPDATE account SET zone = 'Asia/Tokyo'"))
        engine.dispose()
        old = figures(live)
        assert old != new
        killed(data, chance.uniform(0.5, 4.0), "restore", str(tmp_path / "site.zip"), "--replace")
        assert figures(live) in (old, new)
    done = quizapp(data, "restore", tmp_path / "site.zip", "--replace")
    assert done.returncode == 0, done.stderr
    assert figures(live) == new


def test_a_killed_copy_goes_on_and_ends_alike(data: Path, tmp_path: Path) -> None:
    chance = random.Random(8)
    target = tmp_path / "target.sqlite3"
    for _ in range(KILLS):
        if not killed(data, chance.uniform(0.5, 4.0), "database", "copy", f"sqlite:///{target}"):
            break
    done = quizapp(data, "database", "copy", f"sqlite:///{target}")
    assert done.returncode == 0 or "already has a site" in done.stderr, done.stderr
    assert figures(target) == figures(data / "quizapp.sqlite3")


DAMAGE = {
    "a first page of zeros": (0, bytes(4096), "not a database"),
    "a middle of noise": (12_288, random.Random(5).randbytes(80_000), "malformed|not a database"),
    "a head of another kind": (0, b"PK\x03\x04" * 25, "not a database"),
}


@pytest.mark.parametrize("damage", [*DAMAGE, "the end cut off"])
def test_a_damaged_database_is_told_and_left_alone(data: Path, damage: str) -> None:
    file = data / "quizapp.sqlite3"
    with file.open("r+b") as opened:
        if damage in DAMAGE:
            at, content, _ = DAMAGE[damage]
            opened.seek(at)
            opened.write(content)
        else:
            opened.truncate(20_000)
    before = file.read_bytes()
    words = DAMAGE[damage][2] if damage in DAMAGE else "malformed"
    done = quizapp(data, "serve", "--port", str(free_port()))
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    assert re.search(words, done.stderr), done.stderr
    assert "Bring back the newest backup with `quizapp restore FILE --replace`" in done.stderr
    assert file.read_bytes() == before
    examined = quizapp(data, "doctor")
    assert (examined.returncode, "fail  database" in examined.stdout) == (1, True), examined.stdout


def test_a_database_that_another_program_holds_is_told(data: Path) -> None:
    other = sqlite3.connect(data / "quizapp.sqlite3", isolation_level=None)
    other.execute("PRAGMA locking_mode=EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    other.execute("UPDATE account SET zone = zone")
    done = quizapp(data, "serve", "--port", str(free_port()))
    other.close()
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    assert "Another program holds it. Stop that, and try again." in done.stderr
