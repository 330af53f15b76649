"""A provider of our own that can be told to lie, to be slow and to change its keys."""

from __future__ import annotations

import hmac
import json
import threading
import time
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, Key, RSAKey

from quizapp.domain.accounts.identity import Identity
from quizapp.services.accounts import provider as service
from quizapp.services.accounts.provider import MOST_BYTES, Provider, Refused, Step, Unreachable
from quizapp.services.sources.retrieval import ANYWHERE, send
from quizapp.settings import Settings

BACK, CLIENT, SECRET, NOW = "http://localhost/back", "quiz app", "se:cret", 1_772_442_000
STEP = Step.of("the browser's own secret")
ANA = {"email": "ana@school.example", "email_verified": True, "name": "Ana"}
RSA, OTHER, CURVE = (
    RSAKey.generate_key(2048, {"kid": "first"}),
    RSAKey.generate_key(2048, {"kid": "second"}),
    ECKey.generate_key("P-256", {"kid": "curve"}),
)


class Playing:
    """The provider. about, claims and header change what it says; key signs, keys are published; beside: what
    it tells beside the token; says: the whole answer of an address, whatever it would be."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str], dict[str, list[str]]]] = []
        self.about: dict[str, Any] = {}
        self.claims: dict[str, Any] = {**ANA}
        self.left_out: set[str] = set()
        self.header: dict[str, Any] = {"alg": "RS256", "kid": "first"}
        self.key: Key = RSA
        self.keys: list[Key] = [RSA]
        self.beside: dict[str, Any] = {}
        self.says: dict[str, tuple[int, bytes]] = {}
        self.wait = threading.Event()
        self.wait.set()
        playing = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                playing.answer(self)

            def do_POST(self) -> None:
                playing.answer(self)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # type: ignore[method-assign]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.issuer = f"http://localhost:{self.server.server_port}"

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers.get("Content-Length", 0))).decode()
        self.asked.append((handler.path, dict(handler.headers), parse_qs(body)))
        self.wait.wait(60)
        status, data = self.says.get(handler.path) or (200, json.dumps(self._said(handler.path)).encode())
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    def _said(self, path: str) -> Any:
        match path:
            case "/.well-known/openid-configuration":
                names = ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint")
                return (
                    {"issuer": self.issuer} | {name: f"{self.issuer}/{name}" for name in names} | self.about
                )
            case "/jwks_uri":
                return {"keys": [{"kty": "of tomorrow"}, *(key.as_dict(private=False) for key in self.keys)]}
            case "/token_endpoint":
                return {"id_token": self.token(), "access_token": "key to the rest"}
            case _:
                return self.beside

    def token(self) -> str:
        usual = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "7",
            "nonce": STEP.nonce,
            "iat": NOW,
            "exp": NOW + 300,
        }
        claims = {name: value for name, value in (usual | self.claims).items() if name not in self.left_out}
        return jwt.encode(self.header, claims, self.key, algorithms=["RS256", "ES256"])

    def paths(self) -> list[str]:
        return [path for path, _, _ in self.asked]


@pytest.fixture
def playing() -> Iterator[Playing]:
    made = Playing()
    yield made
    made.wait.set()
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def settings(playing: Playing) -> Settings:
    return Settings(
        site_url="http://localhost",
        oidc_issuer=playing.issuer,
        oidc_client_id=CLIENT,
        oidc_client_secret=SECRET,
    )


def provider_of(settings: Settings, seconds: float = 20) -> Provider:
    return Provider(settings, partial(send, guard=replace(ANYWHERE, seconds=seconds), most=MOST_BYTES))


@pytest.fixture
def provider(settings: Settings) -> Provider:
    return provider_of(settings)


def who(provider: Provider) -> Identity:
    return provider.who("the code", STEP, BACK, now=NOW)


def test_a_code_is_changed_for_who_came(provider: Provider, playing: Playing) -> None:
    assert who(provider) == Identity("ana@school.example", "Ana", None)
    path, headers, form = playing.asked[1]
    assert path == "/token_endpoint"
    assert headers["Authorization"] == "Basic " + b64encode(b"quiz+app:se%3Acret").decode()
    assert form["code"] == ["the code"]
    assert form["redirect_uri"] == [BACK]
    verifier = form["code_verifier"][0]
    asked = parse_qs(urlsplit(provider.address(STEP, BACK)).query)
    assert asked["code_challenge"] == [unpadded(sha256(verifier.encode()).digest())]
    assert SECRET not in provider.address(STEP, BACK)


def test_what_it_says_of_itself_and_its_keys_are_asked_for_once(provider: Provider, playing: Playing) -> None:
    for _ in range(3):
        provider.address(STEP, BACK)
        who(provider)
    assert playing.paths().count("/.well-known/openid-configuration") == 1
    assert playing.paths().count("/jwks_uri") == 1


def test_after_an_hour_both_are_asked_for_again(
    provider: Provider, playing: Playing, monkeypatch: pytest.MonkeyPatch
) -> None:
    who(provider)
    began = time.monotonic()
    monkeypatch.setattr(service.time, "monotonic", lambda: began + 3_700)
    monkeypatch.setattr("quizapp.services.sources.retrieval.time.monotonic", lambda: began + 3_700)
    who(provider)
    assert playing.paths().count("/.well-known/openid-configuration") == 2
    assert playing.paths().count("/jwks_uri") == 2


def test_a_secret_goes_into_the_form_where_the_provider_wants_it_there(
    provider: Provider, playing: Playing
) -> None:
    playing.about = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    who(provider)
    _, headers, form = playing.asked[1]
    assert "Authorization" not in headers
    assert (form["client_id"], form["client_secret"]) == ([CLIENT], [SECRET])


def test_a_site_without_a_secret_says_only_who_it_is(settings: Settings, playing: Playing) -> None:
    who(provider_of(replace(settings, oidc_client_secret="")))
    _, headers, form = playing.asked[1]
    assert "Authorization" not in headers
    assert (form["client_id"], "client_secret" in form) == ([CLIENT], False)


def test_keys_of_another_kind_are_taken(provider: Provider, playing: Playing) -> None:
    playing.key, playing.keys, playing.header = CURVE, [RSA, CURVE], {"alg": "ES256", "kid": "curve"}
    assert who(provider).name == "Ana"


def test_a_new_key_is_asked_for_but_not_for_each_made_up_one(
    provider: Provider, playing: Playing, monkeypatch: pytest.MonkeyPatch
) -> None:
    who(provider)
    playing.key, playing.keys, playing.header = OTHER, [OTHER], {"alg": "RS256", "kid": "second"}
    for _ in range(3):
        with pytest.raises(Refused):
            who(provider)
    assert playing.paths().count("/jwks_uri") == 1
    monkeypatch.setattr(service, "RESTS", 0.0)
    assert who(provider).name == "Ana"
    assert playing.paths().count("/jwks_uri") == 2


@pytest.mark.parametrize(
    "changed",
    [
        {"nonce": "of another sign-in"},
        {"aud": "another site"},
        {"aud": ["another site"]},
        {"aud": [CLIENT, "another site"]},
        {"aud": [CLIENT, "another site"], "azp": "another site"},
        {"azp": "another site"},
        {"iss": "https://accounts.evil.example"},
        {"exp": NOW - 200},
        {"iat": NOW + 200},
        {"exp": "tomorrow"},
        {"sub": None},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_this_sign_in_is_refused(
    provider: Provider, playing: Playing, changed: dict[str, Any]
) -> None:
    playing.claims |= changed
    with pytest.raises(Refused):
        who(provider)


@pytest.mark.parametrize("missing", ["nonce", "aud", "iss", "exp", "iat", "sub"])
def test_a_token_that_leaves_something_out_is_refused(
    provider: Provider, playing: Playing, missing: str
) -> None:
    playing.left_out = {missing}
    with pytest.raises(Refused):
        who(provider)


def test_a_token_for_several_sites_says_that_it_was_made_for_this_one(
    provider: Provider, playing: Playing
) -> None:
    playing.claims |= {"aud": [CLIENT, "another site"], "azp": CLIENT}
    assert who(provider).name == "Ana"


def test_clocks_may_differ_a_little(provider: Provider, playing: Playing) -> None:
    playing.claims |= {"exp": NOW - 100, "iat": NOW + 100}
    assert who(provider).name == "Ana"


def test_another_signature_is_refused(provider: Provider, playing: Playing) -> None:
    playing.key = OTHER
    with pytest.raises(Refused):
        who(provider)


def signed_by_hand(playing: Playing, algorithm: str, key: bytes) -> str:
    header = json.dumps({"alg": algorithm, "kid": "first"}).encode()
    signed = f"{unpadded(header)}.{playing.token().split('.')[1]}"
    return f"{signed}.{unpadded(hmac.digest(key, signed.encode(), 'sha256')) if key else ''}"


def unpadded(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


@pytest.mark.parametrize(("algorithm", "key"), [("HS256", RSA.as_pem(private=False)), ("none", b"")])
def test_no_signature_and_one_with_the_public_key_are_refused(
    provider: Provider, playing: Playing, algorithm: str, key: bytes
) -> None:
    token = signed_by_hand(playing, algorithm, key)
    playing.says["/token_endpoint"] = (200, json.dumps({"id_token": token}).encode())
    with pytest.raises(Refused):
        who(provider)


def test_an_address_that_is_not_in_the_token_is_asked_for(provider: Provider, playing: Playing) -> None:
    playing.claims = {}
    playing.beside = {"sub": "7", **ANA, "nonce": "is not looked at"}
    assert who(provider) == Identity("ana@school.example", "Ana", None)
    assert playing.asked[-1][1]["Authorization"] == "Bearer key to the rest"
    playing.beside = {"sub": "8", **ANA}
    with pytest.raises(Refused):
        who(provider)


def test_where_nothing_is_told_beside_the_token_there_is_no_address(
    provider: Provider, playing: Playing
) -> None:
    playing.claims, playing.about = {}, {"userinfo_endpoint": ""}
    assert who(provider).address == ""


@pytest.mark.parametrize(
    "about",
    [
        {"issuer": "https://accounts.evil.example"},
        {"token_endpoint": "ftp://localhost/"},
        {"token_endpoint": None},
    ],
    ids=str,
)
def test_a_description_that_is_not_its_own_is_not_used(
    provider: Provider, playing: Playing, about: dict[str, Any]
) -> None:
    playing.about = about
    with pytest.raises(Unreachable):
        provider.address(STEP, BACK)


@pytest.mark.parametrize("answer", [(200, b"<html>"), (200, b"[]"), (200, b"\xff"), (500, b"{}"), (302, b"")])
@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/jwks_uri", "/token_endpoint"])
def test_an_answer_of_another_kind_is_told_to_the_log(
    provider: Provider, playing: Playing, path: str, answer: tuple[int, bytes]
) -> None:
    playing.says[path] = answer
    with pytest.raises(Unreachable, match=f"http://localhost.*{path}"):
        who(provider)


@pytest.mark.parametrize(
    "keys", [b'{"keys": []}', b'{"keys": 7}', b"{}", b'{"keys": [{"kty": "RSA", "n": 7}]}']
)
def test_keys_that_cannot_be_read_are_told_to_the_log(
    provider: Provider, playing: Playing, keys: bytes
) -> None:
    playing.says["/jwks_uri"] = (200, keys)
    with pytest.raises(Unreachable, match="keys cannot be read"):
        who(provider)


def test_a_code_that_is_refused_is_no_fault_of_the_provider(provider: Provider, playing: Playing) -> None:
    playing.says["/token_endpoint"] = (400, b'{"error": "invalid_grant"}')
    with pytest.raises(Refused, match="status 400"):
        who(provider)


def test_an_endless_answer_is_cut_off(provider: Provider, playing: Playing) -> None:
    playing.says["/jwks_uri"] = (200, b'{"keys": "' + b" " * MOST_BYTES + b'"}')
    with pytest.raises(Unreachable):
        who(provider)


def test_a_provider_that_does_not_answer_is_given_up_and_left_alone_for_a_while(
    settings: Settings, playing: Playing, monkeypatch: pytest.MonkeyPatch
) -> None:
    playing.wait.clear()
    provider = provider_of(settings, seconds=0.2)
    for _ in range(3):
        with pytest.raises(Unreachable):
            provider.address(STEP, BACK)
    assert len(playing.asked) == 1
    playing.wait.set()
    monkeypatch.setattr(service, "RESTS", 0.0)
    assert provider.address(STEP, BACK)
