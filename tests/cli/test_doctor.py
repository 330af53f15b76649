"""`quizapp doctor`: a line each, what to do where it is needed, and an exit status that tells."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from sqlalchemy import text

from quizapp.secret_key import secret_key
from quizapp.storage.engine import open_engine
from quizapp.storage.migrating import migrate
from quizapp.storage.site.presence import present
from tests.provider import some_provider

Run = Callable[..., Any]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder on SQLite in which all is well."""
    monkeypatch.setenv("QUIZAPP_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("QUIZAPP_DATABASE_URL", raising=False)
    monkeypatch.setenv("QUIZAPP_SITE_URL", "http://quiz.example")
    secret_key(tmp_path)
    migrate(f"sqlite:///{tmp_path / 'quizapp.sqlite3'}")
    tmp_path.chmod(0o700)
    return tmp_path


@pytest.fixture
def doctor(quizapp: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("QUIZAPP_DATA_DIR", str(folder))
    monkeypatch.delenv("QUIZAPP_DATABASE_URL", raising=False)
    return quizapp


def states(done: Any) -> dict[str, str]:
    """How each thing stands; every line has the same form."""
    found = {}
    for line in done.out.splitlines():
        match = re.fullmatch(r"(ok|warn|fail) +([^:]+): (.+)", line)
        assert match, line
        found[match[2]] = match[1]
    return found


def test_a_site_in_order_has_no_line_that_fails(doctor: Run, folder: Path) -> None:
    assert doctor("backup").status == 0
    done = doctor("doctor")
    found = states(done)
    assert done.status == 0, done.out
    assert {about for about, state in found.items() if state != "ok"} <= {"disk"}, done.out
    wanted = (
        "version data folder file modes key SQLite disk clock database migrations integrity upkeep address"
    )
    assert set(found) > set(re.findall("data folder|file modes|\\w+", wanted))
    with present(folder):
        assert "server: runs" in doctor("doctor").out


def test_a_folder_with_nothing_in_it_is_told_how_to_begin(
    doctor: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIZAPP_DATA_DIR", str(tmp_path / "nothing"))
    done = doctor("doctor")
    assert (done.status, states(done)["data folder"], states(done)["database"]) == (1, "fail", "warn")
    assert not (tmp_path / "nothing").exists(), "looking changes nothing"


def test_a_damaged_database_fails(doctor: Run, folder: Path) -> None:
    file = folder / "quizapp.sqlite3"
    size = file.stat().st_size
    with file.open("r+b") as opened:
        opened.seek(size // 2)
        opened.write(b"\xff" * (size // 4))
    done = doctor("doctor")
    assert done.status == 1
    assert "fail" in {states(done).get("integrity"), states(done)["database"]}
    assert "restore" in done.out
    file.write_bytes(b"no database at all" * 1_000)
    assert states(doctor("doctor"))["database"] == "fail"


def test_a_row_without_its_parent_fails(doctor: Run, folder: Path) -> None:
    engine = open_engine(f"sqlite:///{folder / 'quizapp.sqlite3'}", foreign_keys=False)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO recovery_code (digest, account_id) VALUES ('x', 99)"))
    engine.dispose()
    done = doctor("doctor")
    assert (done.status, states(done)["integrity"]) == (1, "fail")
    assert "recovery_code" in done.out


def test_an_older_database_and_one_half_copied_are_told(doctor: Run, folder: Path) -> None:
    for revision, state in (("0001", "warn"), ("filling", "fail")):
        engine = open_engine(f"sqlite:///{folder / 'quizapp.sqlite3'}")
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :r"), {"r": revision})
        engine.dispose()
        assert states(doctor("doctor"))["migrations"] == state


@pytest.mark.parametrize(
    ("wrong", "about", "state"),
    [
        ({"SITE_URL": "https://quiz.example"}, "address", "fail"),
        ({"SITE_URL": "http://quiz.example", "SECURE_COOKIES": "1"}, "address", "fail"),
        ({"SITE_URL": ""}, "address", "warn"),
        ({"SITE_URL": "https://quiz.example", "SECURE_COOKIES": "1"}, "proxy", "warn"),
        ({"BEHIND_PROXY": "1", "HOST": "0.0.0.0"}, "proxy", "warn"),
        ({"SITE_URL": "https://q.example", "SECURE_COOKIES": "1", "BEHIND_PROXY": "1"}, "address", "ok"),
        ({"SMTP_HOST": "127.0.0.1", "SMTP_PORT": "1", "MAIL_FROM": "a@b.example"}, "mail", "fail"),
        ({"OIDC_ISSUER": "http://127.0.0.1:1", "OIDC_CLIENT_ID": "quizapp"}, "sign-in provider", "fail"),
        ({"DATABASE_URL": "postgresql://ada:s3cret@127.0.0.1:1/name"}, "database", "fail"),
    ],
)
def test_what_does_not_fit_together_is_told(
    doctor: Run, monkeypatch: pytest.MonkeyPatch, wrong: dict[str, str], about: str, state: str
) -> None:
    for name, value in wrong.items():
        monkeypatch.setenv(f"QUIZAPP_{name}", value)
    done = doctor("doctor")
    assert states(done)[about] == state, done.out
    assert done.status == (1 if "fail" in states(done).values() else 0)
    assert "s3cret" not in done.out


def test_a_sign_in_provider_that_answers_is_well(doctor: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert states(doctor("doctor"))["sign-in provider"] == "ok"
    with some_provider() as provider:
        monkeypatch.setenv("QUIZAPP_OIDC_CLIENT_ID", "quizapp")
        monkeypatch.setenv("QUIZAPP_OIDC_ISSUER", provider.issuer)
        done = doctor("doctor")
        assert f"{provider.issuer} answers" in done.out
        monkeypatch.setenv("QUIZAPP_OIDC_ISSUER", f"{provider.issuer}/")
        assert "it calls itself" in doctor("doctor").out


def test_files_that_others_can_read_an_old_clock_and_old_backups_are_told(doctor: Run, folder: Path) -> None:
    doctor("backup")
    (folder / "secret_key").chmod(0o644)
    with time_machine.travel(datetime(2000, 1, 1, tzinfo=UTC), tick=False):
        assert states(doctor("doctor"))["clock"] == "fail"
    with time_machine.travel(datetime(2090, 1, 1, tzinfo=UTC), tick=False):
        found = states(doctor("doctor"))
    assert (found["file modes"], found["backups"]) == ("warn", "warn")


class Mailbox(socketserver.StreamRequestHandler):
    """A mail server that takes everything."""

    taken: list[str] = []  # noqa: RUF012 shared by all

    def handle(self) -> None:
        self.wfile.write(b"220 ready\r\n")
        while line := self.rfile.readline().decode():
            word = line[:4].upper().strip()
            if word == "DATA":
                self.wfile.write(b"354 go on\r\n")
                text_ = ""
                while (line := self.rfile.readline().decode()) != ".\r\n":
                    text_ += line
                self.taken.append(text_)
            self.wfile.write(b"221 bye\r\n" if word == "QUIT" else b"250 ok\r\n")
            if word == "QUIT":
                return


@pytest.fixture
def mail_server() -> Iterator[int]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mailbox) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def test_a_test_mail_is_sent_when_asked(
    doctor: Run, mail_server: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("HOST", "127.0.0.1"), ("PORT", mail_server), ("SECURITY", "none")):
        monkeypatch.setenv(f"QUIZAPP_SMTP_{name}", str(value))
    monkeypatch.setenv("QUIZAPP_MAIL_FROM", "Quizapp <quiz@school.example>")
    assert states(doctor("doctor"))["mail"] == "ok"
    assert Mailbox.taken == []
    done = doctor("doctor", "--mail", "ada@school.example")
    assert states(done)["test mail"] == "ok", done.out
    assert "To: ada@school.example" in Mailbox.taken[0]
    monkeypatch.setenv("QUIZAPP_SMTP_SECURITY", "starttls")
    assert states(doctor("doctor", "--mail", "ada@school.example"))["test mail"] == "fail"
