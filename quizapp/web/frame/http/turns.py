"""One request at a time in a worker, and no one held by one that is slow.

Requests are short and hold the interpreter, so a second thread gains nothing and costs switches. But the
turn is a courtesy and not a lock: whoever has waited while the same request worked for a quarter of a second
goes ahead of it, whatever it is busy with. Work that is known to take long (hashing a password, reading a
file, asking a model) gives the turn up beforehand and has places of its own; where they are taken, and the
line before them is full, it is `Busy`.

Each part of the site (the first word of the address) has a line of its own, and the lines are served in turn:
a hundred who sign up at once wait for one another, and no one who answers waits for them.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

PATIENCE = 0.25  # seconds until a request that still works is overtaken


class Busy(Exception):
    """All places for this kind of work are taken."""


class Turn:
    """First come, first served within a line; see above for the lines, and for those who are slow."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._guard = threading.Lock()
        self._lines: dict[str, deque[tuple[object, threading.Lock]]] = {}  # the next one first
        self._holder: object | None = None
        self._since = 0.0

    def take(self, line: str) -> object:
        """Wait in this line for the turn; returns the token that gives it back."""
        token = object()
        with self._guard:
            if self._holder is None:
                self._begin(token)
                return token
            ready = threading.Lock()
            ready.acquire()
            self._lines.setdefault(line, deque()).append((token, ready))
        while not ready.acquire(timeout=self._left()):
            self._overtake()
        return token

    def give_back(self, token: object) -> None:
        """The next one's turn, unless that has begun already."""
        with self._guard:
            if self._holder is token:
                self._holder = None
                self._call_next()

    def _left(self) -> float:
        return max(0.005, self._since + self._patience - time.monotonic())

    def _overtake(self) -> None:
        with self._guard:
            if time.monotonic() - self._since >= self._patience:
                self._call_next()

    def _call_next(self) -> None:
        if self._lines:
            line = next(iter(self._lines))
            waiting = self._lines.pop(line)
            token, ready = waiting.popleft()
            if waiting:
                self._lines[line] = waiting  # behind all others
            self._begin(token)
            ready.release()

    def _begin(self, token: object) -> None:
        self._holder, self._since = token, time.monotonic()


class Places:
    """So many at once for one kind of slow work, and so many more in line for a while."""

    def __init__(self, at_once: int, *, in_line: int, seconds: float) -> None:
        self._free = threading.BoundedSemaphore(at_once)
        self._admitted = threading.BoundedSemaphore(at_once + in_line)
        self._seconds = seconds

    @contextmanager
    def one(self) -> Iterator[None]:
        """A place for as long as this lasts; raises Busy."""
        if not self._admitted.acquire(blocking=False):
            raise Busy
        try:
            if not self._free.acquire(timeout=self._seconds):
                raise Busy
            try:
                yield
            finally:
                self._free.release()
        finally:
            self._admitted.release()


# Places of a worker. One person enters at a time: whoever signs up writes three times, and a hundred who did
# so beside one another would all ask to be the database's one writer, which goes by chance. One hashes at a
# time, which leaves the worker's other half of the processor, and its memory, free; a class that signs in at
# once waits a few seconds. What waits for someone else's machine, or has a process of its own, waits beside
# one another.
HASHING = Places(1, in_line=63, seconds=20)
ENTERING = Places(1, in_line=95, seconds=60)
READING = Places(2, in_line=2, seconds=5)
FETCHING = Places(2, in_line=0, seconds=0)
DRAWING = Places(2, in_line=6, seconds=5)
DRAFTING = Places(1, in_line=7, seconds=60)
ASKING = Places(2, in_line=0, seconds=0)
IDENTIFYING = Places(4, in_line=60, seconds=10)


class Turns:
    """WSGI middleware: a request waits for its turn, and has it until it is answered."""

    def __init__(self, app: Any) -> None:
        self._app = app

    def __call__(self, environ: Any, start_response: Any) -> Any:
        _mine.line = environ.get("PATH_INFO", "").partition("/")[2].partition("/")[0]
        _mine.token = _turn.take(_mine.line)
        try:
            return self._app(environ, start_response)
        finally:
            _give_back()


@contextmanager
def let_others_go() -> Iterator[None]:
    """Without the turn for as long as this lasts. Hold no transaction in the meantime."""
    had_turn = _give_back()
    try:
        yield
    finally:
        if had_turn:
            _mine.token = _turn.take(_mine.line)


@contextmanager
def aside(places: Places) -> Iterator[None]:
    """In one of the places, without the turn. Hold no transaction in the meantime; raises Busy."""
    with let_others_go(), places.one():
        yield


@contextmanager
def one_by_one(places: Places) -> Iterator[None]:
    """In one of the places, with the turn, for which others wait outside without anything begun. Hold no
    transaction at the door; raises Busy."""
    with ExitStack() as held:
        with let_others_go():
            held.enter_context(places.one())
        yield


def _give_back() -> bool:
    """Whether this thread had a turn to give back."""
    token = getattr(_mine, "token", None)
    _mine.token = None
    if token is not None:
        _turn.give_back(token)
    return token is not None


_turn = Turn()
_mine = threading.local()
