"""Starting, stopping and starting again: everything is kept, and what cannot be is said plainly."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, text

from quizapp.storage.engine import open_engine
from quizapp.storage.library.tables import Item, ItemVersion
from quizapp.storage.site import wholeness
from quizapp.storage.study.tables import Review
from tests.serving import PATIENCE, ROOT, Server, environment, free_port, quizapp

# Root may write anywhere, unless it gives up the capability to do so (CAP_DAC_OVERRIDE).
UNPRIVILEGED = (
    "import ctypes, os, sys; os.geteuid() or ctypes.CDLL(None).prctl(24, 1, 0, 0, 0); "
    "os.execv(sys.argv[1], sys.argv[1:])"
)


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """What a refusal says: one clear message, exit status 1, no traceback."""
    assert done.returncode == 1, done
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("Error: ")
    return done.stderr


def counts(stored: Engine) -> tuple[int, ...]:
    with stored.connect() as connection:
        return tuple(
            connection.scalar(select(func.count()).select_from(table)) or 0
            for table in (Review, Item, ItemVersion)
        )


def test_stopping_and_starting_again_keeps_everything(server: Server, clients: Any, stored: Engine) -> None:
    server.start()
    guest = clients.guest()
    clients.start(1, cookie=guest)
    clients.wait_for(5)
    clients.finish()
    assert server.stop() == 0
    before = counts(stored)
    server.start()
    assert counts(stored) == before
    clients.stop_file.unlink()
    clients.processes.clear()
    clients.start(1, cookie=guest)  # the same list goes on: the guest is still known, and answers are added
    clients.wait_for(before[0] + 1)
    clients.finish()
    assert {str(id) for id in stored.connect().scalars(select(Review.id))} == clients.acknowledged()


def test_sigterm_under_load_stops_every_process_and_breaks_off_no_answer(
    server: Server, clients: Any, stored: Engine
) -> None:
    server.start()
    clients.start(3)
    clients.wait_for(3)
    assert server.stop() == 0
    assert "Traceback" not in server.output
    assert not server.ready()
    with socket.create_server(("127.0.0.1", server.port)):
        pass  # no one listens there any more
    server.start()
    clients.finish()
    with stored.connect() as connection:
        assert {str(id) for id in connection.scalars(select(Review.id))} == clients.acknowledged()


def test_a_database_of_a_newer_version_is_refused_and_left_alone(server: Server, stored: Engine) -> None:
    assert quizapp(server.folder, "bank", "load").returncode == 0
    with stored.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    stored.dispose()
    before = server.database.read_bytes()
    said = refused(quizapp(server.folder, "serve", "--port", str(server.port)))
    assert "newer version of Quizapp" in said
    assert "Nothing was changed" in said
    assert server.database.read_bytes() == before


def test_a_taken_port_is_told_before_anything_is_written(server: Server) -> None:
    with socket.create_server(("127.0.0.1", server.port)):
        said = refused(quizapp(server.folder, "serve", "--port", str(server.port)))
    assert f"port {server.port}" in said
    assert "another program" in said
    assert not server.database.exists()


def test_two_servers_never_share_a_port(server: Server, tmp_path: Path) -> None:
    """The kernel would let them, and requests would go now to one set of data, now to the other."""
    server.start()
    said = refused(quizapp(tmp_path / "other", "serve", "--port", str(server.port)))
    assert "perhaps Quizapp itself" in said


@pytest.mark.parametrize(
    ("host", "words"),
    [("203.0.113.7", "can't listen on 203.0.113.7"), ("no-such-host.invalid", "can't listen on no-such")],
)
def test_an_address_that_is_not_this_machines_is_told(tmp_path: Path, host: str, words: str) -> None:
    done = quizapp(tmp_path / "data", "serve", "--host", host, "--port", str(free_port()))
    assert words in refused(done)


def test_the_first_start_makes_everything_and_a_host_may_be_named(tmp_path: Path) -> None:
    server = Server(tmp_path / "data", host="localhost", fresh=True)
    server.start()
    engine = open_engine(f"sqlite:///{server.database}")
    assert counts(engine)[1] > 100
    engine.dispose()
    assert server.setup_link.startswith(f"http://localhost:{server.port}/")
    assert server.stop() == 0


def test_a_data_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    said = refused(quizapp(tmp_path / "file" / "data", "serve", "--port", str(free_port())))
    assert str(tmp_path / "file" / "data") in said
    assert "QUIZAPP_DATA_DIR" in said


@pytest.mark.parametrize("filled", [False, True], ids=["empty", "with a database"])
def test_a_data_folder_that_cannot_be_written_is_told(tmp_path: Path, filled: bool) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    if filled:
        assert quizapp(folder, "bank", "load").returncode == 0
        for path in folder.iterdir():
            path.chmod(0o400)
    folder.chmod(0o500)
    done = subprocess.run(
        [sys.executable, "-c", UNPRIVILEGED, sys.executable, "-m", "quizapp", "serve"],
        cwd=ROOT,
        env=environment(folder, port=free_port()),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    folder.chmod(0o700)
    said = refused(done)
    assert str(folder) in said
    assert "written to" in said


def test_a_file_copied_from_under_a_server_without_its_log_is_refused(
    server: Server, clients: Any, tmp_path: Path
) -> None:
    """However the copy was made and whoever opens it; with its log it goes on, and so does a server that was
    killed."""
    server.start()
    clients.start(1)
    clients.wait_for(3)
    clients.finish()
    while not wholeness.has_mark(server.database):  # a checkpoint waits for no one, and is tried again
        time.sleep(0.05)
    half, whole = tmp_path / "half", tmp_path / "whole"
    for folder, names in ((half, ("",)), (whole, ("", "-wal"))):
        folder.mkdir()
        for name in names:
            shutil.copy(f"{server.database}{name}", folder)
    before = (half / "quizapp.sqlite3").read_bytes()
    for words in (("serve", "--port", str(free_port())), ("user", "list"), ("bank", "load")):
        said = refused(quizapp(half, *words))
        assert "quizapp.sqlite3-wal, in which the newest answers stand" in said
    assert (half / "quizapp.sqlite3").read_bytes() == before
    assert "fail  database" in quizapp(half, "doctor").stdout
    (half / "quizapp.sqlite3-wal").touch()  # as the words say, where the log is lost for good
    assert quizapp(half, "user", "list").returncode == 0
    assert quizapp(whole, "schedule", "rebuild", "--check", new_per_day=1000).returncode == 0
    server.kill()
    assert quizapp(server.folder, "user", "list").returncode == 0, "a killed server's log is folded in"
    assert quizapp(server.folder, "user", "list").returncode == 0
    server.start()
    assert server.stop() == 0
    plain = tmp_path / "plain"
    plain.mkdir()
    shutil.copy(server.database, plain)
    assert quizapp(plain, "user", "list").returncode == 0, "after a stop the file is whole"


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "70000"), ("PORT", "eighty"), ("WORKERS", "0"), ("COLOUR", "blue")]
)
def test_a_setting_that_makes_no_sense_is_named(tmp_path: Path, name: str, value: str) -> None:
    assert f"QUIZAPP_{name}" in refused(quizapp(tmp_path / "data", "serve", **{name.lower(): value}))
