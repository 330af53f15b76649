"""A quiz and the editor by keyboard alone: all is reached with Tab, and what has the focus can be seen."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.e2e.learner import QUESTION, Learner, listens
from tests.e2e.site import Site


def press(learner: Learner, place: Locator, key: str = "Enter") -> None:
    """Go there with Tab and press a key there."""
    learner.to(place)
    expect(place).to_be_in_viewport()
    learner.press(key)


def test_a_quiz_from_its_start_to_its_answers(visit: Callable[..., Page], site: Site) -> None:
    learner = Learner(visit(site.guest(deck="short"), "/quiz/new?deck=short"), site.engine)
    page = learner.page
    press(learner, page.get_by_role("button", name="Start"))
    for number in (1, 2, 3):
        expect(page.locator("h1")).to_have_text(f"Question {number}")
        page.locator(QUESTION).wait_for()
        listens(page)
        learner.press("1")
        learner.press("Enter")
        expect(page.locator("h1.verdict")).to_be_visible()
        expect(page.locator(":focus")).to_be_in_viewport()
        learner.press("Enter")
    expect(page.locator("h1")).to_contain_text("of 3")
    press(learner, page.locator("main").get_by_role("link").last)


def test_a_question_is_written_and_published(visit: Callable[..., Page], site: Site) -> None:
    site.new_deck("by-keys")
    learner = Learner(visit(site.teacher(), "/teach/decks/by-keys/add/single_choice"), site.engine)
    page = learner.page
    learner.to(page.get_by_label("Question"))
    page.keyboard.type("Which planet do keys alone reach?")
    for row, planet in enumerate(("Mercury", "Venus")):
        learner.to(page.locator(f"[name=content-options-{row}-text]"))
        page.keyboard.type(planet)
    page.keyboard.press("Shift+Tab")
    right = page.locator("[name=content-options-right]").first
    for _step in range(10):
        if right.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    expect(right).to_be_checked()
    page.keyboard.press("Control+p")
    expect(page.locator("#preview")).to_be_focused()
    page.keyboard.press("Control+p")
    press(learner, page.get_by_role("button", name="Publish", exact=True))
    expect(page.get_by_text("Students will see it")).to_be_visible()
    press(learner, page.locator("details.menu summary"))
    page.keyboard.press("Escape")
    expect(page.locator("details.menu summary")).to_be_focused()
