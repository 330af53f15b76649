"""A quiz from its start to its result, left and resumed on the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select

from quizapp.storage.study.tables import Review
from tests.e2e.learner import listens
from tests.e2e.site import Site


def begin(page: Page, deck: str, *, length: str, feedback: str) -> None:
    page.goto(f"/decks/{deck}")
    page.get_by_role("link", name="Take a quiz").click()
    page.get_by_label(length).check()
    page.get_by_label(feedback).check()
    page.get_by_role("button", name="Start").click()


def answers(site: Site, page: Page) -> list[Any]:
    """What the learner's log holds: where from, and the score."""
    me = site.learner_of(page.context.cookies())
    with site.engine.connect() as connection:
        return list(connection.execute(select(Review.source, Review.score).where(Review.learner_id == me)))


def test_a_quiz_with_the_answers_at_the_end_survives_closing_the_page(guest: Page, site: Site) -> None:
    begin(guest, "short", length="All 3", feedback="At the end")
    guest.get_by_label("True").check()
    guest.get_by_role("button", name="Save").click()
    expect(guest.get_by_text("1 of 3")).to_be_visible()
    guest.close()

    page = guest.context.new_page()
    page.goto("/decks/short")
    page.get_by_role("link", name="Take a quiz").click()
    expect(page.get_by_text("answered 1 of 3")).to_be_visible()
    page.get_by_role("link", name="Continue this quiz").click()
    expect(page.get_by_text("1 of 3")).to_be_visible()
    page.get_by_label("False").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("2 of 3")).to_be_visible()
    page.get_by_role("link", name="All questions").click()
    expect(page.locator("h1")).to_have_text("1 question still open")
    assert answers(site, page) == [], "until it is finished nothing counts"
    page.get_by_role("link", name="2.").click()
    expect(page.locator("main").get_by_text("Your answer so far: False")).to_be_visible()
    page.get_by_label("True").check()  # changed one's mind
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Question 3")).to_be_attached()
    page.get_by_label("False").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_have_text("All answered")
    page.get_by_role("button", name="Finish").click()
    expect(page.locator("h1")).to_have_text("2 of 3 points")
    expect(page.get_by_role("link", name="Study what you missed (1)")).to_be_visible()
    assert sorted(answers(site, page)) == [("quiz", 0.0), ("quiz", 1.0), ("quiz", 1.0)]
    page.get_by_role("link", name="Question 3 with").click()
    expect(page.locator("h1.verdict")).to_have_text("Incorrect")


def test_a_quiz_with_the_answers_at_once_is_taken_by_keyboard(guest: Page, site: Site) -> None:
    begin(guest, "short", length="All 3", feedback="After each question")
    for position in (1, 2, 3):
        expect(guest.get_by_role("heading", name=f"Question {position}")).to_be_attached()
        listens(guest)
        guest.keyboard.press("1" if guest.locator("label.option").first.inner_text() == "True" else "2")
        listens(guest)
        guest.keyboard.press("Enter")
        expect(guest.locator("h1.verdict")).to_be_visible()
        assert len(answers(site, guest)) == position
        listens(guest)
        guest.keyboard.press("Enter")
    expect(guest.locator(".review")).to_have_count(3)
    assert len(answers(site, guest)) == 3


@pytest.mark.parametrize("feedback", ["After each question", "At the end"])
def test_a_question_answered_in_two_tabs_of_a_quiz_counts_once(
    guest: Page, site: Site, feedback: str
) -> None:
    begin(guest, "short", length="All 3", feedback=feedback)
    second = guest.context.new_page()
    second.goto(guest.url)
    for page in (guest, second):
        page.get_by_label("True").check()
        page.get_by_role("button", name="Check" if "After" in feedback else "Save").click()
        page.wait_for_load_state("networkidle")
    guest.goto(guest.url.rsplit("/", 1)[0] + "/overview")
    guest.get_by_label("2 questions are open. Finish anyway.").check()
    guest.get_by_role("button", name="Finish").click()
    expect(guest.locator("h1")).to_have_text("1 of 3 points")
    assert len([score for _, score in answers(site, guest) if score == 1.0]) == 1


def test_a_quiz_is_taken_without_scripts(new_context: Callable[..., BrowserContext], site: Site) -> None:
    context = new_context(java_script_enabled=False)
    context.add_cookies(site.guest())
    page = context.new_page()
    begin(page, "short", length="All 3", feedback="After each question")
    for _ in (1, 2, 3):
        page.get_by_label("True").check()
        page.get_by_role("button", name="Check").click()
        expect(page.locator("h1.verdict")).to_have_text("Correct")
        page.locator("a[data-primary], button[data-primary]").click()
    expect(page.locator("h1")).to_have_text("3 of 3 points")
