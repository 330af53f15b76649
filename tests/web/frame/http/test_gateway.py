"""The way from the server to the app: heads, bodies in their pieces, what is refused, and what is told."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.web.frame.clock import ARRIVED
from quizapp.web.frame.http import receiving
from quizapp.web.frame.http.gateway import Gateway, environ_of
from quizapp.web.frame.http.receiving import ACCEPTS, ASKS, FIRST_BYTES, LATEST, Intake, Pace
from tests.processes import in_a_loop

SILENCE = object()
Pieces = Iterable[Any]


def scope(method: str = "POST", *headers: tuple[str, str], path: str = "/") -> dict[str, Any]:
    return {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": b"a=%C3%A9",
        "http_version": "1.1",
        "scheme": "http",
        "server": ("127.0.0.1", 8000),
        "client": ("192.0.2.7", 4711),
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in headers],
    }


def chunked(method: str = "POST") -> dict[str, Any]:
    return scope(method, ("Transfer-Encoding", "chunked"))


def ask(gateway: Gateway, head: dict[str, Any], pieces: Pieces = ()) -> tuple[int, dict[bytes, bytes], bytes]:
    """Status, headers and body of the answer; (0, {}, b"") where there is none."""
    sent: list[Any] = []
    coming = iter(pieces)

    async def receive() -> Any:
        piece = next(coming, None)
        if piece is SILENCE:
            await asyncio.sleep(300)
        if isinstance(piece, Exception):
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": piece or b"", "more_body": piece is not None}

    async def send(message: Any) -> None:
        sent.append(message)

    in_a_loop(gateway(head, receive, send))
    if not sent:
        return 0, {}, b""
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    return sent[0]["status"], dict(sent[0]["headers"]), sent[1]["body"]


class App:
    """A WSGI app that says what it was given. accepts: of large bodies; None: it refuses them."""

    def __init__(self, accepts: int | None = None) -> None:
        self.accepts, self.given = accepts, []  # type: ignore[var-annotated]

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        body = environ["wsgi.input"].read()
        self.given.append((environ, body))
        if environ.get(ASKS):
            if self.accepts is not None:
                environ[ACCEPTS] = self.accepts
            start("404 NOT FOUND", [])
            return [b"no such page"]
        start("200 OK", [("Content-Type", "text/plain")])
        return [b"got ", body]


@given(st.lists(st.binary(max_size=3_000), max_size=12))
def test_a_body_arrives_whole_however_it_comes_in_pieces(pieces: list[bytes]) -> None:
    app = App()
    assert ask(Gateway(app), chunked(), pieces)[2] == b"got " + b"".join(pieces)
    assert app.given[-1][0]["CONTENT_LENGTH"] == str(sum(map(len, pieces)))


def test_what_has_no_body_is_answered_without_waiting_for_one() -> None:
    assert ask(Gateway(App()), scope("GET"), [SILENCE])[2] == b"got "


def test_a_large_body_is_taken_where_the_app_accepts_it() -> None:
    app, body = App(accepts=FIRST_BYTES * 3), b"x" * FIRST_BYTES * 3
    for head in (scope("POST", ("Content-Length", str(len(body)))), chunked()):
        assert ask(Gateway(app), head, [body[:100_000], body[100_000:]])[2] == b"got " + body
        assert app.given[-2][1] == b"", "asked with the head alone"


def test_a_large_body_is_not_even_taken_in_where_the_app_refuses_it() -> None:
    head = scope("POST", ("Content-Length", str(FIRST_BYTES + 1)))
    status, headers, body = ask(Gateway(App()), head, [SILENCE])
    assert (status, headers[b"connection"], body) == (404, b"close", b"no such page")


def test_more_than_is_accepted_is_refused_whatever_the_head_said() -> None:
    for head in (chunked(), scope("POST", ("Content-Length", "10"))):
        status, headers, _ = ask(Gateway(App(accepts=FIRST_BYTES * 2)), head, [b"x" * FIRST_BYTES] * 3)
        assert (status, headers[b"connection"]) == (413, b"close")


def test_more_large_bodies_than_a_worker_takes_are_told_to_come_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(receiving, "LARGE_AT_ONCE", 0)
    head = scope("POST", ("Content-Length", str(FIRST_BYTES + 1)))
    assert ask(Gateway(App(accepts=FIRST_BYTES * 2)), head, [SILENCE])[0] == 503


@pytest.mark.parametrize("pieces", [[SILENCE], [b"x", SILENCE]])
def test_a_sender_that_falls_silent_is_told_and_let_go(pieces: Pieces) -> None:
    app = App()
    status, headers, body = ask(Gateway(app, pace=Pace(grace=0.05)), chunked(), pieces)
    assert (status, headers[b"connection"], app.given) == (408, b"close", [])
    assert b"Nothing was saved" in body


def test_a_sender_that_goes_away_gets_no_answer_and_costs_no_thread() -> None:
    app = App()
    assert ask(Gateway(app), chunked(), [b"x", ConnectionError()]) == (0, {}, b"")
    assert app.given == []


def test_an_honest_slow_line_is_waited_for_and_no_line_for_ever() -> None:
    pace = Pace()
    assert pace.ends(0) >= 5, "a phone may lose the Wi-Fi for a moment"
    for size in range(0, 4_000_000, 150_000):
        assert pace.ends(size) > size / 150_000 + 5, "4 MB at 150 kB/s"
    assert pace.ends(10**12) <= 300


def test_the_moment_of_a_request_is_its_heads_but_lingering_gains_little() -> None:
    async def receive() -> Any:
        raise AssertionError

    before = datetime.now(UTC)
    intake = Intake(receive, Pace())
    assert before <= intake.moment <= datetime.now(UTC)
    intake._arrived = before - 10 * LATEST  # it came that long ago, and its body only now
    assert before - LATEST <= intake.moment <= datetime.now(UTC) - LATEST + timedelta(seconds=300)
    intake.body.close()
    app = App()
    ask(Gateway(app), scope("GET"))
    assert app.given[0][0][ARRIVED] >= before


def test_a_head_is_told_as_wsgi_tells_it() -> None:
    head = scope(
        "POST",
        ("Content-Type", "text/plain"), ("Cookie", "a=1"), ("Cookie", "b=2"), ("X-Forwarded-For", "1.1.1.1"),
        ("X_Forwarded_For", "6.6.6.6"), ("Accept", "a"), ("Accept", "b"),
    ) | {"raw_path": b"/caf%C3%A9/%FF"}  # fmt: skip
    environ = environ_of(head)
    assert environ["PATH_INFO"].encode("latin-1") == "/café/".encode() + b"\xff"
    assert (environ["QUERY_STRING"], environ["REMOTE_ADDR"]) == ("a=%C3%A9", "192.0.2.7")
    assert (environ["CONTENT_TYPE"], environ["HTTP_COOKIE"]) == ("text/plain", "a=1; b=2")
    assert (environ["HTTP_X_FORWARDED_FOR"], environ["HTTP_ACCEPT"]) == ("1.1.1.1", "a,b")


def test_an_app_that_falls_over_is_logged_and_told_without_details(caplog: pytest.LogCaptureFixture) -> None:
    def broken(_environ: Any, _start: Any) -> list[bytes]:
        raise RuntimeError("the secret is 1234")

    status, _, body = ask(Gateway(broken), scope("GET"))
    assert (status, b"1234" in body) == (500, False)
    assert "a request ended without an answer" in caplog.text
    assert "RuntimeError" in caplog.text


def test_the_access_log_is_written_where_it_is_wanted(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="quizapp.access"):
        ask(Gateway(App()), scope("GET", path="/setup/a-secret-token"))
        assert caplog.text == ""
        ask(Gateway(App(), access=True), scope("GET", path="/setup/a-secret-token"))
    assert "GET - 200" in caplog.text
    assert "secret" not in caplog.text
