"""A lesson with four people at work at once: two students study, a colleague writes, and the teacher decides, assigns
and marks in the middle of it. Nothing that anyone has in hand is lost or counted otherwise than it was meant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.services.accounts import accounts
from quizapp.services.classes import class_decks, classrooms
from quizapp.storage.library.tables import DeckShare
from tests import world
from tests.e2e.conftest import Watch
from tests.e2e.learner import VERDICT, listens
from tests.e2e.looking import look
from tests.e2e.site import Site
from tests.serving import quizapp

RIVER, PEAK = "Which river flows through the capital of Austria?", "Which peak is the highest of Austria?"
PHONE = {"viewport": {"width": 390, "height": 844}}


@dataclass(frozen=True)
class Lesson:
    """Who is there, each in a browser of their own, and the one question there is."""

    teacher: Page
    colleague: Page
    anna: Page
    bela: Page
    river: int


@pytest.fixture
def lesson(new_context: Callable[..., BrowserContext], site: Site) -> Lesson:
    now = datetime.now(UTC)
    with Session(site.engine, expire_on_commit=False) as session, session.begin():
        vera = accounts.by_name(session, "Ms Vera")
        assert vera is not None
        reed = accounts.sign_up(session, None, name="Mr Lesson", password_hash="-", role="teacher", now=now)
        deck = world.add_deck(session, "austria", owner_id=vera.id, now=now)
        deck.review = "others"
        session.add(DeckShare(deck_id=deck.id, account_id=reed.id, can_edit=True, added_at=now))
        asked = ShortAnswer(stem=RIVER, key="Danube", rationale="It crosses the city.")
        river = world.add_item(session, deck, "river", asked, now=now).id
        room = classrooms.create(session, vera, name="6c", zone="UTC", now=now)
        class_decks.choose(session, room, vera, ["austria"], now=now)
        classrooms.set_joining(session, room, is_open=True, now=now)
        code, token = room.join_code, accounts.sign_in(session, reed, now=now, browser="test")

    def page(cookies: Any = (), **options: Any) -> Page:
        context = new_context(**options)
        context.add_cookies(list(cookies))
        return context.new_page()

    def pupil(name: str) -> Page:
        phone = page(**PHONE)
        phone.goto(f"/join/{code}")
        phone.get_by_label("Your name").fill(name)
        phone.get_by_role("button", name="Join").click()
        expect(phone.get_by_text("You’ve joined")).to_be_visible()
        return phone

    colleague = page([{"name": "quizapp", "value": token, "url": site.url}])
    return Lesson(page(site.teacher()), colleague, pupil("Anna"), pupil("Bela"), river)


def say(student: Page, text: str) -> None:
    """Answer the question that is on the page."""
    student.get_by_role("textbox").fill(text)
    listens(student)
    student.keyboard.press("Enter")
    expect(student.locator(VERDICT)).to_be_visible()


def test_approving_accepting_and_assigning_while_others_work(
    lesson: Lesson, site: Site, watch: Watch
) -> None:
    teacher, colleague, anna, bela = lesson.teacher, lesson.colleague, lesson.anna, lesson.bela
    for student in (anna, bela):  # both have the question before them
        student.goto(f"/study/?item={lesson.river}")
        expect(student.locator("#stem")).to_have_text(RIVER)
    colleague.goto("/teach/decks/austria/add/short_answer")
    colleague.get_by_label("Question").fill(PEAK)
    colleague.get_by_label("Answer", exact=True).fill("Grossglockner")

    say(anna, "Donau")
    expect(anna.locator(VERDICT)).to_have_text("Incorrect")
    anna.get_by_text("I was right", exact=True).click()
    anna.get_by_role("button", name="Ask for a review").click()
    expect(anna.get_by_text("It hasn’t been reviewed yet.")).to_be_visible()
    colleague.get_by_role("button", name="Send for review", exact=True).click()
    expect(colleague.get_by_text("Sent for review.")).to_be_visible()

    teacher.goto("/teach/queue/")
    expect(teacher.get_by_role("link", name=RIVER, exact=True)).to_be_visible()
    expect(teacher.get_by_role("link", name=PEAK, exact=True)).to_be_visible()
    look(teacher)
    teacher.get_by_role("link", name=PEAK, exact=True).click()
    teacher.get_by_role("button", name="Approve").click()
    teacher.goto("/teach/queue/")
    teacher.get_by_role("link", name=RIVER, exact=True).click()
    teacher.get_by_role("button", name="Accept for all").click()
    expect(teacher.locator("h1")).to_have_text("Regraded")

    say(bela, "Donau")  # on the page that Bela has had open all the time
    expect(bela.locator(VERDICT)).to_have_text("Correct")
    anna.goto("/")
    expect(anna.get_by_text("now counts")).to_be_visible()
    colleague.goto("/teach/decks/austria")
    expect(colleague.get_by_role("link", name=PEAK, exact=True)).to_be_visible()
    expect(colleague.locator(".badge", has_text="In review")).to_have_count(0)

    bela.get_by_role("link", name="Next").click()
    expect(bela.locator("#stem")).to_have_text(PEAK)  # approved a moment ago
    teacher.goto("/teach/decks/austria/assign")
    teacher.get_by_label("Class", exact=True).select_option(label="6c")
    teacher.get_by_label("Title").fill("Two questions on Austria")
    teacher.get_by_role("button", name="Assign").click()
    expect(teacher.locator("h1")).to_have_text("Two questions on Austria")
    say(bela, "Grossglockner")  # with the quiz assigned in the meantime
    expect(bela.locator(VERDICT)).to_have_text("Correct")

    anna.goto("/")
    anna.get_by_role("link", name="Two questions on Austria").click()
    anna.get_by_role("button", name="Start").click()
    expect(anna.locator("form[data-question]")).to_be_visible()
    row = teacher.get_by_role("row").filter(has_text="Anna")
    expect(row).to_contain_text("0 of 2 answered")
    colleague.goto("/teach/decks/austria")
    colleague.get_by_role("link", name=PEAK, exact=True).click()
    colleague.get_by_role("link", name="Edit it").or_(colleague.get_by_label("Question")).first.wait_for()
    colleague.get_by_label("Also accepted").fill("Großglockner\nGlockner")
    colleague.get_by_role("button", name="Save", exact=True).click()
    colleague.get_by_role("button", name="Save this change").click()
    expect(colleague.locator("h1")).to_contain_text("past answer")
    for _question in range(2):  # the attempt goes on as it was begun
        asked = anna.locator("#stem").inner_text()
        anna.get_by_role("textbox").fill("Danube" if asked == RIVER else "Grossglockner")
        anna.get_by_role("button", name="Save").or_(anna.get_by_role("button", name="Check")).click()
        expect(anna.locator("#stem").filter(has_text=asked)).to_have_count(0)
    anna.get_by_role("button", name="Finish").click()
    expect(anna.locator("h1")).to_have_text("2 of 2 points")
    expect(row).to_contain_text("2 of 2")
    look(teacher)

    assert site.answers(site.learner_of(bela.context.cookies())) == 2
    assert site.answers(site.learner_of(anna.context.cookies())) == 3
    checked = quizapp(site.server.folder, "schedule", "rebuild", "--check")
    assert checked.returncode == 0, checked.stdout + checked.stderr
