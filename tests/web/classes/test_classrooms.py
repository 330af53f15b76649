"""A teacher's pages of a class: making it, its code, decks and people, and how students get on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.services.accounts import accounts
from quizapp.services.classes import class_decks, classrooms, rosters, sign_in_links
from quizapp.storage.accounts.tables import Account
from quizapp.storage.audit.tables import AuditEntry
from quizapp.storage.classes.tables import Classroom, Enrolment
from quizapp.storage.study.tables import LearnerDay
from tests import factories
from tests.world import Seen, Visitor, client_of, person, rows_of

NOW = datetime.now(UTC)
TODAY = (NOW - timedelta(hours=4)).toordinal()  # a study day in UTC


@pytest.fixture
def teacher(session: Session) -> Account:
    return person(session, "teacher", name="Vera", now=NOW)


@pytest.fixture
def desk(app: Flask, session: Session, teacher: Account) -> Visitor:
    return Visitor(client_of(app, session, teacher, now=NOW))


@pytest.fixture
def classroom(session: Session, teacher: Account) -> Classroom:
    factories.add_deck(session, [factories.choice(n) for n in range(4)], slug="rivers")
    made = classrooms.create(session, teacher, name="7b", zone="UTC", now=NOW)
    class_decks.choose(session, made, teacher, ["rivers"], now=NOW)
    session.commit()
    return made


def seat(session: Session, classroom: Classroom, *names: str) -> list[Enrolment]:
    rosters.add_roster(session, classroom, names, now=NOW)
    session.commit()
    query = select(Enrolment).where(Enrolment.classroom_id == classroom.id).order_by(Enrolment.id)
    found = list(session.scalars(query))[-len(names) :]
    session.rollback()
    return found


def studied(session: Session, enrolment: Enrolment, *, ago: int, answers: int, right: int) -> None:
    session.add(
        LearnerDay(
            learner_id=enrolment.learner_id,
            day=TODAY - ago,
            answers=answers,
            right=right,
            new_items=0,
            new_right=0,
            duration_ms=0,
        )
    )
    session.commit()


def row(page: Seen, name: str) -> list[str]:
    """The cells of a student's row."""
    [found] = [each for each in page.soup.select("tbody tr") if each.th.get_text(strip=True) == name]
    return [" ".join(cell.get_text(" ").split()) for cell in found.find_all("td")]


def test_an_empty_desk_teaches_the_next_step_until_students_can_join(desk: Visitor) -> None:
    page = desk.open("/classes/")
    page = desk.open(page.link("Create your first class"))
    page = desk.send(page, {"name": "7b", "zone": "Europe/Madrid"}, "/classes/new")
    assert (page.status, page.heading) == (200, "7b")
    assert page.link("Let students join")
    assert "Choose decks to study" in page.text
    assert "7b" in desk.open("/classes/").text


def test_a_form_that_is_wrong_comes_back(desk: Visitor, classroom: Classroom) -> None:
    for path in ("/classes/new", f"/classes/{classroom.id}/edit"):
        page = desk.post(path, {"name": "x" * 81, "zone": "Mars/Base"})
        assert page.status == 422
        assert "x" * 81 in page.html
        page = desk.post(path, {"name": "8a", "zone": "Mars/Base"})
        assert (page.status, "Choose a time zone" in page.text) == (422, True)


def test_a_class_is_renamed_dismissed_and_taken_back(
    desk: Visitor, session: Session, classroom: Classroom
) -> None:
    edit = f"/classes/{classroom.id}/edit"
    assert desk.send(desk.open(edit), {"name": "8b"}, "/edit").heading == "8b"
    page = desk.send(desk.open(edit), {}, "/archive")
    assert "archived" in page.text
    assert rows_of(session, Classroom)[0].archived_at is not None
    page = desk.post(f"/classes/{classroom.id}/code", {"step": "open"})
    assert page.status == 409
    desk.send(desk.open(edit), {}, "/archive")
    assert rows_of(session, Classroom)[0].archived_at is None


def test_the_code_is_shown_while_it_is_open_and_only_then(
    desk: Visitor, session: Session, classroom: Classroom
) -> None:
    code, path = classroom.join_code, f"/classes/{classroom.id}/code"
    assert code[:3] not in desk.open(path).html
    page = desk.post(path, {"step": "open"})
    assert page.soup.select_one(".join-code").get_text(" ", strip=True) == f"{code[:3]} {code[3:]}"
    assert page.soup.select_one("svg.qr path")
    assert "style=" not in page.html
    page = desk.post(path, {"step": "renew"})
    assert rows_of(session, Classroom)[0].join_code != code
    assert code[:3] not in desk.post(path, {"step": "close"}).html
    assert not rows_of(session, Classroom)[0].joining_open
    assert desk.post(path, {"step": "explode"}).status == 400


def test_decks_are_chosen_by_boxes(desk: Visitor, classroom: Classroom) -> None:
    page = desk.open(f"/classes/{classroom.id}/decks")
    assert page.fields("/decks")["deck"] == ["rivers"]
    page = desk.post(f"/classes/{classroom.id}/decks", {})
    assert "0 added, 1 removed" in page.text
    page = desk.post(f"/classes/{classroom.id}/decks", {"deck": ["rivers"]})
    assert "1 added" in page.text
    assert "Nothing has changed" in desk.post(f"/classes/{classroom.id}/decks", {"deck": ["rivers"]}).text
    assert desk.post(f"/classes/{classroom.id}/decks", {"deck": ["no-such-deck"]}).status == 404


def test_a_class_is_shared_with_a_teacher_who_can_do_the_same(
    desk: Visitor, app: Flask, session: Session, classroom: Classroom
) -> None:
    other = person(session, "teacher", name="Adler", now=NOW)
    colleague = Visitor(client_of(app, session, other, now=NOW))
    home = f"/classes/{classroom.id}"
    assert colleague.open(home).status == 404
    assert desk.post(f"{home}/people", {"name": "Nobody"}).status == 422
    assert "Adler now teaches this class too" in desk.post(f"{home}/people", {"name": "adler"}).text
    assert colleague.open(home).status == 200
    assert "7b" in colleague.open("/classes/").text
    page = colleague.post(f"{home}/teachers/remove", {"teacher": str(other.id)})  # leaves by themselves
    assert page.path == "/classes/"
    assert colleague.open(home).status == 404
    for who in ("", "x", "-1", "9" * 30, str(other.id)):
        assert desk.post(f"{home}/teachers/remove", {"teacher": who}).status == 404


# --- how students get on ---------------------------------------------------------------------------


def test_the_page_tells_when_students_studied_and_how_sure_one_can_be(
    desk: Visitor, session: Session, classroom: Classroom
) -> None:
    anna, bela, _ = seat(session, classroom, "Anna", "Bela", "Cleo")
    studied(session, anna, ago=0, answers=6, right=5)
    studied(session, anna, ago=6, answers=4, right=3)
    studied(session, anna, ago=7, answers=90, right=0)  # a week ago: counts no more
    studied(session, bela, ago=9, answers=50, right=50)
    page = desk.open(f"/classes/{classroom.id}")
    assert row(page, "Anna") == ["today", "10", "45–95 %", "0 of 4"]
    assert row(page, "Bela") == ["9 days ago", "–", "–", "0 of 4"]
    assert row(page, "Cleo") == ["never", "–", "–", "0 of 4"]
    assert "1 of 3" in page.text


def test_facts_known_are_those_of_the_classs_decks(
    desk: Visitor, session: Session, classroom: Classroom
) -> None:
    [anna] = seat(session, classroom, "Anna")
    learner = factories.learner_of(session.get_one(Account, anna.learner_id), factories.SETTINGS)
    other = factories.add_deck(session, [factories.choice(9)], slug="other")
    items = factories.item_ids(
        session, session.scalars(select(factories.Deck).filter_by(slug="rivers")).one()
    )
    for item_id in (*items[:2], *factories.item_ids(session, other)):
        factories.answer(session, learner, item_id, True, at=NOW)
    factories.answer(session, learner, items[2], False, at=NOW)
    session.commit()
    assert row(desk.open(f"/classes/{classroom.id}"), "Anna")[3] == "2 of 4"


@pytest.mark.parametrize("path", ["", "/people", "/code"])
def test_a_page_costs_as_many_queries_with_twice_the_students(
    desk: Visitor, session: Session, classroom: Classroom, count_queries: Callable[[], list[str]], path: str
) -> None:
    costs = []
    for group in ("ab", "cdef"):
        for enrolment in seat(session, classroom, *(f"{letter}{n}" for letter in group for n in range(10))):
            studied(session, enrolment, ago=1, answers=3, right=2)
        before = len(count_queries())
        assert desk.open(f"/classes/{classroom.id}{path}").status == 200
        costs.append(len(count_queries()) - before)
    assert costs[0] == costs[1] <= 10


def test_the_list_costs_as_many_queries_with_twice_the_classes(
    desk: Visitor, session: Session, teacher: Account, count_queries: Callable[[], list[str]]
) -> None:
    costs = []
    for count in (2, 4):
        for number in range(count):
            classrooms.create(session, teacher, name=f"{count}-{number}", zone="UTC", now=NOW)
        session.commit()
        before = len(count_queries())
        desk.open("/classes/")
        costs.append(len(count_queries()) - before)
    assert costs[0] == costs[1]


# --- rosters and links -----------------------------------------------------------------------------


def test_a_pasted_list_becomes_students_with_links_that_sign_them_in(
    desk: Visitor, app: Flask, session: Session, classroom: Classroom
) -> None:
    home = f"/classes/{classroom.id}"
    assert desk.post(f"{home}/roster", {"names": " "}).status == 422
    assert "1 line left out" in desk.post(f"{home}/roster", {"names": "x" * 41}).text
    page = desk.post(f"{home}/roster", {"names": "Name\r\nAnna\r\nBela\r\n"})
    assert "2 new students" in page.text
    assert "Anna" not in desk.open(f"{home}/people").text, "nothing is stored before it was looked at"
    page = desk.send(page, {"do": "add"}, "/roster")
    assert "2 students added" in page.text
    assert "Already in the class: Anna" in desk.post(f"{home}/roster", {"names": "Anna"}).text
    sheet = desk.send(desk.open(f"{home}/people"), {}, "/links")
    codes = {
        card.h2.get_text(): card.select_one(".card-code").get_text()
        for card in sheet.soup.select("li:has(h2)")
    }
    assert list(codes) == ["Anna", "Bela"]
    phone = Visitor(app.test_client())
    page = phone.send(phone.open("/join"), {"code": codes["Anna"].lower()}, "/join")
    path = page.path
    assert page.heading == "Hello, Anna"
    assert "Welcome, Anna" in phone.send(page, {}, "/enter/").text
    assert "7b" in phone.open("/classes/").text
    again = Visitor(app.test_client())
    assert again.open(path).status == again.post(path, {}).status == 404
    sheet = desk.send(desk.open(f"{home}/people"), {}, "/links")
    assert [card.h2.get_text() for card in sheet.soup.select(".sheet li")] == ["Bela"]


def test_a_student_without_a_password_can_leave_the_device(
    app: Flask, session: Session, classroom: Classroom
) -> None:
    seat(session, classroom, "Anna")
    [(_, token)] = sign_in_links.make_links(session, classroom, now=NOW)
    session.commit()
    phone = Visitor(app.test_client())
    home = phone.post(f"/enter/{token}", {})
    assert "Not you?" in home.form("/sign-out").get_text()
    phone.send(home, {}, "/sign-out")
    assert phone.open("/classes/").path == "/sign-in"
    assert "Sign in" in phone.open("/").soup.header.get_text()


def test_a_guest_who_opens_a_link_keeps_what_they_did(
    app: Flask, session: Session, classroom: Classroom
) -> None:
    seat(session, classroom, "Anna")
    [(_, token)] = sign_in_links.make_links(session, classroom, now=NOW)
    session.commit()
    phone = Visitor(app.test_client()).begin()
    assert phone.post(f"/enter/{token}", {}).status == 200
    assert [account.role for account in rows_of(session, Account)] == ["teacher", "student"]


def test_a_student_removed_is_taken_back_by_the_teacher(
    desk: Visitor, session: Session, classroom: Classroom
) -> None:
    [anna] = seat(session, classroom, "Anna")
    student, home = anna.id, f"/classes/{classroom.id}"
    people = f"{home}/people"
    session.rollback()  # reading took SQLite's one lock for writing
    page = desk.post(f"/classes/students/{student}/remove", {"removed": "1"})
    assert "Anna was removed from this class" in page.text
    assert "Anna" not in desk.open(home).text
    assert desk.post(f"/classes/students/{student}/link", {}).status == 404
    page = desk.send(desk.open(people), {}, "/remove")
    assert "Anna is back" in page.text
    assert desk.post(f"/classes/students/{student}/link", {}).status == 200


def test_a_teacher_helps_a_student_who_forgot_their_password(app: Flask, session: Session) -> None:
    teacher = person(session, "teacher", name="Ms Key", now=NOW)
    room = classrooms.create(session, teacher, name="9c", zone="UTC", now=NOW)
    rosters.add_roster(session, room, ["Petr"], now=NOW)
    pupil = session.scalars(select(Account).where(Account.name == "Petr")).one()
    accounts.sign_up(session, pupil, name="Petr", password_hash="forgotten", now=NOW)
    session.commit()
    visitor = Visitor(client_of(app, session, teacher, now=NOW))
    sheet = visitor.send(visitor.open(f"/classes/{room.id}/people"), {}, "/link")
    assert "Petr uses it to choose a new password" in sheet.text
    path = sheet.soup.select_one("li p").get_text().partition("localhost")[2]
    his = Visitor(app.test_client())
    assert his.send(his.open(path), {"password": "not to be forgotten"}, "/setup").path == "/"


def test_a_roster_that_was_wrong_is_undone(
    desk: Visitor, app: Flask, session: Session, classroom: Classroom
) -> None:
    home = f"/classes/{classroom.id}"
    before = desk.open(f"{home}/people").text
    page = desk.post(f"{home}/roster", {"names": "Surname,First name\nAdams,Lily\nNguyen,Anh", "do": "add"})
    assert "Lily Adams" in page.text
    page = desk.send(page, {}, "/roster/undo")
    assert "2 students deleted" in page.text
    assert desk.open(f"{home}/people").text == before
    assert rows_of(session, AuditEntry)[-1].action == "IMPORT_UNDONE"
    page = desk.post(f"{home}/roster", {"names": "Lily Adams\nAnh Nguyen", "do": "add"})
    sheet = desk.send(desk.open(f"{home}/people"), {}, "/links")
    code = sheet.soup.select_one(".card-code").get_text().replace(" ", "")  # type: ignore[union-attr]
    assert Visitor(app.test_client()).post(f"/enter/{code}", {}).status == 200
    page = desk.send(desk.open(f"{home}/people"), {}, "/roster/undo")
    assert "1 student deleted. 1 who had signed in was only removed" in page.text


def test_cards_are_made_for_those_chosen_and_end_no_others(
    desk: Visitor, app: Flask, session: Session, classroom: Classroom
) -> None:
    anna, room = seat(session, classroom, "Anna", "Bela")[0].id, classroom.id
    session.rollback()
    people = f"/classes/{room}/people"
    sheet = desk.send(desk.open(people), {}, "/links")
    codes = [each.get_text().replace(" ", "") for each in sheet.soup.select(".card-code")]
    sheet = desk.post(f"/classes/{room}/links", {"student": str(anna)})
    assert len(sheet.soup.select(".card-code")) == 1
    assert "works once" in sheet.text
    phone = Visitor(app.test_client())
    assert phone.open(f"/enter/{codes[0]}").status == 404
    assert phone.open(f"/enter/{codes[1]}").heading == "Hello, Bela"


def test_a_misspelt_name_is_corrected_and_the_answers_stay(
    desk: Visitor, session: Session, classroom: Classroom
) -> None:
    anna, _bela = (each.id for each in seat(session, classroom, "Ana", "Bela"))
    session.rollback()
    page = desk.send(desk.open(f"/classes/students/{anna}"), {"name": "Bela"}, "/rename")
    assert "already called Bela" in page.text
    page = desk.send(page, {"name": "Anna"}, "/rename")
    assert page.heading == "Anna"
    page = desk.post(f"/classes/students/{anna}/delete", {})
    assert "Anna was deleted" in page.text
    assert rows_of(session, AuditEntry)[-1].action == "STUDENT_DELETED"


def test_two_students_who_are_one_person_become_one(
    desk: Visitor, app: Flask, session: Session, classroom: Classroom
) -> None:
    old, new = (each.id for each in seat(session, classroom, "Anna", "Anna S."))
    session.rollback()
    page = desk.send(desk.open(f"/classes/students/{new}"), {"other": str(old)}, "/merge")
    assert "Anna and Anna S. are one student now" in page.text
    assert [row.name for row in rows_of(session, Enrolment)] == ["Anna S."]
    assert rows_of(session, AuditEntry)[-1].action == "STUDENTS_MERGED"
    assert desk.open(f"/classes/students/{old}").status == 404
    assert desk.post(f"/classes/students/{new}/merge", {"other": str(new)}).status == 404


def test_joining_closes_by_itself_and_is_in_sight_whatever_the_class_has_to_do(
    desk: Visitor, app: Flask, session: Session, classroom: Classroom
) -> None:
    page = desk.open(desk.open(f"/classes/{classroom.id}").link("Let students join"))
    page = desk.send(page, {"step": "open"}, "/code")
    assert "It closes by itself at" in page.text
    found = session.get_one(Classroom, classroom.id, populate_existing=True)
    assert found.joining_until is not None
    found.joining_until = datetime.now(UTC) - timedelta(seconds=1)
    code = found.join_code
    session.commit()
    assert "Joining is closed" in desk.open(f"/classes/{classroom.id}/code").text
    phone = Visitor(app.test_client())
    page = phone.send(phone.open("/join"), {"code": code, "name": "Zoe"}, "/join")
    assert "doesn’t open any class" in page.text
