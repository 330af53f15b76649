"""Nobody's slow work holds anybody else: models, links, reading, pictures, hashing, and another program's lock."""

from __future__ import annotations

import io
import json
import random
import socket
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy.orm import Session

from quizapp.services.accounts import accounts
from quizapp.storage.engine import open_engine
from tests.durability.client import Seen, hidden
from tests.durability.test_slow_others import GUARD, Impatient, fields_of, served, unfinished, with_file
from tests.serving import Server


class SlowService:
    """A local service that answers when it is told to: as a model does, or with a page."""

    def __init__(self) -> None:
        self.asked, self.may_answer = threading.Semaphore(0), threading.Event()
        model = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                model.asked.release()
                model.may_answer.wait(GUARD)
                said = json.dumps({"choices": [{"message": {"content": json.dumps({"questions": []})}}]})
                self.send_response(200)
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said.encode())

            def do_GET(self) -> None:
                model.asked.release()
                model.may_answer.wait(GUARD)
                self.send_response(200)
                self.send_header("Content-Type", "text/plain")
                self.end_headers()
                self.wfile.write(TEXT.encode())

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/v1"


@pytest.fixture(scope="module")
def service() -> Iterator[SlowService]:
    made = SlowService()
    yield made
    made.may_answer.set()
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def model(service: SlowService) -> Iterator[SlowService]:
    """The service, which answers no one until it is told to."""
    service.may_answer.clear()
    service.asked = threading.Semaphore(0)
    yield service
    service.may_answer.set()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, service: SlowService) -> Iterator[Server]:
    made = Server(
        tmp_path_factory.mktemp("slow") / "data",
        command=(sys.executable, "-m", "tests.durability.serve_any_link", "serve"),
        drafts_url=service.url,
        drafts_model="slow",
        drafts_timeout=300,
        fetch_links=1,
    )
    yield made.start()
    made.kill()


@pytest.fixture
def lone(server: Server) -> Server:
    """A server of one worker, with a model to ask and links to fetch."""
    if not server.ready():  # a test has stopped it
        server.start()
    return server


@pytest.fixture
def teacher(lone: Server) -> Impatient:
    engine, client = open_engine(f"sqlite:///{lone.database}"), Impatient(lone.port)
    name, now = f"Ms Slow {uuid4().hex[:8]}", datetime.now(UTC)
    with Session(engine) as session, session.begin():
        account = accounts.sign_up(session, None, name=name, password_hash="-", role="teacher", now=now)
        client.cookies["quizapp"] = accounts.sign_in(session, account, now=now, browser="test")
    engine.dispose()
    return client


ARTICLE = "/teach/articles/add"
TEXT = "The harbour has a bell. It was cast in 1741 in Bergen, and it has been rung at each ebb since then."


def together(server: Server, work: Callable[[], Seen], times: int) -> list[Seen]:
    """What came of doing this so often at once; in the meantime others were served."""
    with ThreadPoolExecutor(times) as people:
        doing = [people.submit(work) for _ in range(times)]
        rounds = 0
        while not all(each.done() for each in doing):
            served(server)
            rounds += not all(each.done() for each in doing)
        assert rounds, "nobody was served before all of it was done"
        return [each.result() for each in doing]


def brought(client: Impatient, text: str) -> Seen:
    return client.send(client.request("GET", ARTICLE), ARTICLE, text=text)


def test_a_slow_model_holds_no_one_and_has_places_of_its_own(
    lone: Server, model: SlowService, teacher: Impatient
) -> None:
    saved = teacher.send(brought(teacher, TEXT), f"{ARTICLE}/save", title="The bell", keep="0")
    article = saved.location.rpartition("/")[2]
    drafts = f"/teach/articles/{article}/drafts"
    page = teacher.request("GET", drafts)

    def ask() -> Seen:
        return teacher.twin().send(page, f"{drafts}/model")

    with ThreadPoolExecutor(3) as people:
        asking = [people.submit(ask) for _ in range(2)]
        for _ in asking:
            assert model.asked.acquire(timeout=GUARD)
        served(lone)
        busy = ask()
        assert (busy.status, "busy with other requests" in busy.html) == (503, True)
        assert not any(each.done() for each in asking), "the model has not answered yet"
        model.may_answer.set()
        assert [each.result().status for each in asking] == [303, 303]


def test_a_slow_link_holds_no_one_and_has_places_of_its_own(
    lone: Server, model: SlowService, teacher: Impatient
) -> None:
    page = teacher.request("GET", ARTICLE)

    def fetch() -> Seen:
        return teacher.twin().send(page, ARTICLE, link=f"{model.url}/harbour")

    with ThreadPoolExecutor(3) as people:
        fetching = [people.submit(fetch) for _ in range(2)]
        for _ in fetching:
            assert model.asked.acquire(timeout=GUARD)
        served(lone)
        busy = fetch()
        assert (busy.status, "half a minute" in busy.html) == (503, True)
        assert not any(each.done() for each in fetching), "the site has not answered yet"
        model.may_answer.set()
        assert ["It was cast in 1741" in each.result().html for each in fetching] == [True, True]


def test_slow_reads_hold_no_one_and_have_places_of_their_own(lone: Server, teacher: Impatient) -> None:
    links = "".join(f"<p>{number} <a href=/{number}>{TEXT}</a></p>" for number in range(12_000))
    page = teacher.request("GET", ARTICLE)

    def bring() -> Seen:
        return teacher.twin().send(page, ARTICLE, text="kept in the form", markup=f"<body>{links}</body>")

    seen = together(lone, bring, times=6)
    busy = [each for each in seen if each.status == 503]
    assert busy
    assert all("kept in the form" in each.html and "half a minute" in each.html for each in busy)
    assert any(each.status != 503 for each in seen)


def test_a_large_upload_on_a_slow_line_is_taken_and_holds_no_one(lone: Server, teacher: Impatient) -> None:
    """Four million bytes, as they come from home: 15,000 at a time, and others are served between two of them."""
    page = f"<body><p>{TEXT}</p><p>{TEXT}</p><!-- {'x' * 4_000_000} --></body>".encode()
    fields = fields_of(teacher.request("GET", ARTICLE), ARTICLE)
    body, media = with_file(fields, "file", page)
    cookies = "; ".join(f"{name}={value}" for name, value in teacher.cookies.items())
    probe = HTTPConnection("127.0.0.1", lone.port, timeout=GUARD)
    slow = HTTPConnection("127.0.0.1", lone.port, timeout=GUARD)
    slow.putrequest("POST", ARTICLE)
    for name, value in (("Cookie", cookies), ("Content-Type", media), ("Content-Length", str(len(body)))):
        slow.putheader(name, value)
    slow.endheaders()
    for start in range(0, len(body), 15_000):
        slow.send(body[start : start + 15_000])
        probe.request("GET", "/healthz")
        assert probe.getresponse().read()
    answer = slow.getresponse()
    assert (answer.status, b"It was cast in 1741" in answer.read()) == (200, True)
    slow.close()
    probe.close()


def test_large_pictures_hold_no_one_and_have_places_of_their_own(lone: Server, teacher: Impatient) -> None:
    noise, file = Image.frombytes("L", (4_900, 4_900), random.Random(3).randbytes(4_900**2)), io.BytesIO()
    noise.save(file, "JPEG", quality=30)
    made = teacher.send(teacher.request("GET", "/teach/new-deck"), "/teach/new-deck", title="Harbours")
    editor = f"{made.location}/add/true_false"
    page = teacher.request("GET", editor)
    values = {"picture_text": "noise", "do": "picture"}

    def draw() -> Seen:
        return teacher.twin().upload(page, editor, "picture", file.getvalue(), **values)

    seen = together(lone, draw, times=10)
    busy = [each for each in seen if each.status == 503]
    assert busy
    assert all("Other pictures are being processed" in each.html for each in busy)
    assert any("](picture:" in each.html for each in seen)


@pytest.fixture
def long_hashing(lone: Server) -> Iterator[Path]:
    """A folder: while it stands no hashing ends, and each that begins leaves a file in it."""
    held = lone.folder.with_name("hashing")
    held.mkdir()
    yield held
    if held.exists():
        held.rename(held.with_name(uuid4().hex))


def test_many_passwords_at_once_hold_no_one_and_are_hashed_one_by_one(
    lone: Server, long_hashing: Path
) -> None:
    page = (visitor := Impatient(lone.port)).request("GET", "/sign-in")

    def guess() -> Seen:
        name, password = uuid4().hex, "not the one"
        return visitor.twin().send(page, "/sign-in", name=name, password=password)

    with ThreadPoolExecutor(8) as people:
        guessing = [people.submit(guess) for _ in range(8)]  # more from one address are refused unhashed
        try:
            while not any(long_hashing.iterdir()):
                assert not any(each.done() for each in guessing), [each.result() for each in guessing]
                time.sleep(0.02)
            served(lone)
            assert not any(each.done() for each in guessing), "no hashing has ended yet"
            assert len(list(long_hashing.iterdir())) == 1, "the others wait in line"
        finally:
            long_hashing.rename(long_hashing.with_name(uuid4().hex))
        assert {each.result().status for each in guessing} == {422}


def test_another_programs_lock_holds_no_reader_and_is_told_to_writers(lone: Server) -> None:
    """Whoever only reads never waits; whoever writes waits a little, and is then told to send it again."""
    newcomers = [Impatient(lone.port) for _ in range(4)]
    tokens = [hidden(each.request("GET", "/").html, "csrf_token") for each in newcomers]

    def begin(number: int) -> Seen:
        return newcomers[number].request("POST", "/study/begin", urlencode({"csrf_token": tokens[number]}))

    other = sqlite3.connect(lone.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with ThreadPoolExecutor(4) as people:
        waiting = [people.submit(begin, number) for number in range(4)]
        reads = 0
        while not any(each.done() for each in waiting):
            assert Impatient(lone.port).request("GET", "/").status == 200
            reads += 1
        told = [each.result() for each in waiting]
    assert reads > 4, "readers waited for the lock"
    assert {each.status for each in told} == {503}
    assert all("Very busy right now" in each.html and "send it again" in each.html for each in told)
    other.execute("ROLLBACK")
    other.close()
    assert [begin(number).status for number in range(4)] == [303] * 4


def test_a_stop_waits_for_no_model_and_no_stalled_sender(
    lone: Server, model: SlowService, teacher: Impatient
) -> None:
    page = teacher.request("GET", ARTICLE)
    with ThreadPoolExecutor(1) as people, socket.create_connection(("127.0.0.1", lone.port)) as stalled:
        stalled.sendall(unfinished("POST", 1_000, 10))
        sent = people.submit(teacher.send, page, ARTICLE, link=f"{model.url}/harbour")
        while not model.asked.acquire(timeout=1):
            assert not sent.done(), sent.result()
        lone.stop()
        assert not model.may_answer.is_set(), "it ended although nobody answered"
        assert not lone.ready()


def test_a_slow_sign_in_provider_holds_no_one(service: SlowService, tmp_path: Path) -> None:
    issuer, site_url = service.url.removesuffix("/v1"), "http://localhost"
    server = Server(
        tmp_path / "data", workers=1, oidc_issuer=issuer, oidc_client_id="quizapp", site_url=site_url
    ).start()
    visitors = [Impatient(server.port) for _ in range(6)]
    pages = [visitor.request("GET", "/sign-in") for visitor in visitors]

    def begin(visitor: Impatient, page: Seen) -> Seen:
        return visitor.request("POST", "/sign-in/provider", urlencode(fields_of(page, "/sign-in")))

    with ThreadPoolExecutor() as pool:
        waiting = [pool.submit(begin, *each) for each in zip(visitors, pages, strict=True)]
        assert service.asked.acquire(timeout=GUARD)
        served(server)
        answers = [each.result() for each in waiting]
    assert {answer.status for answer in answers} == {422}
    assert all("isn’t answering right now" in answer.html for answer in answers)
    server.kill()
