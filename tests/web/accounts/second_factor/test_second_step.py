"""Setting up a second factor, and being asked for it behind the password."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from quizapp.app import create_app
from quizapp.secret_key import secret_key
from quizapp.services.accounts import accounts, passwords
from quizapp.services.accounts.encryption import Sealer
from quizapp.services.accounts.second_factor import secret_of
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account, CodeApp, SignIn
from quizapp.web.frame.database import db
from tests.world import Seen, Visitor, client_of, person, rows_of

NAME, PASSWORD = "Ms Vera", "a long way to the sea"
HASH = passwords.hash_password(PASSWORD)


@pytest.fixture
def clock() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(datetime(2026, 3, 2, 9, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def vera(clock: object, session: Session) -> Account:
    return person(session, "teacher", name=NAME, now=datetime.now(UTC), password_hash=HASH)


@pytest.fixture
def visitor(app: Flask, session: Session, vera: Account) -> Visitor:
    return Visitor(client_of(app, session, vera, now=datetime.now(UTC)))


def sign_in(app: Flask, target: str = "") -> tuple[Visitor, Seen]:
    visitor = Visitor(app.test_client())
    page = visitor.open(f"/sign-in?next={target}" if target else "/sign-in")
    return visitor, visitor.send(page, {"name": NAME, "password": PASSWORD}, "/sign-in")


@pytest.fixture
def secret(session: Session, vera: Account, settings: Settings) -> Callable[[], str]:
    """What Vera's app was given."""
    sealer = Sealer(secret_key(settings.data_dir), "codes")
    return lambda: secret_of(rows_of(session, CodeApp, account_id=vera.id)[0], sealer)


@pytest.fixture
def code(secret: Callable[[], str]) -> Callable[[], str]:
    """What it shows now."""
    return lambda: pyotp.TOTP(secret()).at(datetime.now(UTC))


@pytest.fixture
def recovery(
    visitor: Visitor,
    session: Session,
    vera: Account,
    clock: time_machine.Coordinates,
    code: Callable[[], str],
    secret: Callable[[], str],
) -> list[str]:
    """Set up as a person does it; a minute ago."""
    page = visitor.open("/account/second-factor")
    assert visitor.send(page, {"present": "wrong"}, "/app/new").status == 422
    page = visitor.send(page, {"present": PASSWORD}, "/app/new")
    assert page.soup.select_one("svg.qr path")
    assert secret() in page.soup.select_one("code").get_text().replace(" ", "")
    assert "isn’t the app’s current code" in visitor.send(page, {"code": "000000"}, "/app").text
    page = visitor.send(page, {"code": code()}, "/app")
    codes = [each.get_text() for each in page.soup.select(".recovery-codes code")]
    assert len(codes) == 10
    clock.shift(timedelta(minutes=1))
    return codes


def test_the_password_alone_opens_nothing(app: Flask, recovery: list[str], session: Session) -> None:
    before = len(rows_of(session, SignIn))
    thief, page = sign_in(app)
    assert page.path == "/sign-in/second"
    assert thief.open("/teach/").path.startswith("/sign-in")
    assert NAME not in thief.open("/").text
    assert len(rows_of(session, SignIn)) == before


def test_a_code_of_the_app_signs_in_and_leads_where_one_wanted_to_be(
    app: Flask, recovery: list[str], session: Session, vera: Account, code: Callable[[], str]
) -> None:
    visitor, page = sign_in(app, "/decks/")
    assert "Wrong code" in visitor.send(page, {"code": "123456"}, "/second").text
    typed = code()
    assert visitor.send(page, {"code": typed}, "/second").path == "/decks/"
    assert visitor.open("/sign-in/second").path == "/sign-in", "the step is over"
    other, page = sign_in(app)
    assert "already used" in other.send(page, {"code": typed}, "/second").text


def test_a_recovery_code_signs_in_once(app: Flask, recovery: list[str]) -> None:
    visitor, page = sign_in(app)
    assert NAME in visitor.send(page, {"code": recovery[0]}, "/second").text
    assert "9 recovery codes left" in visitor.open("/account/second-factor").text
    other, page = sign_in(app)
    assert other.send(page, {"code": recovery[0]}, "/second").status == 422


def test_guesses_at_the_code_are_slowed_from_everywhere(
    app: Flask, recovery: list[str], session: Session, vera: Account, code: Callable[[], str]
) -> None:
    for number in range(5):
        visitor, page = sign_in(app)
        visitor.client.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
        visitor.send(page, {"code": "000000"}, "/second")
    visitor, page = sign_in(app)
    assert "Wait 30 seconds" in visitor.send(page, {"code": code()}, "/second").text


def test_the_step_runs_out(
    app: Flask,
    recovery: list[str],
    session: Session,
    vera: Account,
    clock: time_machine.Coordinates,
    code: Callable[[], str],
) -> None:
    visitor, page = sign_in(app)
    clock.shift(timedelta(minutes=10))
    assert visitor.send(page, {"code": code()}, "/second").path == "/sign-in"


def test_who_is_shut_out_in_the_meantime_stays_out(
    app: Flask, recovery: list[str], session: Session, vera: Account
) -> None:
    visitor, page = sign_in(app)
    accounts.set_disabled(session, session.get_one(Account, vera.id), disabled=True, now=datetime.now(UTC))
    session.commit()
    assert visitor.send(page, {"code": recovery[0]}, "/second").path == "/sign-in"


def test_a_new_password_by_link_still_takes_the_second_factor(
    app: Flask, recovery: list[str], session: Session, vera: Account, code: Callable[[], str]
) -> None:
    token = accounts.make_reset_link(session, session.get_one(Account, vera.id), now=datetime.now(UTC))
    session.commit()
    visitor = Visitor(app.test_client())
    page = visitor.send(visitor.open(f"/setup/{token}"), {"password": "another fine phrase"}, "/setup")
    assert page.path == "/sign-in/second"
    assert NAME in visitor.send(page, {"code": code()}, "/second").text


def test_taking_the_app_off_takes_the_password(visitor: Visitor, app: Flask, recovery: list[str]) -> None:
    page = visitor.open("/account/second-factor")
    assert visitor.post("/account/second-factor/app/remove", {"present": "wrong"}).status == 422
    fresh = visitor.send(page, {"present": PASSWORD}, "/codes")
    assert recovery[0] not in fresh.text
    assert (
        "have been removed" in visitor.post("/account/second-factor/app/remove", {"present": PASSWORD}).text
    )
    assert sign_in(app)[1].path == "/"
    assert visitor.post("/account/second-factor/codes", {"present": PASSWORD}).status == 409


def test_an_admin_takes_a_lost_factor_off(
    app: Flask, recovery: list[str], session: Session, vera: Account
) -> None:
    root = person(session, "admin", name="Root", now=datetime.now(UTC))
    admin = Visitor(client_of(app, session, root, now=datetime.now(UTC)))
    page = admin.open(f"/admin/accounts/{vera.id}")
    assert "with a password only" in admin.send(page, {}, "/second-factor/remove").text
    assert sign_in(app)[1].path == "/"


def test_a_site_may_ask_its_staff_for_one(
    settings: Settings, session: Session, vera: Account, code: Callable[[], str]
) -> None:
    made = create_app(replace(settings, require_second_factor=True))
    made.config["WTF_CSRF_ENABLED"] = False
    now = datetime.now(UTC)
    visitor = Visitor(client_of(made, session, vera, now=now))
    page = visitor.open("/teach/")
    assert (page.path, "requires a second factor" in page.text) == ("/account/second-factor", True)
    assert visitor.post("/teach/new", {"title": "x"}).status == 404
    assert visitor.open("/decks/").path == "/decks/", "learning goes on"
    page = visitor.send(page, {"present": PASSWORD}, "/app/new")
    visitor.send(page, {"code": code()}, "/app")
    assert visitor.open("/teach/").path == "/teach/"
    with made.app_context():
        db.engine.dispose()
