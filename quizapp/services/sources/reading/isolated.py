"""Reading a file in a process of its own; what a person is told of a failure is one sentence."""

from __future__ import annotations

import msgspec

from quizapp.domain.errors import Invalid
from quizapp.domain.language.translation import _, marked
from quizapp.domain.sources.articles.blocks import Extracted
from quizapp.services.sources.confined import Stopped, run_confined
from quizapp.services.sources.reading.limits import MOST_BYTES, MOST_SECONDS

TOO_MUCH = marked("Reading this took too long or needed too much memory. Paste the article’s text instead.")
_READER = "quizapp.services.sources.reading.child"


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
            _("This file is larger than {most} MB. Paste the article’s text instead.").format(
                most=MOST_BYTES // 1_000_000
            )
        )
    task = msgspec.msgpack.encode(Task(data, name, media, charset))
    try:
        outcome = msgspec.msgpack.decode(run_confined(_READER, task, seconds=MOST_SECONDS), type=Outcome)
    except (Stopped, msgspec.DecodeError, UnicodeDecodeError):
        raise Invalid(_(TOO_MUCH)) from None
    if outcome.found is None:
        raise Invalid(_(outcome.message or TOO_MUCH))
    return outcome.found
