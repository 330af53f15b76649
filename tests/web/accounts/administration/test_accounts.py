"""An admin's pages: finding accounts, roles, shutting out, one-time links."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from quizapp.services.classes import classrooms, rosters
from quizapp.storage.accounts import directory as queries
from quizapp.storage.accounts.tables import Account
from quizapp.storage.migrating import copy_goes
from tests.conftest import NOW
from tests.world import Visitor, client_of, person, rows_of


@pytest.fixture
def root(session: Session) -> Account:
    return person(session, "admin", name="Root", now=NOW)


@pytest.fixture
def admin(app: Flask, session: Session, root: Account) -> Visitor:
    return Visitor(client_of(app, session, root, now=NOW))


@pytest.fixture
def ada(session: Session) -> Account:
    return person(session, "student", name="Ada Čapková", now=NOW)


def names(page: object) -> list[str]:
    return [link.get_text() for link in page.soup.select("main li h3")]  # type: ignore[attr-defined]


def test_accounts_are_found_by_any_part_of_a_name_however_it_is_spelt(
    admin: Visitor, ada: Account, session: Session
) -> None:
    teacher = person(session, "teacher", name="Ms Vera", now=NOW)
    classroom = classrooms.create(session, teacher, name="7b", zone="UTC", now=NOW)
    rosters.add_roster(session, classroom, ["Łucja 100%"], now=NOW)
    person(session, "guest", now=NOW)
    session.commit()
    assert names(admin.open("/admin/accounts")) == ["Ada Čapková", "Ms Vera", "Root", "Łucja 100%"]
    for wanted, found in (
        ("capk", ["Ada Čapková"]), ("ADA c", ["Ada Čapková"]), ("lucja", ["Łucja 100%"]), ("%", ["Łucja 100%"]),
        ("0%", ["Łucja 100%"]), ("_", names(admin.open("/admin/accounts"))), ("nobody", []),
    ):  # fmt: skip
        assert names(admin.open("/admin/accounts", query_string={"q": wanted})) == found, wanted
    page = admin.open("/admin/accounts?role=teacher")
    assert names(page) == ["Ms Vera"]
    assert "Students 2" in page.text


def test_a_long_list_comes_in_pages_with_the_same_number_of_queries(
    admin: Visitor, session: Session, count_queries: Callable[[], list[str]]
) -> None:
    def cost(path: str) -> int:
        before = len(count_queries())
        admin.open(path)
        return len(count_queries()) - before

    few = cost("/admin/accounts")
    session.add_all(
        Account(role="student", name=f"S{n:03}", name_key=f"s{n:03}", zone="UTC", created_at=NOW)
        for n in range(queries.PAGE + 10)
    )
    session.commit()
    assert cost("/admin/accounts") == cost("/admin/accounts?page=2") == few
    first = admin.open("/admin/accounts")
    second = admin.open(first.link("Next"))
    assert (len(names(first)), len(names(second))) == (queries.PAGE, 11)
    assert not set(names(first)) & set(names(second))
    for number in ("0", "-1", "x", "99999", "9" * 30, "²"):
        assert admin.open("/admin/accounts", query_string={"page": number}).status == 200


def test_a_new_role_counts_from_the_next_sign_in_on(
    app: Flask, admin: Visitor, ada: Account, session: Session
) -> None:
    hers = Visitor(client_of(app, session, ada, now=NOW))
    page = admin.send(admin.open(f"/admin/accounts/{ada.id}"), {"role": "teacher"}, "/role")
    assert "teacher from their next sign-in on" in page.text
    assert rows_of(session, Account, id=ada.id)[0].role == "teacher"
    assert hers.open("/teach/").path.startswith("/sign-in"), "signed out: the old token gets no new rights"


def test_shutting_out_is_at_once_and_can_be_undone(
    app: Flask, admin: Visitor, ada: Account, session: Session
) -> None:
    hers = Visitor(client_of(app, session, ada, now=NOW))
    page = admin.send(admin.open(f"/admin/accounts/{ada.id}"), {}, "/disabled")
    assert "is blocked" in page.text
    assert "Ada" not in hers.open("/").text
    assert "blocked" in admin.open("/admin/accounts").text
    page = admin.send(page, {}, "/disabled")
    assert "can sign in again" in page.text


def test_an_admin_finds_no_button_to_shut_themselves_out(admin: Visitor, root: Account) -> None:
    page = admin.open(f"/admin/accounts/{root.id}")
    assert not page.soup.select('form[action$="/disabled"], form[action$="/role"]')
    assert admin.post(f"/admin/accounts/{root.id}/role", {"role": "student"}).status == 409


def test_a_reset_link_is_shown_once_and_sets_a_password(
    app: Flask, admin: Visitor, ada: Account, session: Session
) -> None:
    page = admin.send(admin.open(f"/admin/accounts/{ada.id}"), {}, "/reset")
    link = page.soup.select_one("code").get_text()
    token = link.rpartition("/")[2]
    assert page.soup.select_one("svg.qr")
    assert token not in admin.open(f"/admin/accounts/{ada.id}").html
    hers = Visitor(app.test_client())
    done = hers.send(hers.open(f"/setup/{token}"), {"password": "a new long phrase"}, "/setup")
    assert (done.path, "Your new password has been saved" in done.text) == ("/", True)
    assert hers.open(f"/setup/{token}").status == 404


def test_an_invitation_makes_an_account_of_its_role(app: Flask, admin: Visitor, session: Session) -> None:
    page = admin.send(admin.open("/admin/accounts"), {"role": "admin"}, "/invite")
    token = page.soup.select_one("code").get_text().rpartition("/")[2]
    new = Visitor(app.test_client())
    new.send(new.open(f"/setup/{token}"), {"name": "Zoe", "password": "a new long phrase"}, "/setup")
    assert new.open("/admin/accounts").status == 200
    assert admin.post("/admin/invite", {"role": "guest"}).status == 400


def test_a_list_of_names_gets_a_link_each(app: Flask, admin: Visitor) -> None:
    names = {"role": "teacher", "names": "Ada  Byron\n\n Grace Hopper \n"}
    page = admin.send(admin.open("/admin/accounts"), names, "/invite")
    assert page.heading == "2 invitations"
    assert [each.get_text() for each in page.soup.select(".one-time-link strong")] == [
        "Ada Byron",
        "Grace Hopper",
    ]
    tokens = [each.get_text().rpartition("/")[2] for each in page.soup.select("code")]
    assert len(set(tokens)) == 2
    for token in tokens:
        new = Visitor(app.test_client())
        form = new.open(f"/setup/{token}")
        assert "You’re invited as a teacher." in form.text
        new.send(form, {"name": f"T {token[:5]}", "password": "a new long phrase"}, "/setup")
        assert new.open("/teach/").status == 200
    many = "\n".join(f"Teacher {number}" for number in range(101))
    assert admin.post("/admin/invite", {"role": "teacher", "names": many}).status == 400


def test_a_pupil_without_a_password_is_left_to_their_teacher(admin: Visitor, session: Session) -> None:
    pupil = Account(role="student", name="Pupil", zone="UTC", created_at=NOW)
    session.add(pupil)
    session.commit()
    page = admin.open(f"/admin/accounts/{pupil.id}")
    assert "class teacher can create" in page.text
    assert not page.soup.select('form[action$="/reset"]')
    assert admin.post(f"/admin/accounts/{pupil.id}/reset", {}).status == 409


def test_a_guest_is_no_ones_business(admin: Visitor, session: Session) -> None:
    guest = person(session, "guest", now=NOW)
    assert admin.open(f"/admin/accounts/{guest.id}").status == 404


def test_copies_from_before_an_update_are_listed_with_the_day_they_go(app: Flask, admin: Visitor) -> None:
    url = app.config["SETTINGS"].sqlalchemy_url
    assert "before an update" not in admin.open("/admin/accounts").text
    if not url.startswith("sqlite"):
        return  # PostgreSQL has no file to copy
    path = Path(url.removeprefix("sqlite:///"))
    copy = path.with_name(f"{path.stem}-before-0001.sqlite3")
    copy.touch()
    page = admin.open("/admin/accounts")
    assert f"{copy.name} deleted on {copy_goes(copy):%-d %B %Y}" in page.text
