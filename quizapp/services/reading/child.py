"""The reader's own process: limits first, then one task from standard input, one outcome to output."""

from __future__ import annotations

import contextlib
import sys

import msgspec

from quizapp.domain.errors import QuizappError
from quizapp.services.reading.isolated import Outcome, Task
from quizapp.services.reading.limits import MOST_MEMORY, MOST_SECONDS


def confine() -> None:
    """Little memory, little time, no file written. Where the system knows no limits, the parent's
    clock is the only one."""
    with contextlib.suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def run(task: Task) -> Outcome:
    """Read a file; whatever stops its reader becomes an outcome without a message."""
    from quizapp.services.reading.formats import read_file

    try:
        found = read_file(task.data, task.name, media=task.media, charset=task.charset)
    except QuizappError as error:
        return Outcome(message=str(error))
    except Exception:  # noqa: BLE001 a library's error on somebody's file: told as a file that cannot be read
        return Outcome(
            message="This file cannot be read. Save it again in its program, or paste the article’s text."
        )
    return Outcome(found=found)


def main() -> None:
    """Reads a Task from standard input, writes an Outcome to standard output."""
    confine()
    sys.setrecursionlimit(3_000)
    task = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Task)
    sys.stdout.buffer.write(msgspec.msgpack.encode(run(task)))


if __name__ == "__main__":
    main()
