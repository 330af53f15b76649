"""Reading a brought file in a process of its own, record by record."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

import msgspec

from quizapp.domain.errors import Invalid
from quizapp.domain.exchange.bundle import Record
from quizapp.domain.exchange.file_format import Options
from quizapp.domain.language.translation import _, marked
from quizapp.services.exchange.reader.messages import DECODER, Found, Halted, Task
from quizapp.services.sources.confined import Stopped, stream_confined

MOST_BYTES = 200_000_000  # of a file
BYTES_A_SECOND = 200_000  # how slowly a file may be read at the worst
LEAST_SECONDS, MOST_SECONDS = 20, 300  # of processor time; half as much again on the clock
TOO_MUCH = marked(
    "Reading this file took too long or too much memory, so it was stopped. Divide it and import the parts."
)
_READER = "quizapp.services.exchange.reader.child"


class Reading(Iterator[Record]):
    """The records of a file as they are read. format: its name; shape: how a table is taken; both are known
    from the start.

    Raises Invalid at the beginning or on the way, in a sentence, for what cannot be read.
    """

    def __init__(self, file: IO[bytes], options: Options, format: str = "") -> None:
        size = os.fstat(file.fileno()).st_size
        if size > MOST_BYTES:
            raise Invalid(
                _("This file is larger than {most} MB. Divide it and import the parts.").format(
                    most=MOST_BYTES // 1_000_000
                )
            )
        if not size:
            raise Invalid(_("It’s empty. Choose the file with the questions, or paste them."))
        seconds = min(MOST_SECONDS, LEAST_SECONDS + size // BYTES_A_SECOND)
        task = Task(format=format, options=options, seconds=seconds)
        file.seek(0)
        arguments = (msgspec.json.encode(task).decode(),)
        self._messages = stream_confined(_READER, arguments, file, seconds=seconds)
        first = self._next()
        if not isinstance(first, Found):
            raise Invalid(_(TOO_MUCH))
        self.format, self.shape = first.format, first.shape

    def __next__(self) -> Record:
        message = self._next()
        if message is None:
            raise StopIteration
        if isinstance(message, Found):
            raise Invalid(_(TOO_MUCH))
        return message

    def close(self) -> None:
        """End the reader's process."""
        self._messages.close()

    def _next(self) -> Found | Record | None:
        try:
            message = DECODER.decode(next(self._messages))
        except StopIteration:
            return None
        except (Stopped, msgspec.MsgspecError):
            raise Invalid(_(TOO_MUCH)) from None
        if isinstance(message, Halted):
            raise Invalid(_(message.message))
        return message


@contextmanager
def reading(file: IO[bytes], options: Options, *, format: str = "") -> Iterator[Reading]:
    """A file's records; the reader's process ends with the block."""
    records = Reading(file, options, format)
    try:
        yield records
    finally:
        records.close()


@contextmanager
def as_file(data: bytes) -> Iterator[IO[bytes]]:
    """An unnamed file that holds these bytes, for a pasted text or an upload."""
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.flush()
        file.seek(0)
        yield file
