"""A key that was too narrow, from hand to hand: students are graded again and told, and it can be taken back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.services.accounts import accounts
from quizapp.services.corrections import regrades
from quizapp.services.library.items import Draft, write_version
from quizapp.storage.library.tables import Item
from tests import world
from tests.e2e.conftest import Watch
from tests.e2e.learner import listens
from tests.e2e.looking import look
from tests.e2e.site import Site

STEM = "Which river flows through Vienna?"
NUMBER = count(1)


@dataclass(frozen=True)
class River:
    """A question whose key leaves out a fair answer, its teacher, and students who have answered it."""

    item: int
    deck: str
    teacher: Page
    donau: Page
    danube: Page

    def answer(self, student: Page, text: str) -> None:
        student.goto(f"/study/?item={self.item}")
        student.get_by_role("textbox").fill(text)
        listens(student)
        student.keyboard.press("Enter")
        expect(student.locator("h1.verdict")).to_be_visible()

    def feedback(self, student: Page) -> str:
        """Where what came of the answer that was just given can be read again."""
        sent = student.locator("form[action^='/reports/study/']").get_attribute("action") or ""
        return f"/study/feedback/{sent.rpartition('/')[2]}"


@pytest.fixture
def river(new_context: Callable[..., BrowserContext], site: Site) -> Iterator[River]:
    slug, now = f"rivers-{next(NUMBER)}", datetime.now(UTC)
    with Session(site.engine) as session, session.begin():
        vera = accounts.by_name(session, "Ms Vera")
        assert vera is not None
        deck = world.add_deck(session, slug, owner_id=vera.id, now=now)
        deck.public = True
        asked = ShortAnswer(stem=STEM, key="Danube", rationale="It crosses the city.")
        item = world.add_item(session, deck, slug, asked, now=now).id

    def page(cookies: object) -> Page:
        context = new_context()
        context.add_cookies(cookies)  # type: ignore[arg-type]
        return context.new_page()

    made = River(item, slug, page(site.teacher()), page(site.guest(deck=slug)), page(site.guest(deck=slug)))
    made.answer(made.donau, "Donau")
    expect(made.donau.locator("h1.verdict")).to_have_text("Incorrect")
    made.answer(made.danube, "Danube")
    return made


def test_a_key_made_wider_in_the_editor_reaches_past_answers_and_can_be_taken_back(
    river: River, watch: Watch
) -> None:
    feedback, teacher = river.feedback(river.donau), river.teacher
    teacher.goto(f"/teach/items/{river.item}")
    teacher.get_by_label("Also accepted").fill("Donau")
    teacher.get_by_role("button", name="Save", exact=True).click()
    expect(teacher.get_by_role("radio", name="Answer key")).to_be_checked()
    teacher.get_by_role("button", name="Save this change").click()
    expect(teacher.locator("h1")).to_have_text("1 past answer of 1 student would change.")
    look(teacher)
    teacher.get_by_role("button", name="Regrade 1 answer").click()
    expect(teacher.locator("h1")).to_have_text("Regraded")  # by itself
    expect(teacher.get_by_text("Regraded: 1 answer of 1 student.")).to_be_visible()
    look(teacher)

    river.donau.goto("/")
    expect(river.donau.get_by_text("now counts")).to_be_visible()
    look(river.donau)
    river.donau.get_by_role("link", name="See the answer").click()
    expect(river.donau.locator("h1.verdict")).to_have_text("Correct")
    river.danube.goto("/")
    expect(river.danube.get_by_text("now counts")).to_have_count(0)
    river.donau.goto("/")
    river.donau.get_by_role("button", name="Got it").click()
    expect(river.donau.get_by_text("now counts")).to_have_count(0)

    teacher.get_by_role("button", name="Undo the regrade").click()
    expect(teacher.locator("h1")).to_have_text("Undone")
    look(teacher)
    river.donau.goto("/")
    expect(river.donau.get_by_text("has its original grade again")).to_be_visible()
    river.donau.goto(feedback)
    expect(river.donau.locator("h1.verdict")).to_have_text("Incorrect")


def test_a_claim_is_accepted_from_the_queue_with_one_press_and_its_taking_back_opens_it_again(
    river: River, new_context: Callable[..., BrowserContext], site: Site, watch: Watch
) -> None:
    feedback, teacher = river.feedback(river.donau), river.teacher
    river.donau.get_by_text("I was right", exact=True).click()
    river.donau.get_by_label("Why?").fill("That is its name in Vienna.")
    look(river.donau)
    river.donau.get_by_role("button", name="Ask for a review").click()
    expect(river.donau.get_by_text("It hasn’t been reviewed yet.")).to_be_visible()
    river.answer(river.danube, "the Donau")  # the same answer to a grader
    river.danube.get_by_text("I was right", exact=True).click()
    river.danube.get_by_role("button", name="Ask for a review").click()
    expect(river.danube.get_by_text("It hasn’t been reviewed yet.")).to_be_visible()

    teacher.goto("/teach/queue")
    entry = teacher.locator(".queue > .row", has_text="That is its name in Vienna.")
    expect(entry).to_contain_text("2 students")
    look(teacher)
    entry.locator(".settle").get_by_role("link", name="Decide").click()
    expect(teacher.get_by_text("2 past answers of 2 students would change.")).to_be_visible()
    look(teacher)
    teacher.get_by_role("button", name="Accept for all").click()
    expect(teacher.locator("h1")).to_have_text("Regraded")

    river.donau.goto("/")
    expect(river.donau.get_by_text("now counts")).to_be_visible()
    river.donau.goto(feedback)
    expect(river.donau.locator("h1.verdict")).to_have_text("Correct")
    river.danube.goto("/")
    expect(river.danube.get_by_text("now counts")).to_be_visible()

    teacher.get_by_role("button", name="Undo the regrade").click()
    expect(teacher.locator("h1")).to_have_text("Undone")
    river.donau.goto("/")
    expect(river.donau.get_by_text("now counts")).to_have_count(0)  # not read yet: never said
    river.donau.goto(feedback)
    expect(river.donau.locator("h1.verdict")).to_have_text("Incorrect")
    expect(river.donau.get_by_text("It hasn’t been reviewed yet.")).to_be_visible()
    expect(teacher.get_by_role("link", name="Review the claim")).to_be_visible()


def test_a_claim_is_declined_with_a_word_that_its_student_reads(river: River, watch: Watch) -> None:
    river.donau.get_by_text("I was right", exact=True).click()
    river.donau.get_by_role("button", name="Ask for a review").click()
    expect(river.donau.get_by_text("It hasn’t been reviewed yet.")).to_be_visible()
    teacher = river.teacher
    teacher.goto(f"/teach/claims/{river.item}?answer=donau")
    teacher.get_by_label("Message to the student").fill("In English, please.")
    teacher.get_by_role("button", name="Decline").click()
    expect(teacher.get_by_text("The student is told.")).to_be_visible()
    river.donau.goto("/")
    expect(river.donau.get_by_text("In English, please.")).to_be_visible()
    look(river.donau)
    river.donau.get_by_role("link", name="See the answer").click()
    expect(river.donau.get_by_text("the grade stays as it is. “In English, please.”")).to_be_visible()


def test_the_page_of_a_regrade_shows_how_far_it_is_and_follows_it_to_its_end(
    river: River, site: Site, watch: Watch
) -> None:
    teacher = river.teacher
    with Session(site.engine, autoflush=False) as session, session.begin():
        item = session.get_one(Item, river.item)
        draft = Draft(content=ShortAnswer(stem=STEM, key="Danube", accept=("Donau",)))
        write_version(session, item, draft, author_id=item.deck.owner_id, now=datetime.now(UTC), change="key")
        assert item.version is not None
        assert item.deck.owner is not None
        author, now = item.deck.owner, datetime.now(UTC)
        ordered = regrades.order(session, item, item.version, "key", author=author, now=now).id
    with closing(sqlite3.connect(site.server.database, isolation_level=None)) as busy:
        busy.execute("BEGIN IMMEDIATE")  # someone writes: batches wait for their turn
        teacher.goto(f"/teach/regrades/{ordered}")
        expect(teacher.locator("h1")).to_have_text("Being regraded")
        expect(teacher.get_by_text("0 of 2 students done.")).to_be_visible()
        look(teacher)
        busy.rollback()
    expect(teacher.locator("h1")).to_have_text("Regraded")
    expect(teacher.get_by_role("progressbar")).to_have_count(0)
