"""The head of a department with 42 decks and 600 questions, and a class of 31 that has taken a quiz: every page of hers
is fit for a phone and a desk, and from a result any answer is two presses away, its question three."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.classes.terms import Feedback, Sort
from quizapp.domain.library.kinds.base import Typed
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.services.accounts import accounts
from quizapp.services.classes import assigned_attempts, assignments, classrooms, rosters
from quizapp.services.quizzes import attempts
from quizapp.services.study.learner import learner_of
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.tables import Assignment, Classroom, Enrolment
from quizapp.storage.quizzes import attempts as queries
from quizapp.storage.quizzes.tables import Attempt
from tests import factories
from tests.e2e.looking import look
from tests.e2e.site import Site

SUBJECTS = ("Year 7: Rome", "Year 8: The Reformation", "Year 9: The Cold War")
PUPILS = 31
ASKED = (("When did the Berlin Airlift begin?", "1948"), ("Who commanded the airlift?", "William H. Tunner"))
MORE = "Which of the agreements that the four powers signed in {year} said what was to become of the city’s sector {n}?"


def furnish(session: Session, now: datetime) -> tuple[Account, int, int]:
    """The head, her class and its quiz."""
    head = accounts.sign_up(session, None, name="Ms Head", password_hash="-", role="teacher", now=now)
    for number in range(42):
        contents = [
            ShortAnswer(stem=MORE.format(year=1900 + number, n=place), key=f"Agreement {number}-{place}")
            for place in range(14)
        ]
        deck = factories.add_deck(session, contents, slug=f"h-{number}", owner=head, tags=("exam",))
        deck.title, deck.folder = f"The Cold War, lesson {number + 1}", SUBJECTS[number % 3]
        deck.created_at = now
    quizzed = [ShortAnswer(stem=stem, key=key) for stem, key in ASKED]
    factories.add_deck(session, quizzed, slug="airlift", owner=head).title = "The Berlin Airlift"
    room = classrooms.create(session, head, name="9A History", zone="Europe/London", now=now)
    names = [
        f"{first} {last}"
        for first in ("Lily", "Anh", "Omar", "Zoë")
        for last in "Adams Baker Nguyen O’Neil Papadopoulou-Szczepańska Quirk Rossi Smith".split()
    ]
    rosters.add_roster(session, room, names[:PUPILS], now=now)
    plan = assignments.Plan(
        title="Airlift check",
        opens_at=now - timedelta(days=1),
        due_at=now + timedelta(days=1),
        feedback=Feedback.END,
    )
    quiz = assignments.create(session, room, head, sort=Sort.QUIZ, deck_slug="airlift", plan=plan, now=now)
    for number, place in enumerate(
        session.scalars(select(Enrolment).where(Enrolment.classroom_id == room.id)).all()
    ):
        if number < 28:
            take(session, place, quiz, number, now)
    return head, room.id, quiz.id


def take(session: Session, place: Enrolment, quiz: Assignment, number: int, now: datetime) -> None:
    """A pupil takes the quiz, more or less well."""
    learner = learner_of(session.get_one(Account, place.learner_id), Settings())
    id_ = assigned_attempts.begin(session, learner, quiz, attempt_id=uuid4(), now=now)
    attempt = session.get_one(Attempt, id_)
    for row in queries.questions(session, id_):
        right = row.content.key if number % 3 else "Tunner" if "Who" in row.content.stem else "1949"
        given = attempts.Given(response=Typed((right,)), at=now, duration_ms=4_000)
        attempts.answer(session, learner, attempt, row.attempt_question, given, prior={})
    attempts.finish(session, learner, attempt, now=now, prior={})


def test_a_head_of_department_finds_anything_and_sees_who_answered_what(
    visit: Callable[..., Page], site: Site
) -> None:
    now = datetime.now(UTC)
    with Session(site.engine, expire_on_commit=False, autoflush=True) as session, session.begin():
        head, room, quiz = furnish(session, now)
        token = accounts.sign_in(session, head, now=now, browser="test")
        pupil = session.scalars(select(Enrolment.id).where(Enrolment.classroom_id == room)).first()
        assert session.get(Classroom, room) is not None
    page = visit([{"name": "quizapp", "value": token, "url": site.url}])
    expect(page.get_by_role("heading", name="Your classes today")).to_be_visible()
    expect(page.get_by_text("28 of 31 done")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Airlift check").click()
    look(page)
    page.get_by_role("link", name="Who answered what").click()
    look(page)
    page.locator("td.cell.wrong a").first.click()
    expect(page.get_by_role("link", name="Edit question").first).to_be_visible()
    look(page)
    for path in (
        f"/classes/students/{pupil}", f"/classes/{room}/grades", f"/classes/{room}", f"/classes/{room}/people",
        f"/classes/assignments/{quiz}/questions", f"/classes/assignments/{quiz}/preview/1",
        f"/classes/assignments/{quiz}/paper", f"/classes/assignments/{quiz}/share", "/teach/decks/h-3",
        "/teach/decks/h-3/assign", "/teach/decks/h-3/edit", "/teach/decks/h-3/sharing", "/teach/log?about=grades",
    ):  # fmt: skip
        page.goto(path)
        look(page)
    page.goto("/teach/")
    look(page)
    page.get_by_label("Find a deck").fill("lesson 17")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("link", name="The Cold War, lesson 17")).to_be_visible()
    page.get_by_role("link", name="Questions", exact=True).click()
    look(page)
    page.get_by_label("Find in questions and answers").fill("1941 sector 7")
    page.get_by_role("button", name="Find").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.goto(f"/classes/{room}/roster")
    page.get_by_label("Names").fill("Surname,First name,Year\nAdams,Tom,9\nadams,tom,9\nNguyen,Mai,9")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("button", name="Add 2 students")).to_be_visible()
    look(page)
