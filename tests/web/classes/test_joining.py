"""The join page: a code and a name, the same words for every code that opens nothing, and who is who."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from quizapp.domain.accounts.budgets import Budget
from quizapp.domain.classes import join_limits
from quizapp.services.classes import classrooms, joining
from quizapp.storage.accounts.tables import Account, RecentCount, SignIn
from quizapp.storage.classes.tables import Classroom, Enrolment
from tests.world import Visitor, client_of, masked, person, rows_of

NOW = datetime.now(UTC)


@pytest.fixture
def classroom(session: Session) -> Classroom:
    teacher = person(session, "teacher", name="Vera", now=NOW)
    made = classrooms.create(session, teacher, name="7b", zone="Europe/Madrid", now=NOW)
    classrooms.set_joining(session, made, is_open=True, now=NOW)
    session.commit()
    return made


def visitor(app: Flask) -> Visitor:
    return Visitor(app.test_client())


def test_a_newcomer_joins_with_a_name_and_is_signed_in(
    app: Flask, session: Session, classroom: Classroom
) -> None:
    phone = visitor(app)
    page = phone.open(f"/join/{classroom.join_code}")
    assert page.fields("/join")["code"] == [classroom.join_code]
    page = phone.send(page, {"name": "Anna"}, "/join")
    assert "You’ve joined 7b" in page.text
    assert "You’re in 7b" in phone.open("/").text
    assert [row.name for row in rows_of(session, Enrolment)] == ["Anna"]


def test_the_page_needs_a_code_and_a_newcomers_name(app: Flask, classroom: Classroom) -> None:
    phone = visitor(app)
    assert phone.post("/join", {"code": "", "name": "Anna"}).status == 422
    page = phone.post("/join", {"code": classroom.join_code, "name": ""})
    assert (page.status, "Enter your name" in page.text) == (422, True)


def test_looking_at_a_join_page_tells_nothing_of_its_code(
    app: Flask, session: Session, classroom: Classroom
) -> None:
    def shown(code: str) -> str:
        page = visitor(app).open(f"/join/{code}")
        assert page.status == 200
        ticket = page.fields("/join")["ticket"][0]
        return masked(page.html).replace(code, "CODE").replace(ticket, "TICKET")

    assert shown(classroom.join_code) == shown("2222222")
    assert rows_of(session, RecentCount) == []


def test_wrong_closed_and_archived_codes_look_the_same_and_count(
    app: Flask, session: Session, classroom: Classroom
) -> None:
    code = classroom.join_code

    def refused(text: str) -> str:
        page = visitor(app).post("/join", {"code": text, "name": "Anna"})
        assert page.status == 422
        ticket = page.fields("/join")["ticket"][0]
        return masked(page.html).replace(text, "CODE").replace(ticket, "TICKET")

    wrong = refused("2222222")
    classrooms.set_joining(session, classroom, is_open=False, now=NOW)
    session.commit()
    assert refused(code) == wrong
    classrooms.set_archived(session, classroom, archived=True, now=NOW)
    session.commit()
    assert refused(code) == wrong
    assert sum(row.count for row in rows_of(session, RecentCount) if row.source == joining.SITE) == 3
    assert rows_of(session, Enrolment) == []


def test_after_many_wrong_codes_that_browser_waits_and_others_beside_it_join(
    app: Flask, session: Session, classroom: Classroom
) -> None:
    guesser = visitor(app)
    guesser.open("/join")
    for number in range(join_limits.MOST_OF_BROWSER):
        assert guesser.post("/join", {"code": f"222222{number % 8 + 2}", "name": "Anna"}).status == 422
    page = guesser.post("/join", {"code": classroom.join_code, "name": "Anna"})
    assert (page.status, "Wait a minute" in page.text) == (429, True)
    assert page.fields("/join")["name"] == ["Anna"]
    assert rows_of(session, Enrolment) == []
    assert "You’ve joined 7b" in visitor(app).post("/join", {"code": classroom.join_code, "name": "Bea"}).text


def test_when_very_many_join_at_once_the_next_is_told_to_wait(
    app: Flask, session: Session, classroom: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(joining, "JOINS", Budget(most=1, minutes=1))
    assert visitor(app).post("/join", {"code": classroom.join_code, "name": "Anna"}).status == 200
    page = visitor(app).post("/join", {"code": classroom.join_code, "name": "Bea"})
    assert (page.status, "ask your teacher" in page.text) == (429, True)
    assert [row.name for row in rows_of(session, Enrolment)] == ["Anna"]


def test_a_double_click_makes_one_student(app: Flask, session: Session, classroom: Classroom) -> None:
    fields = visitor(app).open(f"/join/{classroom.join_code}").fields("/join") | {"name": ["Anna"]}
    for _ in range(2):  # neither has the other's cookie
        page = visitor(app).post("/join", fields)
        assert "You’ve joined 7b" in page.text
    assert len(rows_of(session, Enrolment)) == 1
    assert len(rows_of(session, Account)) == 2


def test_a_guest_becomes_a_student_and_keeps_what_they_did(
    app: Flask, session: Session, classroom: Classroom
) -> None:
    phone = visitor(app).begin()
    [guest] = rows_of(session, Account, role="guest")
    page = phone.post("/join", {"code": classroom.join_code, "name": "\u202e"})
    assert page.status == 422
    assert rows_of(session, Account, id=guest.id)[0].role == "guest"
    phone.post("/join", {"code": classroom.join_code, "name": "Anna"})
    assert [row.learner_id for row in rows_of(session, Enrolment)] == [guest.id]
    assert rows_of(session, Account, id=guest.id)[0].role == "student"


def test_a_student_joins_with_their_account(app: Flask, session: Session, classroom: Classroom) -> None:
    sam = person(session, "student", name="Sam", now=NOW)
    phone = Visitor(client_of(app, session, sam, now=NOW))
    page = phone.open(f"/join/{classroom.join_code}")
    assert "Join as Sam" in page.text
    phone.send(page, {}, "/join")
    assert [row.learner_id for row in rows_of(session, Enrolment)] == [sam.id]
    assert len(rows_of(session, SignIn)) == 1


def test_someone_else_joins_on_a_shared_device(app: Flask, session: Session, classroom: Classroom) -> None:
    tablet = visitor(app)
    tablet.post("/join", {"code": classroom.join_code, "name": "Anna"})
    page = tablet.open(tablet.open(f"/join/{classroom.join_code}").link("someone else"))
    page = tablet.send(page, {"code": classroom.join_code, "name": "Bela"}, "/join")
    assert "You’ve joined 7b" in page.text
    assert [row.name for row in rows_of(session, Enrolment)] == ["Anna", "Bela"]
    assert "Your name here is Bela" in tablet.open("/classes/").text
    assert len(rows_of(session, SignIn)) == 1  # Anna's is over


def test_a_student_of_a_class_chooses_a_password_and_stays_who_they_are(
    app: Flask, session: Session, classroom: Classroom
) -> None:
    phone = visitor(app)
    phone.post("/join", {"code": classroom.join_code, "name": "Anna"})
    phone.post("/sign-up", {"name": "Anna of the Danube", "password": "a long way to the sea"})
    [row] = rows_of(session, Enrolment)
    assert rows_of(session, Account, id=row.learner_id)[0].name == "Anna of the Danube"
    assert row.name == "Anna"


def test_a_student_leaves_a_class_and_comes_back(app: Flask, session: Session, classroom: Classroom) -> None:
    phone = visitor(app)
    phone.post("/join", {"code": classroom.join_code, "name": "Anna"})
    page = phone.send(phone.open("/classes/"), {}, "/leave")
    assert "You’ve left the class" in page.text
    assert phone.post(f"/classes/{classroom.id}/leave", {}).status == 404
    phone.post("/join", {"code": classroom.join_code})
    assert rows_of(session, Enrolment)[0].removed_at is None
