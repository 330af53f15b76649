"""A real server plays the endpoint: well, badly, slowly, and with hostile words."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.errors import Invalid
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.domain.sources.passages import paragraphs
from quizapp.services.accounts.encryption import Sealer
from quizapp.services.drafting import model_drafts
from quizapp.services.drafting.model_drafts import NoDrafts, Service
from quizapp.services.sources.retrieval import Guard
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account
from quizapp.storage.drafting.tables import ModelService
from tests.factories import NOW
from tests.world import person

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
        self.server.handle_error = lambda *_: None  # type: ignore[method-assign]  # whoever asks hangs up at times
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


def service(endpoint: Endpoint, **more: Any) -> Service:
    return of_site(drafts_url=endpoint.url, drafts_model="small", drafts_key="s3cret", **more)


def of_site(**named: Any) -> Service:
    found = model_drafts.of_site(Settings(**named))
    assert found is not None
    return found


def test_it_is_off_without_an_address_and_a_model() -> None:
    assert model_drafts.of_site(Settings()) is None
    assert model_drafts.of_site(Settings(drafts_url="https://models.example/v1")) is None
    assert of_site(drafts_url="https://models.example/v1", drafts_model="small").model == "small"


def test_the_passage_is_sent_with_the_key_and_nothing_of_the_site(endpoint: Endpoint) -> None:
    (draft,) = model_drafts.ask(service(endpoint), TEXT, "en")
    assert draft.content == ShortAnswer(stem=SOUND["stem"], key="Ada Brook")
    ((path, headers, body),) = endpoint.asked
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == "Bearer s3cret"
    assert set(body) == {"model", "temperature", "response_format", "messages"}
    assert TEXT[0].text in body["messages"][1]["content"]


def test_without_a_key_none_is_sent(endpoint: Endpoint) -> None:
    model_drafts.ask(of_site(drafts_url=endpoint.url, drafts_model="small"), TEXT, "")
    assert "Authorization" not in endpoint.asked[0][1]


@pytest.mark.parametrize(
    "text", ["Sure! Here are some questions.", '{"questions": []}', '{"questions": ["<b>"]}']
)
def test_what_cannot_be_used_is_told(endpoint: Endpoint, text: str) -> None:
    endpoint.answer = lambda handler: endpoint.say(handler, text)
    with pytest.raises(NoDrafts, match="Nothing was saved"):
        model_drafts.ask(service(endpoint), TEXT, "en")


@pytest.mark.parametrize("status", [401, 429, 500, 302])
def test_an_error_is_told_without_the_services_words(endpoint: Endpoint, status: int) -> None:
    endpoint.answer = lambda handler: endpoint.say(handler, "the key s3cret is wrong", status)
    with pytest.raises(NoDrafts) as told:
        model_drafts.ask(service(endpoint), TEXT, "en")
    assert "s3cret" not in str(told.value)


def test_a_slow_answer_and_one_that_trickles_in_are_given_up(endpoint: Endpoint) -> None:
    def trickle(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        with suppress(OSError):
            while not over.wait(0.1):
                handler.wfile.write(b" " * 900)

    over = threading.Event()
    slow = service(endpoint, drafts_timeout=1)
    try:
        for answer in (lambda _: over.wait(), trickle):
            endpoint.answer = answer  # it would go on for ever
            with pytest.raises(NoDrafts, match="in time"):
                model_drafts.ask(slow, TEXT, "en")
    finally:
        over.set()


def test_an_endless_answer_is_cut_off(endpoint: Endpoint) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"x" * 10_000)

    endpoint.answer = endless
    with pytest.raises(NoDrafts, match="too long"):
        model_drafts.ask(service(endpoint), TEXT, "en")


def test_no_one_there_is_told() -> None:
    with pytest.raises(NoDrafts, match="in time"):
        model_drafts.ask(of_site(drafts_url="http://127.0.0.1:9/v1", drafts_model="small"), TEXT, "en")


# --- a teacher's own -----------------------------------------------------------------------------

SEALER = Sealer("the site's key", "models")
ANYWHERE = Guard(may_reach=lambda _address, _port: True)
NAMED = {"address": "https://models.example/v1/", "model": " small ", "key": "s3cret"}


@pytest.fixture
def vera(session: Session) -> Account:
    return person(session, "teacher", name="Vera", now=NOW)


def own(session: Session, teacher: Account, settings: Settings | None = None) -> Service | None:
    return model_drafts.of_teacher(session, teacher, settings or Settings(), SEALER, ANYWHERE)


def test_a_teachers_own_service_comes_before_the_sites_and_is_no_one_elses(
    session: Session, vera: Account
) -> None:
    site = Settings(drafts_url="https://site.example/v1", drafts_model="large")
    other = person(session, "teacher", name="Ann", now=NOW)
    assert own(session, vera) is None
    model_drafts.set_own(session, vera, SEALER, **NAMED, now=NOW)
    found = own(session, vera, site)
    assert found is not None
    assert (found.address, found.model, found.key, found.own) == (
        "https://models.example/v1",
        "small",
        "s3cret",
        True,
    )
    assert own(session, other) is None
    theirs = own(session, other, site)
    assert theirs is not None
    assert (theirs.model, theirs.own) == ("large", False)
    model_drafts.forget_own(session, vera)
    assert own(session, vera) is None


def test_the_site_can_forbid_own_services(session: Session, vera: Account) -> None:
    model_drafts.set_own(session, vera, SEALER, **NAMED, now=NOW)
    assert own(session, vera, Settings(own_models=False)) is None


def test_the_key_is_stored_sealed_and_stays_while_the_address_does(session: Session, vera: Account) -> None:
    model_drafts.set_own(session, vera, SEALER, **NAMED, now=NOW)
    assert "s3cret" not in session.scalars(select(ModelService.sealed_key)).one()
    model_drafts.set_own(session, vera, SEALER, **NAMED | {"key": "", "model": "large"}, now=NOW)
    found = own(session, vera)
    assert found is not None
    assert (found.model, found.key) == ("large", "s3cret")
    elsewhere = NAMED | {"key": "", "address": "https://other.example/v1"}
    model_drafts.set_own(session, vera, SEALER, **elsewhere, now=NOW)
    found = own(session, vera)
    assert found is not None
    assert found.key == "", "a key goes to no service that it was not typed for"


def test_what_was_sealed_with_another_key_of_the_site_is_as_if_it_were_not_set(
    session: Session, vera: Account
) -> None:
    model_drafts.set_own(session, vera, Sealer("before", "models"), **NAMED, now=NOW)
    assert own(session, vera) is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"address": ""}, "address"),
        ({"address": "http://models.example/v1"}, "address"),
        ({"address": "ftp://models.example"}, "address"),
        ({"address": "https://vera:word@models.example/v1"}, "address"),
        ({"address": "https://models.example/v1?key=1"}, "address"),
        ({"address": "https://models.example/" + "x" * 600}, "address"),
        ({"model": " "}, "model"),
        ({"model": "x" * 101}, "model"),
        ({"key": "s3\ncret"}, "key"),
        ({"key": "clé"}, "key"),
    ],
)
def test_what_cannot_be_a_service_is_refused_beside_its_field(
    session: Session, vera: Account, changes: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        model_drafts.set_own(session, vera, SEALER, **NAMED | changes, now=NOW)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert own(session, vera) is None


def test_it_is_asked_with_its_own_key_and_only_at_a_public_address(
    session: Session, vera: Account, endpoint: Endpoint
) -> None:
    row = {"account_id": vera.id, "address": endpoint.url, "model": "small", "set_at": NOW}
    session.add(ModelService(**row, sealed_key=SEALER.seal("0wn")))
    session.flush()
    asked = own(session, vera)
    assert asked is not None
    assert model_drafts.ask(asked, TEXT, "en")
    assert endpoint.asked[0][1]["Authorization"] == "Bearer 0wn"
    guarded = model_drafts.of_teacher(session, vera, Settings(), SEALER)
    assert guarded is not None
    with pytest.raises(NoDrafts, match="isn’t public"):
        model_drafts.ask(guarded, TEXT, "en")
    assert len(endpoint.asked) == 1, "nothing was sent to a machine of the server's own network"
