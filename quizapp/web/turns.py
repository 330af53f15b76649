"""One request at a time in a worker, except while a password is hashed.

Requests are short and hold the interpreter, so a second thread gains nothing (bench/notes). Hashing takes
as long as ten answers, lets go of the interpreter, and comes in storms: three hundred pupils sign in at
nine. Whoever hashes steps aside, so that answers overtake; of those who step aside one hashes at a time,
which keeps a worker's other half of the processor, and its memory, free.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Turns:
    """WSGI middleware: a request waits for its turn, and has it until it is answered."""

    def __init__(self, app: Any) -> None:
        self._app = app

    def __call__(self, environ: Any, start_response: Any) -> Any:
        with _turn:
            _mine.has_turn = True
            try:
                return self._app(environ, start_response)
            finally:
                _mine.has_turn = False


@contextmanager
def aside() -> Iterator[None]:
    """Let others go first for as long as this lasts. Hold no transaction meanwhile."""
    had_turn = getattr(_mine, "has_turn", False)
    if had_turn:
        _mine.has_turn = False
        _turn.release()
    try:
        with _hashing:
            yield
    finally:
        if had_turn:
            _turn.acquire()
            _mine.has_turn = True


_turn = threading.Lock()
_hashing = threading.RLock()
_mine = threading.local()
