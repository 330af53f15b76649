"""A real server plays the endpoint: well, badly, slowly, and with hostile words."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from quizapp.domain.kinds.short_answer import ShortAnswer
from quizapp.domain.sources.passages import paragraphs
from quizapp.services import model_drafts
from quizapp.services.model_drafts import NoDrafts
from quizapp.settings import Settings

TEXT = paragraphs("Ada Brook built the first bridge in Leath in 1932.")
SOUND = {
    "kind": "short_answer",
    "stem": "Who built the first bridge in Leath?",
    "key": "Ada Brook",
    "quote": TEXT[0].text,
}


class Endpoint:
    """The endpoint: `answer` decides what it says; `asked` is what it was sent."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str], Any]] = []
        self.answer: Callable[[BaseHTTPRequestHandler], None] = self.well
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                endpoint.asked.append((self.path, dict(self.headers), body))
                endpoint.answer(self)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"

    def well(self, handler: BaseHTTPRequestHandler) -> None:
        self.say(handler, json.dumps({"questions": [SOUND]}))

    def say(self, handler: BaseHTTPRequestHandler, text: str, status: int = 200) -> None:
        data = json.dumps({"choices": [{"message": {"content": text}}]}).encode()
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    made = Endpoint()
    yield made
    made.server.shutdown()
    made.server.server_close()


def settings(endpoint: Endpoint, **more: Any) -> Settings:
    return Settings(drafts_url=endpoint.url, drafts_model="small", drafts_key="s3cret", **more)


def test_it_is_off_without_an_address_and_a_model() -> None:
    assert not model_drafts.is_offered(Settings())
    assert not model_drafts.is_offered(Settings(drafts_url="https://models.example/v1"))
    assert model_drafts.is_offered(Settings(drafts_url="https://models.example/v1", drafts_model="small"))


def test_the_passage_is_sent_with_the_key_and_nothing_of_the_site(endpoint: Endpoint) -> None:
    (draft,) = model_drafts.ask(settings(endpoint), TEXT, "en")
    assert draft.content == ShortAnswer(stem=SOUND["stem"], key="Ada Brook")
    ((path, headers, body),) = endpoint.asked
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == "Bearer s3cret"
    assert set(body) == {"model", "temperature", "response_format", "messages"}
    assert TEXT[0].text in body["messages"][1]["content"]


def test_without_a_key_none_is_sent(endpoint: Endpoint) -> None:
    model_drafts.ask(Settings(drafts_url=endpoint.url, drafts_model="small"), TEXT, "")
    assert "Authorization" not in endpoint.asked[0][1]


@pytest.mark.parametrize(
    "text", ["Sure! Here are some questions.", '{"questions": []}', '{"questions": ["<b>"]}']
)
def test_what_cannot_be_used_is_told(endpoint: Endpoint, text: str) -> None:
    endpoint.answer = lambda handler: endpoint.say(handler, text)
    with pytest.raises(NoDrafts, match="Nothing was stored"):
        model_drafts.ask(settings(endpoint), TEXT, "en")


@pytest.mark.parametrize("status", [401, 429, 500, 302])
def test_an_error_is_told_without_the_services_words(endpoint: Endpoint, status: int) -> None:
    endpoint.answer = lambda handler: endpoint.say(handler, "the key s3cret is wrong", status)
    with pytest.raises(NoDrafts) as told:
        model_drafts.ask(settings(endpoint), TEXT, "en")
    assert "s3cret" not in str(told.value)


def test_a_slow_answer_and_one_that_trickles_in_are_given_up(endpoint: Endpoint) -> None:
    def trickle(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(40):
            handler.wfile.write(b" " * 9000)
            time.sleep(0.1)

    slow = settings(endpoint, drafts_timeout=1)
    for answer in (lambda _: time.sleep(1.5), trickle):
        endpoint.answer = answer
        begun = time.monotonic()
        with pytest.raises(NoDrafts, match="in time"):
            model_drafts.ask(slow, TEXT, "en")
        assert time.monotonic() - begun < 3


def test_an_endless_answer_is_cut_off(endpoint: Endpoint) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"x" * 10_000)

    endpoint.answer = endless
    with pytest.raises(NoDrafts, match="too long"):
        model_drafts.ask(settings(endpoint), TEXT, "en")


def test_nobody_there_is_told() -> None:
    with pytest.raises(NoDrafts, match="in time"):
        model_drafts.ask(Settings(drafts_url="http://127.0.0.1:9/v1", drafts_model="small"), TEXT, "en")
