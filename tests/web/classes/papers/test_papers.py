"""Quizzes that fit a lesson: questions picked, a time limit, an access code, a preview, and paper."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Chosen
from quizapp.services.accounts import accounts, passwords
from quizapp.services.classes import enrolments, sign_in_links
from quizapp.storage.classes.tables import Classroom, Enrolment
from quizapp.storage.library.tables import Item
from quizapp.storage.quizzes.tables import Attempt, AttemptQuestion
from tests.web.classes.conftest import NOW, Class, Place
from tests.world import Seen, Visitor, dump, rows_of

RIGHT, WRONG = Chosen(("Danube",)), Chosen(("Elbe",))


def begin(room: Class, student: Place, assignment: int, **form: str) -> Seen:
    phone = room.phone(student)
    return phone.send(phone.open(f"/assignments/{assignment}"), form, "/begin")


def pick(room: Class, session: Session, assignment: int, *numbers: int, **form: str) -> None:
    ids = list(session.scalars(select(Item.id).order_by(Item.id)))
    session.rollback()
    chosen = {"item": [str(ids[number]) for number in numbers], **form}
    page = room.desk.open(f"/classes/assignments/{assignment}/questions")
    page = room.desk.post(page.path, {"csrf_token": page.fields("/questions")["csrf_token"][0], **chosen})
    assert page.status == 200, page.text


def test_everyone_gets_the_questions_picked_in_their_order_and_with_their_points(
    room: Class, session: Session
) -> None:
    anna, bela = room.seat("Anna", "Bela")
    made = room.give(questions=5)
    [first, second, *_] = session.scalars(select(Item.id).order_by(Item.id)).all()
    session.rollback()
    pick(room, session, made, 0, 1, order="fixed", **{f"points-{first}": "3"})
    for student in (anna, bela):
        phone, page = room.phone(student), begin(room, student, made)
        page = phone.answer(page, RIGHT)
        page = phone.answer(page, WRONG)
        page = phone.send(page, {}, "/finish")
        assert "3 of 4 points" in page.text
    rows = rows_of(session, AttemptQuestion)
    assert {(row.position, row.item_id) for row in rows} == {(1, first), (2, second)}
    page = room.desk.open(f"/classes/assignments/{made}")
    assert "2 questions." in page.text
    assert page.link("3 of 4")


def test_a_quiz_of_more_questions_than_the_deck_has_says_how_many_it_asks(
    room: Class, session: Session
) -> None:
    [anna] = room.seat("Anna")
    made = room.give(questions=50)
    there = len({item.fact_id for item in rows_of(session, Item)})
    assert f"{there} questions." in room.desk.open(f"/classes/assignments/{made}").text
    assert f"{there} are drawn" in room.desk.open(f"/classes/assignments/{made}/questions").text
    assert f"{there} questions." in room.phone(anna).open(f"/assignments/{made}").text


def test_a_time_limit_ends_an_attempt_and_extra_time_stretches_every_one(
    room: Class, session: Session
) -> None:
    anna, bela = room.seat("Anna", "Bela")
    enrolments.set_extra_time(session, session.get_one(Enrolment, bela.id), 50)
    session.commit()
    made = room.give(minutes=20)
    page = begin(room, anna, made)
    assert "minutes left" in page.text
    begin(room, bela, made)
    lengths = {
        row.learner_id: round((row.ends_at - row.started_at) / timedelta(minutes=1))
        for row in rows_of(session, Attempt)
        if row.ends_at is not None
    }
    assert lengths == {anna.learner_id: 20, bela.learner_id: 30}
    attempt = session.scalars(select(Attempt).where(Attempt.learner_id == anna.learner_id)).one()
    attempt.ends_at = datetime.now(UTC) - timedelta(seconds=1)
    session.commit()
    phone = room.phone(anna)
    assert "Time was up" in phone.answer(page, RIGHT).text
    assert "Time is up" in phone.open(f"/quiz/{attempt.id}/").text
    assert "0 of 6" in room.desk.open(f"/classes/assignments/{made}").text


def test_an_access_code_opens_the_quiz_and_nothing_else_does(room: Class, session: Session) -> None:
    [anna] = room.seat("Anna")
    made = room.give(access_code="Blue Heron")
    page = begin(room, anna, made, code="grey heron")
    assert "isn’t the access code" in page.text
    assert rows_of(session, Attempt) == []
    assert "Question" in begin(room, anna, made, code=" blue  heron ").heading
    assert "Blue Heron" not in room.phone(anna).open(f"/assignments/{made}").text
    assert "Blue Heron" in room.desk.open(f"/classes/assignments/{made}").text


def test_a_preview_asks_as_students_are_asked_and_leaves_no_trace(room: Class, session: Session) -> None:
    made = room.give()
    room.desk.open(f"/classes/assignments/{made}")  # notes when she was last seen
    engine = session.get_bind()
    before = dump(engine)
    page = room.desk.open(room.desk.open(f"/classes/assignments/{made}").link("Preview as a student"))
    assert "Danube" in page.text
    page = room.desk.answer(page, WRONG)
    assert "Incorrect" in page.text
    page = room.desk.open(page.link("Next"))
    assert "2 of 6" in page.text
    assert dump(engine) == before


def test_both_versions_on_paper_have_the_same_questions_and_matching_keys(room: Class) -> None:
    made = room.give()
    page = room.desk.open(room.desk.open(f"/classes/assignments/{made}").link("On paper"))
    sheets = {
        name: page.soup.find(id=name).find_parent("section")  # type: ignore[union-attr]
        for name in ("paper-A", "paper-B", "key-A", "key-B")
    }
    stems = {}
    for version in "AB":
        asked = sheets[f"paper-{version}"].select("section > ol > li")
        keys = [key.get_text() for key in sheets[f"key-{version}"].select("ol > li")]
        stems[version] = [question.select_one(".stem").get_text(strip=True) for question in asked]
        assert len(asked) == len(keys) == 6
        for question, key in zip(asked, keys, strict=True):
            options = [" ".join(each.get_text().split()) for each in question.select(".lettered li")]
            assert key in options, "the letter of the key is that of this version"
            assert "Danube" in key
    assert sorted(stems["A"]) == sorted(stems["B"])
    assert stems["A"] != stems["B"]


def test_a_shared_link_survives_signing_in_joining_and_cards(
    room: Class, app: Flask, session: Session
) -> None:
    anna, _bela = room.seat("Anna", "Bela")
    made = room.give(title="Rivers quiz")
    page = room.desk.open(room.desk.open(f"/classes/assignments/{made}").link("Share"))
    assert page.soup.select_one("#link")["value"].endswith(f"/assignments/{made}")  # type: ignore[index]
    assert page.link("Google Classroom").startswith("https://classroom.google.com/share?url=http")
    [(_name, code)] = sign_in_links.make_links(
        session, session.get_one(Classroom, room.id), [anna.id], now=NOW
    )
    session.commit()
    phone = Visitor(app.test_client())
    page = phone.open(f"/assignments/{made}")
    assert page.path == "/sign-in"
    assert "join your class with its code" in page.text
    page = phone.post(f"/enter/{code}", {})
    assert page.heading == "Rivers quiz"
    page = room.desk.open(f"/classes/{room.id}/code")
    room.desk.send(page, {"step": "open"}, "/code")
    found = session.get_one(Classroom, room.id, populate_existing=True).join_code
    session.rollback()
    newcomer = Visitor(app.test_client())
    newcomer.open(f"/assignments/{made}")
    page = newcomer.send(newcomer.open("/join"), {"code": found, "name": "Zoe"}, "/join")
    assert page.heading == "Rivers quiz"


def test_a_teachers_page_survives_signing_in(app: Flask, session: Session) -> None:
    accounts.sign_up(
        session,
        None,
        name="Ms Key",
        password_hash=passwords.hash_password("right as rain today"),
        now=NOW,
        role="teacher",
    )
    session.commit()
    desk = Visitor(app.test_client())
    page = desk.open("/teach/queue/?sort=claims")
    assert page.path == "/sign-in"
    page = desk.send(page, {"name": "Ms Key", "password": "right as rain today"}, "/sign-in")
    assert page.path == "/teach/queue/?sort=claims"
