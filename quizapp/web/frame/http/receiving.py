"""Taking in what a request sends, before anything is held for it: bounded in size, and in time.

A few kilobytes are taken of anyone. For more the application is asked first, with nothing but the head:
it looks at rights, and answers how much it accepts, or that it does not. A sender may be slow, as a phone
is, but not so slow that it only keeps a connection open.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from tempfile import SpooledTemporaryFile
from typing import Any

from quizapp.web.frame.clock import now

Receive = Callable[[], Awaitable[Any]]
Body = SpooledTemporaryFile[bytes]

FIRST_BYTES = 64_000  # of a body, taken without asking the application
GRACE = 10.0  # seconds that a sender may lose whatever the body's size
SLOWEST = 8_000  # bytes a second, on the whole
LONGEST = 300.0  # seconds for the largest body
LARGE_AT_ONCE = 64  # bodies above FIRST_BYTES that a worker takes in at the same time
LATEST = timedelta(seconds=30)  # by so much a slow body can come after the moment it is judged by

# What the gateway and the application tell one another in the request's environment.
ASKS = "quizapp.asks"  # True: only the head is here; may the body come?
ACCEPTS = "quizapp.accepts"  # int: so many bytes of it may


class Gone(Exception):
    """The sender has closed the connection; no one waits for an answer."""


class TooSlow(Exception):
    """The sender has not kept the pace."""


class TooMuch(Exception):
    """More came than is accepted."""


@dataclass(frozen=True)
class Pace:
    """How slow a sender may be."""

    grace: float = GRACE
    slowest: float = SLOWEST
    longest: float = LONGEST

    def ends(self, received: int) -> float:
        """Seconds after the head by which more must have come than this."""
        return min(self.longest, self.grace + received / self.slowest)


class Intake:
    """The body of one request. Small ones stay in memory, others wait in a file that has no name."""

    def __init__(self, receive: Receive, pace: Pace) -> None:
        self._receive, self._pace = receive, pace
        self._begun = time.monotonic()
        self._arrived = now()
        self.body: Body = SpooledTemporaryFile(FIRST_BYTES)  # noqa: SIM115 closed by the gateway
        self.size, self.complete = 0, False

    async def take(self, most: int) -> bool:
        """Take what comes until it ends (True) or is more than `most` bytes (False)."""
        while not self.complete and self.size <= most:
            message = await self._next()
            if message["type"] == "http.disconnect":
                raise Gone
            chunk = message.get("body", b"")
            self.size += len(chunk)
            self.body.write(chunk)
            self.complete = not message.get("more_body", False)
        return self.size <= most

    async def _next(self) -> Any:
        left = self._begun + self._pace.ends(self.size) - time.monotonic()
        try:
            async with asyncio.timeout(max(0.0, left)):
                return await self._receive()
        except TimeoutError:
            raise TooSlow from None

    @property
    def moment(self) -> datetime:
        """By which moment the request is judged: that of its head; but who lets the body come much later
        gains no more than LATEST by it."""
        return max(self._arrived, now() - LATEST)
