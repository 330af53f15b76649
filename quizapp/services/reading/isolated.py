"""Reading a file in a process of its own, with little memory, little time and no files to write.

Whatever an evil or damaged file does to its reader, the server goes on; what a person is told is one
sentence.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import msgspec

from quizapp.domain.articles.blocks import Extracted
from quizapp.domain.errors import Invalid
from quizapp.services.reading.limits import MOST_BYTES, MOST_SECONDS

TOO_MUCH = (
    "Reading this took too long or too much memory, so it was stopped. Paste the article’s text instead."
)
_PASSED_ON = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "SYSTEMROOT", "VIRTUAL_ENV")
_PACKAGE_PARENT = Path(__file__).parents[3]


class Task(msgspec.Struct, frozen=True):
    """A file to read, as it goes to the reader."""

    data: bytes
    name: str = ""
    media: str = ""
    charset: str = ""


class Outcome(msgspec.Struct, frozen=True):
    """What comes back: an article, or a message for a person."""

    found: Extracted | None = None
    message: str = ""


def read_isolated(data: bytes, name: str = "", *, media: str = "", charset: str = "") -> Extracted:
    """`formats.read_file` in a child process; raises Invalid like it, and where the child is stopped."""
    if len(data) > MOST_BYTES:
        raise Invalid(
            f"This file is larger than {MOST_BYTES // 1_000_000} MB. Paste the article’s text instead."
        )
    task = msgspec.msgpack.encode(Task(data, name, media, charset))
    environment = {key: os.environ[key] for key in _PASSED_ON if key in os.environ}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "quizapp.services.reading.child"],
            input=task,
            capture_output=True,
            timeout=MOST_SECONDS * 1.5,
            env=environment,
            cwd=_PACKAGE_PARENT,
            check=False,
        )
        outcome = msgspec.msgpack.decode(done.stdout, type=Outcome)
    except (subprocess.TimeoutExpired, msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError):
        raise Invalid(TOO_MUCH) from None
    if outcome.found is None:
        raise Invalid(outcome.message or TOO_MUCH)
    return outcome.found
