"""The reader's process: what it gives back, and that it can be stopped without stopping us."""

from __future__ import annotations

import sys

import msgspec
import pytest

from quizapp.domain.errors import Invalid
from quizapp.services.sources.reading import child, isolated
from quizapp.services.sources.reading.isolated import Task, read_isolated
from quizapp.services.sources.reading.limits import MOST_BYTES
from tests.documents import docx

LONG = "The harbour master had a dog that could tell the tide by the sound of the bell, and never was wrong."


def test_an_article_comes_back_from_the_readers_process():
    assert read_isolated(docx([("", LONG)]), "a.docx").text == LONG


def test_so_does_a_message_in_words():
    with pytest.raises(Invalid, match="empty"):
        read_isolated(b" ")


def test_a_file_that_is_too_large_never_gets_there():
    with pytest.raises(Invalid, match="larger than"):
        read_isolated(b"a" * (MOST_BYTES + 1))


def test_a_reader_that_is_killed_leaves_a_message(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(Invalid, match="too much memory"):
        read_isolated(b"x")


def test_a_reader_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(isolated, "MOST_SECONDS", 0.01)
    with pytest.raises(Invalid, match="too much memory"):
        read_isolated(b"x")


def test_whatever_a_library_does_is_told_as_a_file_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch):
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("quizapp.services.sources.reading.formats.read_file", broken)
    assert "can’t be read" in child.run(Task(b"x")).message


def test_a_reader_may_write_no_file_and_take_little_memory():
    code = (
        "from quizapp.services.sources.confined import confine; confine(20)\n"
        "try:\n    open('x', 'wb', 0).write(b'x'); print('wrote')\nexcept OSError: print('no file')\n"
        "try:\n    bytes(2_000_000_000); print('took')\nexcept MemoryError: print('no memory')"
    )
    import signal
    import subprocess
    import tempfile

    def ignoring() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            cwd=folder,
            check=False,
            preexec_fn=ignoring,
        )
    assert done.stdout.split("\n")[:2] == ["no file", "no memory"]


def test_tasks_travel_whole():
    task = Task(b"\0\xff", "a.txt", "text/plain", "utf-8")
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(task), type=Task) == task
