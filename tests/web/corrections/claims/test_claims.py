"""“I was right” in a browser without scripts: beneath an answer, in the queue, decided, and read about."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Typed
from quizapp.storage.accounts.tables import Account
from quizapp.storage.corrections.tables import Claim
from quizapp.storage.library.tables import Item, ItemVersion
from tests import factories, world
from tests.factories import NOW, checked
from tests.web.corrections.regrading.test_regrading import RIVER, answered, done
from tests.world import Seen, Visitor, rows_of


@pytest.fixture
def teacher(session: Session) -> Account:
    return world.person(session, "teacher", name="Ms Rivers", now=NOW)


@pytest.fixture
def desk(app: Flask, session: Session, teacher: Account) -> Visitor:
    return Visitor(world.client_of(app, session, teacher, now=NOW))


@pytest.fixture
def item(session: Session, teacher: Account) -> Item:
    deck = factories.add_deck(session, [], owner=teacher, public=True)
    made = factories.add_item(session, deck, RIVER, key="t-1")
    session.commit()
    return made


@pytest.fixture
def pupils(app: Flask, session: Session) -> list[Visitor]:
    people = [world.person(session, "student", name=f"Pupil {number}", now=NOW) for number in range(3)]
    return [Visitor(world.client_of(app, session, each, now=NOW)) for each in people]


def claimed(pupil: Visitor, item: Item, text: str = "Donau", reason: str = "") -> Seen:
    return pupil.send(answered(pupil, item, text), {"reason": reason}, "/claims/study")


def test_an_answer_that_was_right_offers_no_claim(pupils: list[Visitor], item: Item) -> None:
    assert "I was right" not in answered(pupils[0], item, "Danube").text
    assert "I was right" in answered(pupils[1], item, "Donau").text


def test_from_a_claim_to_everyones_mended_answers_and_back(
    app: Flask, desk: Visitor, pupils: list[Visitor], item: Item, session: Session
) -> None:
    feedback = claimed(pupils[0], item, reason="It is the German name.")
    assert feedback.heading == "Incorrect"
    assert "It hasn’t been reviewed yet" in feedback.text
    claimed(pupils[1], item, "the Donau")
    other = answered(pupils[2], item, "donau").path  # claims nothing

    queue = desk.open("/teach/queue/")
    assert "“I was right”" in queue.text
    assert "2 students" in queue.text
    assert queue.soup.select_one(".settle a.button").get_text().startswith("Decide:")
    page = desk.open(queue.link("Which river flows past Vienna?"))
    assert "It is the German name." in page.text
    assert "3 past answers of 3 students would change." in page.text
    assert len(rows_of(session, ItemVersion)) == 1  # nothing is done before it is accepted

    page = desk.send(page, {}, "/accept")
    done(app)
    page = desk.open(page.path)
    assert page.heading == "Regraded"
    assert pupils[2].open(other).heading == "Correct"
    assert pupils[0].open(feedback.path).heading == "Correct"
    assert "Your answer “Donau” to “Which river flows past Vienna?” now counts." in pupils[0].open("/").text
    assert "Nothing to review" in desk.open("/teach/queue/").text
    assert checked(session).differences == []
    session.rollback()

    desk.send(page, {}, "/undo")
    done(app)
    assert pupils[2].open(other).heading == "Incorrect"
    again = pupils[0].open(feedback.path)  # the answer has been graded twice since, and is claimed still
    assert "It hasn’t been reviewed yet" in again.text
    assert (
        pupils[0].post(f"/claims/study/{feedback.path.split('/')[3][:36]}", {"reason": "Still."}).status
        == 200
    )
    assert len(rows_of(session, Claim)) == 2
    assert "2 students" in desk.open("/teach/queue/").text
    assert [version.content for version in rows_of(session, ItemVersion)][-1] == RIVER
    assert checked(session).differences == []


def test_a_declined_claim_is_told_with_a_word(desk: Visitor, pupils: list[Visitor], item: Item) -> None:
    feedback = claimed(pupils[0], item, "Elbe")
    page = desk.open(desk.open("/teach/queue/").link("Which river"))
    assert desk.send(page, {"reply": "x" * 301}, "/decline").status == 422
    page = desk.send(page, {"reply": "The Elbe flows past Dresden."}, "/decline")
    assert "The grade stays as it is. The student is told." in page.text
    home = pupils[0].open("/")
    assert "“The Elbe flows past Dresden.”" in home.text
    assert "stays as it is" not in pupils[0].send(home, {}, "/notices/dismiss").text
    assert "The Elbe flows past Dresden." in pupils[0].open(feedback.path).text


def test_what_was_decided_in_the_meantime_says_so(desk: Visitor, pupils: list[Visitor], item: Item) -> None:
    claimed(pupils[0], item)
    page = desk.open(desk.open("/teach/queue/").link("Which river"))
    desk.send(page, {}, "/decline")
    again = desk.send(page, {}, "/accept")
    assert "already been decided" in again.text
    assert "No one is waiting for an answer" in again.text


def test_a_claim_beneath_a_quizs_answer(
    app: Flask, pupils: list[Visitor], item: Item, session: Session
) -> None:
    pupil = pupils[0]
    page = pupil.open("/quiz/new?deck=rivers")
    page = pupil.send(page, {"feedback": "now"}, "/quiz/start")
    page = pupil.answer(page, Typed(("Donau",)))
    page = pupil.send(page, {}, "/claims/quiz")
    assert "It hasn’t been reviewed yet" in page.text
    assert [claim.normal_form for claim in rows_of(session, Claim)] == ["donau"]


def test_a_quiz_that_tells_at_its_end_takes_no_claim_before(
    pupils: list[Visitor], item: Item, session: Session
) -> None:
    pupil = pupils[0]
    page = pupil.send(pupil.open("/quiz/new?deck=rivers"), {"feedback": "end"}, "/quiz/start")
    attempt = page.path.split("/")[2]
    pupil.answer(page, Typed(("Donau",)))
    told = pupil.post(f"/claims/quiz/{attempt}/1", {})
    assert "after you’ve seen the answer" in told.text
    assert rows_of(session, Claim) == []


def test_the_queue_costs_the_same_with_more_claims(
    desk: Visitor, pupils: list[Visitor], item: Item, count_queries: object
) -> None:
    def cost() -> int:
        before = len(count_queries())  # type: ignore[operator]
        desk.open("/teach/queue/")
        return len(count_queries()) - before  # type: ignore[operator]

    claimed(pupils[0], item)
    few = cost()
    for pupil, text in zip(pupils[1:], ("Dunaj", "Istros"), strict=True):
        claimed(pupil, item, text)
    assert cost() == few
