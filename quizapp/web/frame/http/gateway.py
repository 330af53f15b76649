"""From the server's asynchronous side to the application's threads (ASGI to WSGI).

Connections, bodies on their way in and answers on their way out cost a worker some memory and no thread,
so that no one's slow line holds anyone else. A thread works only on a request that is here as a whole.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes

from quizapp.web.frame.clock import ARRIVED
from quizapp.web.frame.http import receiving
from quizapp.web.frame.http.receiving import Body, Gone, Intake, Pace, TooMuch, TooSlow

THREADS = 128  # of a worker: anyone who hashes, reads or asks keeps one while others are answered
RULE = "quizapp.rule"  # of the environment: the address's pattern, which holds no one's name or token
log = logging.getLogger("quizapp")
access_log = logging.getLogger("quizapp.access")

Scope = dict[str, Any]
Environ = dict[str, Any]
Send = Callable[[Any], Awaitable[None]]


@dataclass(kw_only=True)
class Reply:
    """An answer as a whole. closes: the connection ends with it, for more comes on it that no one reads."""

    status: int = 500
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""
    closes: bool = False


def _plain(status: int, text: str) -> Reply:
    body = text.encode()
    headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
    return Reply(status=status, headers=headers, body=body, closes=True)


class Gateway:
    """The ASGI application around a WSGI application."""

    def __init__(self, app: Any, *, access: bool = False, pace: Pace | None = None) -> None:
        self._app, self._access, self._pace = app, access, pace or Pace()
        self._threads = ThreadPoolExecutor(THREADS, "request")
        self._large = 0

    async def __call__(self, scope: Scope, receive: receiving.Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        begun, environ, intake = time.monotonic(), environ_of(scope), Intake(receive, self._pace)
        try:
            reply = await self._take_in(environ, intake) if _has_body(environ) else None
            if reply is None:
                environ |= {"wsgi.input": _rewound(intake.body), "CONTENT_LENGTH": str(intake.size)}
                reply = await self._ask(environ | {ARRIVED: intake.moment}, keep=environ)
            await _send(reply, send)
        except Gone:
            return
        finally:
            intake.body.close()
        if self._access:
            spent = (time.monotonic() - begun) * 1e3
            rule = environ.get(RULE, "-")
            access_log.info("%s %s %d %.0f ms", scope["method"], rule, reply.status, spent)

    async def _take_in(self, environ: Environ, intake: Intake) -> Reply | None:
        """The body, as far as it is accepted; an answer where it is not."""
        try:
            if _declared(environ) <= receiving.FIRST_BYTES and await intake.take(receiving.FIRST_BYTES):
                return None
            return await self._take_more(environ, intake)
        except TooSlow:
            return _plain(408, "This took too long to arrive. Nothing was saved; please send it again.\n")
        except TooMuch:
            return _plain(413, "That is more than this server accepts at once. Nothing was saved.\n")

    async def _take_more(self, environ: Environ, intake: Intake) -> Reply | None:
        if self._large >= receiving.LARGE_AT_ONCE:
            return _plain(503, "Very busy right now. Nothing was saved; please send it again in a minute.\n")
        self._large += 1
        try:
            head = environ | {"wsgi.input": BytesIO(), receiving.ASKS: True}
            refusal = await self._ask(head, keep=environ)
            most = environ.get(receiving.ACCEPTS)
            if most is None:
                refusal.closes = True
                return refusal
            if not await intake.take(most):
                raise TooMuch
            return None
        finally:
            self._large -= 1

    async def _ask(self, environ: Environ, *, keep: Environ) -> Reply:
        """What the application answers, in a thread. What it notes of the request is kept."""
        reply = await asyncio.get_running_loop().run_in_executor(self._threads, self._answer, environ)
        keep |= {name: environ[name] for name in (RULE, receiving.ACCEPTS) if name in environ}
        return reply

    def _answer(self, environ: Environ) -> Reply:
        reply = Reply()

        def start_response(status: str, headers: list[tuple[str, str]], _error: Any = None) -> Any:
            reply.status, reply.headers = int(status[:3]), headers
            return NotImplemented  # no one writes: answers are returned

        try:
            parts = self._app(environ, start_response)
            try:
                reply.body = b"".join(parts)
            finally:
                if hasattr(parts, "close"):
                    parts.close()
        except Exception:
            log.exception("a request ended without an answer")
            return _plain(500, "Something went wrong on our side; it was written to the server's log.\n")
        return reply


def environ_of(scope: Scope) -> Environ:
    """The head of a request, as WSGI tells it (PEP 3333)."""
    path = scope.get("raw_path") or scope["path"].encode()
    server, client = scope.get("server") or ("", None), scope.get("client") or ("", 0)
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path.partition(b"?")[0]).decode("latin-1"),
        "QUERY_STRING": scope.get("query_string", b"").decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or ""),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        if b"_" not in name:  # `X_Forwarded_For` would pass for the header that a proxy sets
            _add_header(environ, name.decode("latin-1").upper().replace("-", "_"), value.decode("latin-1"))
    return environ


def _add_header(environ: Environ, name: str, value: str) -> None:
    key = name if name in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{name}"
    before = environ.get(key)
    environ[key] = value if before is None else f"{before}{'; ' if name == 'COOKIE' else ','}{value}"


def _has_body(environ: Environ) -> bool:
    return environ.get("CONTENT_LENGTH", "0") != "0" or "HTTP_TRANSFER_ENCODING" in environ


def _declared(environ: Environ) -> int:
    length = environ.get("CONTENT_LENGTH", "")
    return int(length) if length.isascii() and length.isdigit() else 0


def _rewound(body: Body) -> Body:
    body.seek(0)
    return body


async def _send(reply: Reply, send: Send) -> None:
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in reply.headers]
    if reply.closes:
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": reply.body})
