"""What every answer says to the browser: what it may load, keep and tell others; and compression."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from quizapp.app import create_app
from quizapp.settings import Settings
from quizapp.web.frame.database import db
from quizapp.web.frame.links import absolute
from tests.house import ACTORS, House
from tests.world import Visitor, endpoints

STRICT = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def policy_of(answer: Any) -> dict[str, list[str]]:
    parts = (part.split() for part in answer.headers["Content-Security-Policy"].split(";"))
    return {name: sources for name, *sources in parts}


def check(answer: Any, what: object) -> None:
    for name, value in STRICT.items():
        assert answer.headers.getlist(name) == [value], (what, name)
    policy = policy_of(answer)
    assert policy["default-src"] == ["'self'"], what
    assert policy["script-src"] == policy["style-src"] == ["'self'"], what
    for name in ("object-src", "base-uri", "frame-ancestors"):
        assert policy[name] == ["'none'"], (what, name)
    assert policy["form-action"] == ["'self'"], what
    written = answer.headers["Content-Security-Policy"]
    assert not any(word in written for word in ("unsafe", "http:", "https:", "*")), what


def test_every_answer_has_strict_headers_and_nothing_personal_is_kept(house: House) -> None:
    for actor in ACTORS:
        client, own = house.client(actor), house.own(actor)
        for endpoint, method, rule in endpoints(house.app):
            answer = client.open(house.address(rule, own), method=method)
            check(answer, (endpoint, method, actor))
            if endpoint != "static_files.serve":
                assert answer.headers["Cache-Control"] == "no-store", (endpoint, method, actor)


def test_errors_have_them_too(app: Flask, visitor: Visitor) -> None:
    app.view_functions["health.live"] = lambda: 1 / 0
    for path, method, status in (
        ("/no-such-page", "GET", 404),
        ("/", "DELETE", 405),
        ("/healthz", "GET", 500),
        ("/static/x/no-such-file", "GET", 404),
    ):
        answer = visitor.client.open(path, method=method)
        assert answer.status_code == status
        check(answer, path)
        assert answer.headers["Cache-Control"] == "no-store"


def test_cookies_are_out_of_scripts_reach(visitor: Visitor) -> None:
    answer = visitor.client.post("/study/begin")
    cookies = answer.headers.getlist("Set-Cookie")
    assert cookies
    for cookie in cookies:
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Domain=" not in cookie


@pytest.fixture
def secure_app(settings: Settings) -> Iterator[Flask]:
    """The app as it is behind a proxy that speaks https."""
    made = create_app(replace(settings, secure_cookies=True, behind_proxy=True))
    yield made
    with made.app_context():
        db.engine.dispose()


def test_by_https_cookies_are_bound_to_the_host_and_https_is_remembered(secure_app: Flask) -> None:
    secure_app.config["WTF_CSRF_ENABLED"] = False
    client = secure_app.test_client()
    answer = client.post("/study/begin", headers={"X-Forwarded-Proto": "https"}, base_url="https://localhost")
    token = next(
        cookie for cookie in answer.headers.getlist("Set-Cookie") if cookie.startswith("__Host-quizapp=")
    )
    assert all(word in token for word in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"))
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    plain = secure_app.test_client().get("/healthz")
    assert "Strict-Transport-Security" not in plain.headers


def test_forwarded_headers_count_only_behind_a_proxy(app: Flask) -> None:
    app.view_functions["health.live"] = lambda: __import__("flask").request.url
    spoofed = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    assert app.test_client().get("/healthz", headers=spoofed).text == "http://localhost/healthz"


def test_by_https_the_form_cookie_is_bound_to_the_host_too(secure_app: Flask) -> None:
    client = secure_app.test_client()
    answer = client.get("/sign-in", headers={"X-Forwarded-Proto": "https"}, base_url="https://localhost")
    [cookie] = [each for each in answer.headers.getlist("Set-Cookie") if "quizapp_form" in each]
    assert cookie.startswith("__Host-quizapp_form=")
    assert all(word in cookie for word in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"))
    assert "Domain" not in cookie


def test_of_many_forwarded_addresses_the_proxys_own_counts(secure_app: Flask) -> None:
    secure_app.view_functions["health.live"] = lambda: str(__import__("flask").request.remote_addr)
    forwarded = {"X-Forwarded-For": "192.0.2.1, 198.51.100.7"}  # the first is the client's word
    assert secure_app.test_client().get("/healthz", headers=forwarded).text == "198.51.100.7"


# --- a sub-path ---------------------------------------------------------------------------------------


def test_under_a_sub_path_every_address_and_redirect_stays_below_it(secure_app: Flask) -> None:
    below = {"X-Forwarded-Prefix": "/quiz", "X-Forwarded-Proto": "https"}
    client = secure_app.test_client()
    secure_app.config["WTF_CSRF_ENABLED"] = False
    for path in (
        "/",
        "/sign-in?next=/quiz/decks/",
        "/sign-up",
        "/forgot",
        "/decks/",
        "/join",
        "/no-such-page",
    ):
        soup = BeautifulSoup(client.get(path, headers=below).text, "html.parser")
        addresses = [
            tag.get(name) for tag in soup.find_all(True) for name in ("href", "src", "action", "data-options")
        ]
        own = [address for address in addresses if address and address.startswith("/")]
        assert len(own) > 5
        assert [address for address in own if not address.startswith("/quiz/")] == [], path
    for path in ("/study/", "/account/", "/teach/"):
        assert client.get(path, headers=below).headers["Location"].startswith("/quiz/")
    cookies = client.post("/study/begin", headers=below).headers.getlist("Set-Cookie")
    assert cookies
    assert all("Path=/;" in f"{cookie};" for cookie in cookies), "a __Host- cookie is the whole host's"


@pytest.mark.parametrize(
    "prefix",
    ["//evil.example", "/\\evil.example", "https://evil.example", "/quiz//evil.example", "/quiz, //evil.example", "evil",
     "/..", "/./quiz", "/quiz/../..", "/a b", "/quiz?x=", "/quiz#x", "/%2f%2fevil.example", "/\tevil", "@evil.example"],
)  # fmt: skip
def test_a_prefix_that_is_no_path_of_this_site_is_not_followed(secure_app: Flask, prefix: str) -> None:
    client = secure_app.test_client()
    with_prefix = {"X-Forwarded-Prefix": prefix, "X-Forwarded-Proto": "https"}
    without = {"X-Forwarded-Proto": "https"}
    for path in ("/study/", "/account/"):
        led = [client.get(path, headers=headers).headers["Location"] for headers in (with_prefix, without)]
        assert led[0] == led[1]
    soup = BeautifulSoup(client.get("/sign-in", headers=with_prefix).text, "html.parser")
    addresses = [tag.get(name) or "" for tag in soup.find_all(True) for name in ("href", "src", "action")]
    assert not [address for address in addresses if "evil" in address or address.startswith("//")]


@pytest.mark.parametrize(
    ("header", "value"),
    [("X-Forwarded-Proto", "javascript"), ("X-Forwarded-Proto", "https:"), ("X-Forwarded-Host", "evil example"),
     ("X-Forwarded-Host", "//evil.example"), ("X-Forwarded-Host", "good@evil.example"), ("X-Forwarded-Host", "")],
)  # fmt: skip
def test_what_cannot_be_a_host_or_a_scheme_is_not_followed(
    secure_app: Flask, header: str, value: str
) -> None:
    secure_app.view_functions["health.live"] = lambda: __import__("flask").request.url
    assert (
        secure_app.test_client().get("/healthz", headers={header: value}).text == "http://localhost/healthz"
    )


# --- the host -----------------------------------------------------------------------------------------

HOSTS = (
    "evil.example", "quiz.example.evil.example", "evil.example:443", "quiz.example@evil.example", "localhost.evil.example",
    "quiz.example evil.example", "evilquiz.example", "127.0.0.2", "[::2]", "quiz.example,evil.example", "quiz.example/../evil",
    "quiz.example\\evil", ".quiz.example", "sub.quiz.example", "quiz.example%00", "quiz.example#evil", "xn--evil", "*", "",
)  # fmt: skip


def test_a_site_with_an_address_answers_to_no_other_name(settings: Settings) -> None:
    app = create_app(replace(settings, site_url="https://quiz.example"))
    app.view_functions["health.live"] = lambda: "here"
    client = app.test_client()
    for host in ("quiz.example", "QUIZ.example", "quiz.example:8000", "localhost", "127.0.0.1:8000"):
        assert client.get("/healthz", headers={"Host": host}).status_code == 200, host
    for host in HOSTS:
        answer = client.get("/healthz", headers={"Host": host}, base_url="http://evil.example")
        assert (answer.status_code, "here" in answer.text) == (400, False), host
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    with app.app_context():
        db.engine.dispose()


def test_other_names_can_be_allowed_and_links_keep_to_the_setting(settings: Settings) -> None:
    app = create_app(
        replace(settings, site_url="https://quiz.example/sub", allowed_hosts="old.example, .school.example")
    )
    client = app.test_client()
    statuses = {
        host: client.get("/healthz", headers={"Host": host}).status_code
        for host in ("old.example", "a.school.example", "quiz.example")
    }
    assert statuses == {"old.example": 200, "a.school.example": 200, "quiz.example": 400}
    with app.test_request_context(headers={"Host": "old.example"}):
        assert absolute("accounts.setup", token="x") == "https://quiz.example/sub/setup/x"
    with app.app_context():
        db.engine.dispose()


# --- compression ------------------------------------------------------------------------------------


def test_pages_are_compressed_for_anyone_who_takes_it(visitor: Visitor) -> None:
    plain = visitor.client.get("/")
    zipped = visitor.client.get("/", headers={"Accept-Encoding": "br, gzip;q=0.8"})
    assert "Content-Encoding" not in plain.headers
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in zipped.headers["Vary"]
    assert int(zipped.headers["Content-Length"]) == len(zipped.data) < 0.6 * len(plain.data)
    assert b"<h1>" in gzip.decompress(zipped.data)


@pytest.mark.parametrize("accepted", ["gzip;q=0", "identity", "", "br", "identity, gzip;q=0.0"])
def test_pages_are_left_alone_for_anyone_who_does_not(accepted: str, visitor: Visitor) -> None:
    page = visitor.client.get("/", headers={"Accept-Encoding": accepted})
    assert "Content-Encoding" not in page.headers
    assert b"<h1>" in page.data
    static = visitor.client.get("/static/x/css/frame/base.css", headers={"Accept-Encoding": accepted})
    assert "Content-Encoding" not in static.headers


def test_what_is_small_or_no_page_is_left_alone(visitor: Visitor) -> None:
    for path in ("/healthz", "/readyz"):
        answer = visitor.client.get(path, headers={"Accept-Encoding": "gzip"})
        assert "Content-Encoding" not in answer.headers
    redirect = visitor.client.get("/study/", headers={"Accept-Encoding": "gzip"})
    assert (redirect.status_code, "Content-Encoding" in redirect.headers) == (303, False)
