"""Work on someone's file in a process of its own, with little memory, little time and no files to write.

Whatever an evil or damaged file does there, the server goes on.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import IO

MOST_MEMORY = 768 * 1024 * 1024
_PASSED_ON = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "SYSTEMROOT", "VIRTUAL_ENV")
PACKAGE_PARENT = Path(__file__).parents[2]


class Stopped(Exception):
    """The process has taken too much time or memory, or has fallen over."""


def run_confined(module: str, task: bytes, *, seconds: float) -> bytes:
    """What the module writes to its standard output for a task; raises Stopped. seconds: of processor time;
    half as much again on the clock."""
    try:
        done = subprocess.run(  # noqa: S603 a module of our own
            [sys.executable, "-m", module],
            input=task,
            capture_output=True,
            timeout=seconds * 1.5,
            env=environment(),
            cwd=PACKAGE_PARENT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Stopped from None
    if done.returncode != 0:
        raise Stopped
    return done.stdout


def stream_confined(
    module: str, arguments: Sequence[str], file: IO[bytes], *, seconds: float
) -> Generator[bytes, None, None]:
    """The messages that the module sends (`send`) while it reads an open file as its standard input.

    Raises Stopped after the last where it fell over. The process ends with the iterator.
    """
    with subprocess.Popen(  # noqa: S603 a module of our own
        [sys.executable, "-m", module, *arguments],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(),
        cwd=PACKAGE_PARENT,
    ) as process:
        clock = threading.Timer(seconds * 1.5, process.kill)
        clock.daemon = True
        clock.start()
        try:
            output = process.stdout
            while output and (message := receive(output)) is not None:
                yield message
            process.wait()
        finally:
            process.kill()
            clock.cancel()
    if process.returncode != 0:
        raise Stopped


_SIZE = 4  # bytes before each message that say how long it is


def send(output: IO[bytes], message: bytes) -> None:
    """One message to the other side of a pipe, which takes it with `receive`."""
    output.write(len(message).to_bytes(_SIZE) + message)
    output.flush()


def receive(source: IO[bytes]) -> bytes | None:
    """The next message; None where there is none, or not all of it."""
    size = source.read(_SIZE)
    message = source.read(int.from_bytes(size)) if len(size) == _SIZE else b""
    return message if len(size) == _SIZE and len(message) == int.from_bytes(size) else None


def environment() -> dict[str, str]:
    """What a process of ours is told of this one's surroundings: where packages lie, no secret."""
    return {key: os.environ[key] for key in _PASSED_ON if key in os.environ}


def confine(seconds: int) -> None:
    """In the process itself. Where the system knows no limits, the parent's clock is the only one."""
    with contextlib.suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
