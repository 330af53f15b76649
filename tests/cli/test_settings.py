"""`quizapp settings`, and settings that are wrong, whatever the command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from quizapp.settings import Settings

Run = Callable[..., Any]


def test_every_setting_is_listed_with_its_help(quizapp: Run) -> None:
    done = quizapp("settings")
    assert done.status == 0
    for option in fields(Settings):
        assert f"QUIZAPP_{option.name.upper()}=" in done.out
        assert option.metadata["help"] in done.out


def test_what_was_set_is_marked(quizapp: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("QUIZAPP_NEW_PER_DAY", "3")
    monkeypatch.setenv("QUIZAPP_PORT", "8000")  # as by default
    out = quizapp("settings").out
    assert "QUIZAPP_NEW_PER_DAY=3   (set: environment)\n" in out
    assert "QUIZAPP_PORT=8000   (set: environment)\n" in out
    assert "QUIZAPP_WORKERS=2\n" in out
    assert f"QUIZAPP_DATA_DIR={tmp_path / 'data'}   (set: environment)\n" in out


def test_each_value_is_told_with_its_place_and_no_secret_is_shown(
    quizapp: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    file = tmp_path / "data" / "quizapp.toml"
    file.write_text('new_per_day = 3\nzone = "Europe/Madrid"\ndrafts_key = "hush"\n')
    (tmp_path / "password").write_text("s3cret\n")
    monkeypatch.setenv("QUIZAPP_SMTP_PASSWORD_FILE", str(tmp_path / "password"))
    monkeypatch.setenv("QUIZAPP_NEW_PER_DAY", "4")
    out = quizapp("settings").out
    assert "QUIZAPP_NEW_PER_DAY=4   (set: environment)\n" in out
    assert f"QUIZAPP_ZONE=Europe/Madrid   (set: {file})\n" in out
    assert f"QUIZAPP_SMTP_PASSWORD=…   (set: file {tmp_path / 'password'})\n" in out
    assert "QUIZAPP_DRAFTS_KEY=…" in out
    assert "hush" not in out
    assert "s3cret" not in out


def test_a_password_is_never_printed(quizapp: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for url in ("postgresql://ada:s3cret@host/name", "postgresql://host/name?user=ada&password=s3cret"):
        monkeypatch.setenv("QUIZAPP_DATABASE_URL", url)
        out = quizapp("settings").out
        assert "host/name" in out
        assert "s3cret" not in out
    monkeypatch.setenv("QUIZAPP_SMTP_PASSWORD", "s3cret")
    assert "s3cret" not in quizapp("settings").out


COMMANDS = [["settings"], ["schedule", "rebuild"], ["bank", "load"], ["sources", "list"]]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("QUIZAPP_PORT", "many", "QUIZAPP_PORT takes a whole number, not “many”."),
        ("QUIZAPP_PROT", "1", "Unknown setting QUIZAPP_PROT."),
        ("QUIZAPP_ZONE", "Mars/Olympus", "QUIZAPP_ZONE takes"),
        ("QUIZAPP_DESIRED_RETENTION", "0.99", "takes a number from 0.8 to 0.95"),
    ],
)
def test_a_wrong_setting_stops_every_command_with_one_clear_line(
    quizapp: Run, monkeypatch: pytest.MonkeyPatch, words: list[str], name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(name, value)
    done = quizapp(*words)
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith("Error: ")
    assert told in done.err


def test_a_data_folder_that_cannot_be_made_is_told(
    quizapp: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("QUIZAPP_DATA_DIR", str(tmp_path / "file" / "data"))
    done = quizapp("settings")
    assert (done.status, "can't be created" in done.err) == (1, True)


def test_a_file_that_is_no_database_is_told_and_left_alone(
    quizapp: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("QUIZAPP_DATABASE_URL")
    monkeypatch.setenv("QUIZAPP_DATA_DIR", str(tmp_path))
    file = tmp_path / "quizapp.sqlite3"
    file.write_bytes(b"This is a letter to my aunt.\n" * 200)
    before = file.read_bytes()
    done = quizapp("sources", "list")
    assert (done.status, "can't be opened" in done.err, "Traceback" in done.err) == (1, True, False)
    assert file.read_bytes() == before


def test_a_database_that_cannot_be_reached_is_told_without_its_password(
    quizapp: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIZAPP_DATABASE_URL", "postgresql://ada:s3cret@127.0.0.1:1/name")
    done = quizapp("sources", "list")
    assert (done.status, "can't be opened" in done.err) == (1, True)
    assert "s3cret" not in done.err


def test_help_and_version_succeed(quizapp: Run) -> None:
    assert quizapp("--help").status == 0
    assert quizapp("--version").out.startswith("quizapp, version ")
    assert quizapp("bank", "frobnicate").status == 2
