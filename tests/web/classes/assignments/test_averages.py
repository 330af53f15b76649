"""The averages of a class when students are erased: they stay, and name no one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.classes.terms import Sort
from quizapp.services.classes import classrooms
from quizapp.services.privacy import erasure
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.tables import Assignment, Enrolment, ErasedAnswers, ErasedResult
from quizapp.storage.library.tables import Deck
from tests import factories
from tests.web.classes.assignments.test_routes import take
from tests.web.classes.conftest import NOW, Class, Place
from tests.world import Seen, rows_of

GIVEN = (("Danube", "Elbe"), ("Danube",), ("Danube", "Danube", "Loire"), ("Volga",))  # by four students


def erase(room: Class, place: Place) -> None:
    account = room.session.get_one(Account, place.learner_id)
    erasure.erase(room.session, account, now=datetime.now(UTC))
    room.session.commit()


def averages(page: Seen) -> tuple[list[str], list[str]]:
    """The figures of the whole class's results, and how each question went."""
    figures = [
        " ".join(each.get_text(" ").split())
        for each in page.soup.select(".figures-row > div")
        if "average" in each.get_text() or "middle half" in each.get_text()
    ]
    section = page.soup.select_one("section[aria-labelledby=questions]")
    assert section, (page.status, page.text[:3000])
    return figures, [
        row.h3.get_text() + " " + " ".join(row.select_one(".row-end").get_text(" ").split())
        for row in section.select("li")
    ]


@pytest.fixture
def quiz(room: Class) -> tuple[int, list[Place]]:
    """A quiz that four students have taken."""
    places = room.seat("Amy", "Bea", "Cem", "Dan")
    made = room.give(questions=6)
    for place, rivers in zip(places, GIVEN, strict=True):
        take(room.phone(place), made, *rivers)
    return made, places


def test_a_quizs_averages_stay_the_same_anyone_who_is_erased(
    room: Class, quiz: tuple[int, list[Place]], session: Session
) -> None:
    made, places = quiz
    before = averages(room.desk.open(f"/classes/assignments/{made}"))
    assert len(before[0]) == 2
    assert before[1]
    for count, place in enumerate(places, start=1):
        erase(room, place)
        page = room.desk.open(f"/classes/assignments/{made}")
        if count < len(places):
            assert averages(page)[0] == before[0]
        assert averages(page)[1] == before[1]
        assert ("not kept" in page.text, "Amy" in page.text) == (True, False)
    assert len(rows_of(session, ErasedResult)) == len(places)


def test_what_one_has_learnt_of_a_deck_to_know_stays_in_the_average(room: Class, session: Session) -> None:
    amy, bea = room.seat("Amy", "Bea")
    made = room.give(Sort.STUDY)
    deck = session.scalars(select(Deck)).one()
    for item_id, right in zip(factories.item_ids(session, deck), (True, True, False), strict=False):
        factories.answer(session, room.learner(amy), item_id, right, at=NOW)
    factories.answer(session, room.learner(bea), factories.item_ids(session, deck)[0], at=NOW)
    session.commit()
    before = averages(room.desk.open(f"/classes/assignments/{made}"))
    assert before[1]
    erase(room, amy)
    assert averages(room.desk.open(f"/classes/assignments/{made}")) == before


def test_what_the_erased_leave_goes_with_the_assignment(
    room: Class, quiz: tuple[int, list[Place]], session: Session
) -> None:
    made, places = quiz
    erase(room, places[0])
    assert rows_of(session, ErasedAnswers)
    session.delete(session.get_one(Assignment, made))
    session.commit()
    assert rows_of(session, ErasedAnswers) == rows_of(session, ErasedResult) == []


def test_a_student_who_was_removed_before_leaves_nothing(
    room: Class, quiz: tuple[int, list[Place]], session: Session
) -> None:
    _, places = quiz
    classrooms.set_removed(session, session.get_one(Enrolment, places[0].id), removed=True, now=NOW)
    erase(room, places[0])
    assert rows_of(session, ErasedResult) == []
