"""The reader's own process: limits first, then one task from standard input, one outcome to output."""

from __future__ import annotations

import sys

import msgspec

from quizapp.domain.errors import QuizappError
from quizapp.domain.language.translation import _
from quizapp.services.sources.confined import confine
from quizapp.services.sources.reading.isolated import Outcome, Task
from quizapp.services.sources.reading.limits import MOST_SECONDS


def run(task: Task) -> Outcome:
    """Read a file; whatever stops its reader becomes an outcome without a message."""
    from quizapp.services.sources.reading.formats import read_file

    try:
        found = read_file(task.data, task.name, media=task.media, charset=task.charset)
    except QuizappError as error:
        return Outcome(message=str(error))
    except Exception:  # noqa: BLE001 a library's error on somebody's file: told as a file that cannot be read
        return Outcome(
            message=_(
                "This file can’t be read. Save it again in the program it comes from, or paste the article’s "
                "text."
            )
        )
    return Outcome(found=found)


def main() -> None:
    """Reads a Task from standard input, writes an Outcome to standard output."""
    confine(MOST_SECONDS)
    sys.setrecursionlimit(3_000)
    task = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Task)
    sys.stdout.buffer.write(msgspec.msgpack.encode(run(task)))


if __name__ == "__main__":
    main()
