"""The sign-in cookie: random, stored as a digest, fresh at every sign-in, dead after the end."""

from __future__ import annotations

import hashlib

from flask import Flask
from sqlalchemy.orm import Session

from quizapp.services.accounts import accounts
from quizapp.storage.accounts.tables import SignIn
from quizapp.web.frame import sign_in
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session as request_session
from tests.conftest import NOW
from tests.world import Visitor, person, rows_of


def test_the_cookie_lasts_a_year_and_only_its_digest_is_stored(app: Flask, session: Session) -> None:
    answer = app.test_client().post("/study/begin", headers={"User-Agent": "x" * 1_000})
    cookie = next(each for each in answer.headers.getlist("Set-Cookie") if each.startswith("quizapp="))
    token = cookie.partition("=")[2].partition(";")[0]
    assert "Max-Age=31536000" in cookie
    assert len(token) >= 43, "256 bits"
    (row,) = rows_of(session, SignIn)
    assert row.token_digest == hashlib.sha256(token.encode()).hexdigest()
    assert len(row.browser) == 200


def test_looking_sets_no_cookie_for_a_stranger(app: Flask) -> None:
    for path in ("/healthz", "/decks/"):
        names = [
            cookie.partition("=")[0] for cookie in app.test_client().get(path).headers.getlist("Set-Cookie")
        ]
        assert "quizapp" not in names


def test_beginning_twice_stays_the_same_guest(visitor: Visitor, session: Session) -> None:
    visitor.begin()
    before = visitor.client.get_cookie("quizapp")
    visitor.begin()
    assert visitor.client.get_cookie("quizapp") == before
    assert len(rows_of(session, SignIn)) == 1


def test_a_refused_request_sets_no_cookie(app: Flask, session: Session) -> None:
    answer = app.test_client().post("/study/begin", data={"deck": "no-such-deck"})
    assert answer.status_code == 404
    assert not any(each.startswith("quizapp=") for each in answer.headers.getlist("Set-Cookie"))
    assert rows_of(session, SignIn) == []


def test_signing_in_ends_the_sign_in_before(app: Flask, session: Session) -> None:
    account = person(session, "student", name="Ana", now=NOW)
    old = accounts.sign_in(session, account, now=now(), browser="")
    session.commit()
    with app.test_request_context(method="POST", headers={"Cookie": f"quizapp={old}"}):
        found = sign_in.current_account()
        assert found is not None
        sign_in.start(found)
        assert accounts.signed_in(request_session(), old, now=now()) is None
        request_session().commit()
    assert len(rows_of(session, SignIn)) == 1


def test_who_is_signed_in_is_read_once_a_request(app: Flask, session: Session, count_queries: object) -> None:
    account = person(session, "student", name="Ana", now=NOW)
    token = accounts.sign_in(session, account, now=now(), browser="")
    session.commit()
    with app.test_request_context(headers={"Cookie": f"quizapp={token}"}):
        before = len(count_queries())  # type: ignore[operator]
        assert sign_in.current_account() is sign_in.current_account()
        assert len(count_queries()) == before + 1  # type: ignore[operator]
