"""The page of the audit log: who reads what, in words, a page at a time."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from quizapp.domain.audit.actions import Action
from quizapp.services.audit import log
from quizapp.services.classes import classrooms, rosters
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.tables import Classroom, Enrolment
from quizapp.web.audit.building import words
from tests.world import Visitor, add_deck, client_of, person

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def people(session: Session) -> dict[str, Account]:
    """Two teachers with a class each, and an admin."""
    found = {name: person(session, "teacher", name=name, now=NOW) for name in ("Ann", "Bea")}
    found["root"] = person(session, "admin", name="root", now=NOW)
    for name, pupil in (("Ann", "Mia"), ("Bea", "Noah")):
        made = classrooms.create(session, found[name], name=f"Class of {name}", zone="UTC", now=NOW)
        rosters.add_roster(session, made, [pupil], now=NOW)
    session.commit()
    return found


def open_log(app: Flask, session: Session, account: Account, query: str = "") -> str:
    return Visitor(client_of(app, session, account, now=NOW)).open(f"/teach/log{query}").text


def test_teachers_read_of_their_own_classes_and_decks_and_admins_everything(
    app: Flask, session: Session, people: dict[str, Account]
) -> None:
    noah = session.scalars(select(Enrolment).where(Enrolment.name == "Noah")).one()
    log.record(session, people["Bea"], Action.STUDENT_REMOVED, noah, now=NOW)
    deck = add_deck(session, "rivers", owner_id=people["Ann"].id, now=NOW)
    log.record(session, people["root"], Action.DECK_MADE_PUBLIC, deck, now=NOW)
    log.record(session, None, Action.ACCOUNT_DISABLED, people["Bea"], now=NOW)
    session.commit()
    ann, bea, root = (open_log(app, session, people[name]) for name in ("Ann", "Bea", "root"))
    assert "root made the deck public Deck rivers 2 Mar 2026, 09:00" in ann
    assert "Noah" not in ann
    assert "You removed a student from the class : Noah Class of Bea" in bea.replace("class:", "class :")
    assert "Deck rivers" not in bea
    assert "blocked the account" not in bea
    for told in (
        "Bea removed a student",
        "You made the deck public",
        "The command line blocked the account",
    ):
        assert told in root


def test_one_who_was_erased_has_no_name_in_it(
    app: Flask, session: Session, people: dict[str, Account]
) -> None:
    entry = log.record(session, people["Bea"], Action.CLASS_ARCHIVED, (), now=NOW)
    entry.actor_id = None
    session.commit()
    assert "A teacher who has left archived the class" in open_log(app, session, people["root"])


def test_the_log_comes_by_pages_in_the_same_number_of_queries(
    app: Flask, session: Session, people: dict[str, Account]
) -> None:
    here = session.scalars(select(Classroom).where(Classroom.name == "Class of Ann")).one()
    assert "Nothing yet" in open_log(app, session, people["Ann"])
    for number in range(120):
        log.record(session, people["Ann"], Action.STUDENTS_ADDED, here, {"students": number}, now=NOW)
        if number == 10:
            session.commit()
            few = queries(app, session, people["Ann"])
    session.commit()
    assert queries(app, session, people["Ann"]) == few
    visitor = Visitor(client_of(app, session, people["Ann"], now=NOW))
    page, seen = visitor.open("/teach/log"), []
    while True:
        seen += [row.strong.next_sibling.strip() for row in page.soup.select("ol.rows > li")]
        if "Older" not in page.text:
            break
        page = visitor.open(page.link("Older"))
    assert seen == [words("STUDENTS_ADDED", f'{{"students": {n}}}') for n in reversed(range(120))]
    assert "Newer" in page.text


def queries(app: Flask, session: Session, account: Account) -> int:
    client, counted = client_of(app, session, account, now=NOW), []

    def count(*_: object) -> None:
        counted.append(1)

    engine = app.extensions["sqlalchemy"]
    with app.app_context():
        event.listen(engine.engine, "before_cursor_execute", count)
        assert client.get("/teach/log").status_code == 200
        event.remove(engine.engine, "before_cursor_execute", count)
    return len(counted)


def test_words_are_whole_and_an_act_that_is_not_known_keeps_its_name() -> None:
    assert words("STUDENTS_ADDED", '{"students": 1}') == "added 1 student to the class"
    assert words("ROLE_CHANGED", '{"before": "student"}') == "changed the role from student to …"
    assert words("SOMETHING_OLD", "{}") == "something old"
