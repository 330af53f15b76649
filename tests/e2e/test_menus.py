"""Menus are left as people expect, and the colours can be changed in the middle of studying."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.learner import QUESTION, Learner
from tests.e2e.looking import look
from tests.e2e.site import Site


def test_escape_closes_the_menu_and_gives_back_the_focus(visit: Callable[..., Page], site: Site) -> None:
    page = visit(site.guest())
    button, entry = page.locator("details.menu summary"), page.get_by_role("link", name="Settings")
    button.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(entry).to_be_visible()
    page.keyboard.press("Escape")
    expect(entry).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(entry).to_be_visible()
    page.locator("h1").click()
    expect(entry).to_be_hidden()


def test_the_colours_are_changed_while_studying_and_nothing_is_answered(
    visit: Callable[..., Page], site: Site
) -> None:
    learner = Learner(visit(site.guest(deck="short"), "/study/"), site.engine)
    page, me = learner.page, site.learner_of(learner.page.context.cookies())
    page.locator(QUESTION).get_by_role("radio").first.check()
    page.locator("[data-colours] summary").click()
    look(page)
    page.get_by_role("radio", name="Dark").check()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.keyboard.press("Enter")
    page.keyboard.press("1")
    page.keyboard.press("Escape")
    expect(page.locator("[data-colours] summary")).to_be_focused()
    expect(page.locator(QUESTION)).to_be_visible()
    assert site.answers(me) == 0
    learner.answer(learner.knows())
    learner.next()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.locator("[data-colours] summary").click()
    expect(page.get_by_role("radio", name="Dark")).to_be_checked()
