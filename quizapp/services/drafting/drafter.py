"""Drafts by rule, made in a process of its own, which loads English's parser once and holds no one up."""

from __future__ import annotations

import atexit
import subprocess
import sys
import threading
from contextlib import suppress
from functools import cache
from typing import IO, NamedTuple

import msgspec

from quizapp.domain.drafting.proposals import Proposal
from quizapp.domain.library.kinds import decode_content
from quizapp.domain.sources.passages import Paragraph, Sentence
from quizapp.services.sources.confined import PACKAGE_PARENT, Stopped, environment, receive, send

MOST_SECONDS = 120.0  # of one article, the parser's loading among them
_MODULE = "quizapp.services.drafting.drafting_child"


class Task(msgspec.Struct, frozen=True):
    """What is drafted from, as it goes to the process; the names are those of `drafting.drafts`."""

    paragraphs: tuple[Paragraph, ...]
    boilerplate: frozenset[int]
    title: str
    among: frozenset[int]


class Drafted(NamedTuple):
    """A proposal on its way back; content: as it is stored."""

    content: str
    sentence: Sentence
    form: str
    answer: str
    swapped: str
    score: float
    scope: str


class Drafter:
    """The process: begun when it is first needed, and again if it has fallen over; ended with this one."""

    def __init__(self) -> None:
        self._one = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def drafts(self, task: Task) -> tuple[Proposal, ...]:
        """One article's drafts, one article at a time; raises Stopped."""
        with self._one:
            process = self._running()
            clock = threading.Timer(MOST_SECONDS, process.kill)
            clock.daemon = True
            clock.start()
            try:
                send(_pipe(process.stdin), msgspec.msgpack.encode(task))
                reply = receive(_pipe(process.stdout))
            except OSError:
                reply = None
            finally:
                clock.cancel()
            if reply is None:
                self.close()
                raise Stopped
        found = msgspec.msgpack.decode(reply, type=tuple[Drafted, ...])
        return tuple(Proposal(**each._asdict() | {"content": decode_content(each.content)}) for each in found)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self.close()
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603 a module of our own
                [sys.executable, "-m", _MODULE],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=environment(),
                cwd=PACKAGE_PARENT,
            )
        return self._process

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.kill()
            with suppress(OSError), self._process:  # what it was not told any more stays in the pipe
                self._process = None


@cache
def drafter() -> Drafter:
    """The one of this process."""
    made = Drafter()
    atexit.register(made.close)
    return made


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe
