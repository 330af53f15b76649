"""Who gets into a class: its teachers and no one else, and nothing of it is told to those outside."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.services.accounts import accounts
from quizapp.services.classes import classrooms, rosters
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.tables import Classroom, Enrolment
from tests.world import client_of, dump, endpoints, masked, person

NOW = datetime.now(UTC)
CANARIES = ("CanaryClass", "CanaryPupil", "CanaryOut")
INSIDE = ("founder", "co_teacher")
OUTSIDE = ("anonymous", "guest", "student", "removed", "elsewhere", "teacher", "former", "admin", "disabled")


@pytest.fixture
def clients(app: Flask, session: Session) -> dict[str, FlaskClient]:
    """Everyone who may come to the class's doors; the class holds canaries."""
    people = {
        name: person(session, "teacher", name=name, now=NOW)
        for name in (*INSIDE, "teacher", "former", "disabled")
    }
    people["admin"] = person(session, "admin", name="admin", now=NOW)
    people["guest"] = person(session, "guest", now=NOW)
    classroom = classrooms.create(session, people["founder"], name="CanaryClass", zone="UTC", now=NOW)
    other = classrooms.create(session, people["teacher"], name="Other", zone="UTC", now=NOW)
    for name in ("co_teacher", "former", "disabled"):
        classrooms.add_teacher(session, classroom, name=name, now=NOW)
    classrooms.remove_teacher(session, classroom, account_id=people["former"].id)
    for place, name, actor in (
        (classroom, "CanaryPupil", "student"),
        (classroom, "CanaryOut", "removed"),
        (other, "Visitor", "elsewhere"),
    ):
        rosters.add_roster(session, place, [name], now=NOW)
        row = session.scalars(select(Enrolment).where(Enrolment.name == name)).one()
        people[actor] = session.get_one(Account, row.learner_id)
        if actor == "removed":
            classrooms.set_removed(session, row, removed=True, now=NOW)
    session.commit()
    made = {name: client_of(app, session, account, now=NOW) for name, account in people.items()}
    accounts.set_disabled(session, people["disabled"], disabled=True, now=NOW)
    session.commit()
    return {**made, "anonymous": app.test_client()}


def addresses(app: Flask, session: Session, **instead: int) -> list[tuple[str, str]]:
    """(method, address) of everything that names this class or a student of it."""
    values = {
        "classroom_id": session.scalars(select(Classroom.id).where(Classroom.name == "CanaryClass")).one(),
        "enrolment_id": session.scalars(select(Enrolment.id).where(Enrolment.name == "CanaryPupil")).one(),
    } | instead
    session.rollback()
    urls = app.url_map.bind("localhost")
    return [
        (method, urls.build(rule.endpoint, {name: values[name] for name in rule.arguments}))
        for endpoint, method, rule in sorted(endpoints(app), key=lambda each: each[:2])
        if endpoint.startswith("classrooms.") and rule.arguments & values.keys()
        if endpoint != "classrooms.leave"  # a student's own door; see test_joining
    ]


@pytest.mark.parametrize("actor", INSIDE)
def test_its_teachers_get_in(
    app: Flask, session: Session, clients: dict[str, FlaskClient], actor: str
) -> None:
    for method, address in addresses(app, session):
        if not address.endswith(("/teachers/remove", "/own-decks")):  # without a name there is nothing to do
            assert clients[actor].open(address, method=method).status_code != 404, (method, address)


@pytest.mark.parametrize("actor", OUTSIDE)
def test_to_all_others_it_is_not_there(
    app: Flask, session: Session, clients: dict[str, FlaskClient], actor: str
) -> None:
    before = dump(session.get_bind())
    missing = addresses(app, session, classroom_id=999_999, enrolment_id=999_999)
    for (method, address), (_, nowhere) in zip(addresses(app, session), missing, strict=True):
        if actor == "student" and address.endswith("/own-decks"):
            continue  # a student's own door
        found, expected = (clients[actor].open(each, method=method) for each in (address, nowhere))
        assert found.status_code == expected.status_code, (method, address)
        assert found.status_code in (
            {303} if method == "GET" and actor in {"anonymous", "disabled"} else {404}
        )
        assert masked(found.get_data(as_text=True)) == masked(expected.get_data(as_text=True))
        assert found.headers.get("Location") == expected.headers.get("Location")
    assert dump(session.get_bind()) == before


@pytest.mark.parametrize("actor", OUTSIDE)
def test_no_page_that_anyone_opens_names_it(
    app: Flask, session: Session, clients: dict[str, FlaskClient], actor: str
) -> None:
    own = {"student": ("CanaryClass", "CanaryPupil"), "removed": ("CanaryOut",)}.get(actor, ())
    for path in ("/", "/classes/", "/join", "/decks/", "/account/", "/progress/"):
        html = clients[actor].get(path).get_data(as_text=True)
        assert not [canary for canary in CANARIES if canary in html and canary not in own], path
