"""The reader's own process: limits first, then one file from standard input, its records to output."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from quizapp.domain.errors import QuizappError
from quizapp.domain.language.translation import marked
from quizapp.services.exchange.reader.messages import Found, Halted, Message, Task
from quizapp.services.sources.confined import confine, send

DAMAGED = marked(
    "This file is damaged, or not what its name says. Export it again from its program and try once more."
)


def run(file: BinaryIO, task: Task) -> Iterator[Message]:
    """The format, the records, and why it went no further where it did not."""
    from quizapp.services.exchange.formats import format_named, recognised

    try:
        name = task.options.name
        format = format_named(task.format) if task.format else recognised(file, name)
        shape = format.shape(file, task.options)
        file.seek(0)
        yield Found(format.name, shape)
        yield from format.read(file, task.options)
    except QuizappError as error:
        yield Halted(str(error))
    except Exception:  # noqa: BLE001 a library's error on somebody's file: told as a file that cannot be read
        yield Halted(DAMAGED)


def main() -> None:
    """Reads a file from standard input as the one argument says, writes messages to standard output."""
    task = msgspec.json.decode(sys.argv[1], type=Task)
    confine(task.seconds)
    encoder = msgspec.msgpack.Encoder()
    with os.fdopen(0, "rb") as file, os.fdopen(1, "wb") as output:
        for message in run(file, task):
            send(output, encoder.encode(message))


if __name__ == "__main__":
    main()
