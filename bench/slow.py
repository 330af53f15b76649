"""Students answer while others are slow: slow bodies, a slow model, idle connections, a flood of sign-ups.

    python bench/slow.py [seconds of each load, 10]

Forty students answer every two seconds, each on a kept connection, beside one load after the other. A quarter
of the slow bodies is given up in the middle. The model is a local service that takes its whole time.
"""

import random
import re
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from classroom import SHAPE, Job, asking, encoded, prepared, run, show
from databases import databases
from filling import NOW, fill
from serving import Connection, server
from sqlalchemy.orm import Session
from step import NEW_PER_DAY, post, signed_in

from quizapp.services.sources import articles
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account
from quizapp.storage.engine import open_engine

STUDENTS, PACE = 40, 2.0
LEARNERS = SHAPE.learners
SLOW, IDLE, SIGN_UPS = 200, 2_000, 150
SLOW_HEAD = b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 50000\r\n\r\n"


def main(seconds: float = 10) -> None:
    with databases(1) as (ours,), slow_model() as model:
        fill(ours, SHAPE)
        slug = article(ours)
        options = {"new_per_day": NEW_PER_DAY, "drafts_url": model, "drafts_model": "slow"}
        with server("step", ours, **options) as port:
            measure(ours, port, slug, seconds)


def measure(ours: Settings, port: int, slug: str, seconds: float) -> None:
    streams = [iter(each) for each in prepared(ours, port, int(6 * seconds / PACE) + 6)[:STUDENTS]]
    print(f"{'answers beside':34}{'answers':>9}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'client':>9}")
    loads: tuple[tuple[str, Callable[[int], Any]], ...] = (
        ("(warming up)", nothing),
        ("nothing", nothing),
        (f"{SLOW} slow bodies", slow_bodies),
        (f"{IDLE} idle connections", idle),
        ("a slow model, asked by six", partial(asked, slug=slug)),
        (f"{SIGN_UPS} sign-ups at once", sign_ups),
    )
    for name, load in loads:
        with load(port):
            found: list[float] = []
            show(name, run(list(answers(port, streams, seconds, found)), found))


def answers(port: int, streams: list[Iterator[bytes]], seconds: float, found: list[float]) -> Iterator[Job]:
    chance = random.Random(3)
    for stream in streams:
        connection, at = Connection(port), chance.random() * PACE
        while at < seconds:
            yield at, asking(connection, next(stream), found)
            at += PACE


# --- the loads -------------------------------------------------------------------------------------


@contextmanager
def nothing(_port: int) -> Iterator[None]:
    yield


@contextmanager
def slow_bodies(port: int) -> Iterator[None]:
    """Each sends a byte now and then."""
    with ExitStack() as lines:
        opened = [lines.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(SLOW)]
        for number, line in enumerate(opened):
            line.sendall(SLOW_HEAD + b"a" * (number % 100))
            if number % 4 == 0:
                line.close()
        yield


@contextmanager
def idle(port: int) -> Iterator[None]:
    with ExitStack() as lines:
        for _ in range(IDLE):
            lines.enter_context(socket.create_connection(("127.0.0.1", port)))
        yield


@contextmanager
def slow_model() -> Iterator[str]:
    """The address of a service that answers only when all is over."""
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            over.wait(300)
            with suppress(OSError):
                self.send_error(503)

        def log_message(self, *_: Any) -> None:
            pass

    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{made.server_port}/v1"
    finally:
        over.set()
        made.shutdown()


def article(settings: Settings) -> str:
    """The slug of an article of the last student, who teaches from now on."""
    engine = open_engine(settings.sqlalchemy_url)
    with Session(engine) as session, session.begin():
        teacher = session.get_one(Account, LEARNERS)
        teacher.role = "teacher"
        block = articles.Block("The bell of the harbour was cast in 1741 in Bergen.", True, "")
        slug = articles.add(session, teacher, articles.About(title="Bell"), [block], now=NOW).slug
    engine.dispose()
    return slug


@contextmanager
def asked(port: int, slug: str) -> Iterator[None]:
    """Six requests for drafts; those beyond the places of the workers are refused, the others wait."""
    first = Connection(port)
    cookies, csrf = signed_in(first, LEARNERS - 1)
    request = post(f"/teach/articles/{slug}/drafts/model", encoded({}, csrf), cookies)
    with ExitStack() as lines:
        opened = [lines.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(6)]
        for line in opened:
            line.sendall(request)
        yield
        for line in opened:
            line.setblocking(False)
        said = [answer(line) for line in opened]
    print("   models:", {each: said.count(each) for each in sorted(set(said))})


def answer(line: socket.socket) -> str:
    try:
        return line.recv(12)[9:].decode()
    except BlockingIOError:
        return "waits"


@contextmanager
def sign_ups(port: int) -> Iterator[None]:
    """People who make an account, all at the same moment."""
    head = b"GET /sign-up HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: identity\r\n\r\n"
    connection = Connection(port)
    status, answer, page = connection.ask(head)
    assert status == 200, answer
    cookie, token = (
        re.search(rb"quizapp_form=[^;]+", answer),
        re.search(rb'csrf_token" value="([^"]+)"', page),
    )
    assert cookie
    assert token

    def sign_up(number: int) -> None:
        form: dict[str, object] = {
            "name": f"Flood {number}",
            "password": "a password of the bench",
            "zone": "UTC",
        }
        request = post("/sign-up", encoded(form, token[1].decode()), cookie[0].decode())
        with suppress(OSError):
            statuses.append(Connection(port).ask(request)[0])

    statuses: list[int] = []
    threads = [threading.Thread(target=sign_up, args=(number,)) for number in range(SIGN_UPS)]
    for thread in threads:
        thread.start()
    yield
    for thread in threads:
        thread.join()
    print("   sign-ups:", {status: statuses.count(status) for status in sorted(set(statuses))})


if __name__ == "__main__":
    main(*map(float, sys.argv[1:]))
