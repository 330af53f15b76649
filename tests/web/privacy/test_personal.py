"""One's own account: other browsers, the password, everything held about one, and nothing after erasing."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import GaveUp
from quizapp.storage.accounts.tables import Account, SignIn
from quizapp.storage.library.tables import Deck
from quizapp.storage.study.tables import Review
from quizapp.web.privacy.routes import browser_name
from tests.world import Visitor, add_deck, rows_of

NAME, PASSWORD = "Zdeňka Příkladová", "correct horse battery"


def member(app: Flask, name: str = NAME) -> Visitor:
    visitor = Visitor(app.test_client())
    page = visitor.open("/sign-up")
    assert visitor.send(page, {"name": name, "password": PASSWORD}, "/sign-up").path == "/"
    return visitor


def sign_in(app: Flask, password: str = PASSWORD, name: str = NAME) -> Visitor:
    visitor = Visitor(app.test_client())
    visitor.send(visitor.open("/sign-in"), {"name": name, "password": password}, "/sign-in")
    return visitor


def signed_in(visitor: Visitor) -> bool:
    return NAME in visitor.open("/").text


def answered(visitor: Visitor, questions: dict[str, int], how_many: int = 3) -> None:
    visitor.client.post("/study/begin")
    for item_id in list(questions.values())[:how_many]:
        visitor.answer(visitor.ask(item_id), GaveUp())


def test_a_new_password_signs_out_every_other_browser(app: Flask) -> None:
    here, there = member(app), sign_in(app)
    assert signed_in(there)
    page = here.open("/account/")
    done = here.send(page, {"present": PASSWORD, "password": "another fine phrase"}, "/account/password")
    assert (done.status, done.path) == (200, "/account/")
    assert signed_in(here)
    assert not signed_in(there)
    assert not signed_in(sign_in(app))
    assert signed_in(sign_in(app, "another fine phrase"))


@pytest.mark.parametrize(
    ("present", "wanted", "told"),
    [
        ("not it at all", "another fine phrase", "Wrong password"),
        (PASSWORD, "short", "at least 8"),
        (PASSWORD, NAME, "isn’t your name"),
        (PASSWORD, "", "Choose a new password"),
    ],
)
def test_a_refused_password_changes_nothing(app: Flask, present: str, wanted: str, told: str) -> None:
    visitor = member(app)
    page = visitor.send(
        visitor.open("/account/"), {"present": present, "password": wanted}, "/account/password"
    )
    assert page.status == 422
    assert told in page.text
    assert signed_in(sign_in(app))


def test_signing_out_everywhere_kills_every_token(app: Flask) -> None:
    here, there = member(app), sign_in(app)
    here.send(here.open("/account/"), {}, "/account/sign-out-everywhere")
    assert not signed_in(here)
    assert not signed_in(there)


def test_one_browser_can_be_signed_out(app: Flask) -> None:
    here, there, third = member(app), sign_in(app), sign_in(app)
    page = here.open("/account/")
    forms = [form for form in page.soup.find_all("form") if form["action"] == "/account/sign-out"]
    assert len(forms) == 2, "not this one"
    handle = forms[0].find("input", attrs={"name": "browser"})["value"]
    assert "signed out" in here.post("/account/sign-out", {"browser": handle}).text
    assert [signed_in(each) for each in (here, there, third)].count(True) == 2
    assert signed_in(here)
    assert "already" in here.post("/account/sign-out", {"browser": handle}).text


def test_no_one_signs_out_someone_elses_browser(app: Flask, session: Session) -> None:
    here = member(app)
    [row] = rows_of(session, SignIn)
    other = member(app, "Someone else")
    assert "already" in other.post("/account/sign-out", {"browser": row.handle}).text
    assert signed_in(here)


def test_guesses_of_the_present_password_are_slowed(app: Flask) -> None:
    visitor = member(app)
    for _ in range(5):
        page = visitor.post("/account/password", {"present": "guess", "password": "another fine phrase"})
    assert "Wrong password" in page.text
    page = visitor.post("/account/password", {"present": PASSWORD, "password": "another fine phrase"})
    assert "Too many attempts" in page.text


def test_when_a_browser_was_last_used_is_told_to_the_hour(app: Flask, session: Session) -> None:
    with time_machine.travel(datetime(2026, 3, 2, 9, tzinfo=UTC), tick=False) as clock:
        here, there = member(app), sign_in(app)
        clock.shift(timedelta(minutes=59))
        there.post("/study/begin", {})
        assert {row.last_seen_at.hour for row in rows_of(session, SignIn)} == {9}
        clock.shift(timedelta(minutes=1))
        there.open("/")
        assert {row.last_seen_at.hour for row in rows_of(session, SignIn)} == {9}, "looking changes nothing"
        there.post("/study/begin", {})
        assert {row.last_seen_at.hour for row in rows_of(session, SignIn)} == {9, 10}
        clock.shift(timedelta(hours=5))
        assert "last used 5 hours ago" in here.open("/account/").text
        clock.shift(timedelta(days=3))
        assert "last used on 2 March 2026" in here.open("/account/").text


def test_the_page_lists_the_browsers_and_tells_which_is_this_one(app: Flask) -> None:
    visitor = member(app)
    sign_in(app)
    text = visitor.open("/account/").text
    assert text.count("Since") == 2
    assert text.count("this one Since") == 1


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/130.0", "Firefox on Windows"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537 Chrome/120 Mobile Safari/537", "Chrome on Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X) AppleWebKit/605 Version/17 Safari/605", "Safari on a Mac"),
        ("curl/8", "a browser"),
    ],
)
def test_browsers_are_called_what_people_call_them(agent: str, name: str) -> None:
    assert browser_name(agent) == name


def test_the_download_holds_everything_and_no_secret(app: Flask, questions: dict[str, int]) -> None:
    visitor = member(app)
    answered(visitor, questions)
    response = visitor.client.get("/account/data.zip")
    assert response.mimetype == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(response.data))
    reviews = json.loads(archive.read("reviews.json"))
    assert len(reviews) == 3
    assert all(review["question"] for review in reviews)
    assert len(list(csv.DictReader(io.StringIO(archive.read("reviews.csv").decode())))) == 3
    assert json.loads(archive.read("account.json"))[0]["name"] == NAME
    everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"argon2" not in everything
    assert b"token" not in everything


def test_the_download_holds_no_one_else(app: Flask, questions: dict[str, int]) -> None:
    other = member(app, "Somebody Else")
    answered(other, questions)
    archive = zipfile.ZipFile(io.BytesIO(member(app).client.get("/account/data.zip").data))
    assert json.loads(archive.read("reviews.json")) == []
    assert b"Somebody" not in b"".join(archive.read(name) for name in archive.namelist())


def test_cells_are_never_formulas(app: Flask, session: Session) -> None:
    visitor = member(app)
    session.execute(Account.__table__.update().values(name="=1+1"))
    session.commit()
    archive = zipfile.ZipFile(io.BytesIO(visitor.client.get("/account/data.zip").data))
    assert "'=1+1" in archive.read("account.csv").decode()
    assert json.loads(archive.read("account.json"))[0]["name"] == "=1+1"


def test_erasing_asks_first(app: Flask, session: Session) -> None:
    visitor = member(app)
    page = visitor.send(visitor.open("/account/erase"), {}, "/account/erase")
    assert page.status == 422
    assert session.scalar(select(Account.id).where(Account.name == NAME))


def test_after_erasing_no_byte_of_the_name_is_left(
    app: Flask, session: Session, questions: dict[str, int]
) -> None:
    visitor = member(app)
    answered(visitor, questions)
    session.rollback()
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    if url.startswith("sqlite"):  # a copy from before an update, in which they stand too
        path = Path(url.removeprefix("sqlite:///"))
        path.with_name(f"{path.stem}-before-0001.sqlite3").write_bytes(path.read_bytes() + NAME.encode())
    done = visitor.send(visitor.open("/account/erase"), {"sure": "y"}, "/account/erase")
    assert done.path == "/"
    assert rows_of(session, Account) == []
    assert rows_of(session, Review) == []
    session.rollback()
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        for file in path.parent.glob(path.stem + "*"):
            for word in NAME.split():
                assert word.encode() not in file.read_bytes(), file


def test_a_guest_can_download_and_erase_too(app: Flask, session: Session, questions: dict[str, int]) -> None:
    visitor = Visitor(app.test_client()).begin()
    answered(visitor, questions, 1)
    assert visitor.open("/account/").status == 200
    assert visitor.client.get("/account/data.zip").status_code == 200
    session.rollback()
    visitor.send(visitor.open("/account/erase"), {"sure": "y"}, "/account/erase")
    assert rows_of(session, Account) == []


def test_what_a_teacher_wrote_stays_without_their_name(app: Flask, session: Session) -> None:
    visitor = member(app)
    account = session.scalars(select(Account)).one()
    account.role = "teacher"
    from datetime import UTC, datetime

    add_deck(session, "mine", owner_id=account.id, now=datetime.now(UTC)).public = True
    session.commit()
    visitor.send(visitor.open("/account/erase"), {"sure": "y"}, "/account/erase")
    session.rollback()
    session.expire_all()
    kept = session.scalars(select(Account)).one()
    assert (kept.name, kept.name_key, kept.password_hash) == (None, None, None)
    assert session.scalars(select(Deck.slug).where(Deck.owner_id == kept.id)).one() == "mine"
    assert not signed_in(sign_in(app))
