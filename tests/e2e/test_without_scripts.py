"""Everything a form can do works where no script runs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from quizapp.domain.library.kinds.base import Format
from tests.e2e.conftest import Watch
from tests.e2e.site import Site
from tests.world import POSED


@pytest.fixture
def plain(new_context: Callable[..., BrowserContext]) -> Page:
    """A page of a newcomer whose browser runs no scripts."""
    return new_context(java_script_enabled=False).new_page()


def ask(page: Page, site: Site, kind: str, format: Format) -> None:
    """Go to an item of this kind, asked in this format."""
    posed = next(posed for posed in POSED if posed.kind.name == kind and posed.format is format)
    page.goto(f"/study/?item={site.items[posed.key]}")


def turn(page: Page) -> Locator:
    return page.get_by_role("button", name="Show answer")


def give_up(page: Page) -> None:
    """Not know the answer and go on. A card to turn over leads on by itself, any other question shows
    its answer first."""
    again = page.locator(".ratings button").first
    page.get_by_role("button", name="I don’t know").or_(turn(page)).click()
    expect(page.locator("h1.verdict").or_(again)).to_be_visible()
    if again.is_visible():
        again.click()
    else:
        page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("heading", name="Question 2 today")).to_be_visible()


def test_a_newcomer_begins_answers_and_goes_on(plain: Page, site: Site, watch: Watch) -> None:
    watch.expected.append("422")  # an empty answer, sent on purpose
    plain.goto("/")
    plain.get_by_role("button", name="Answer the first question").click()
    give_up(plain)
    me = site.learner_of(plain.context.cookies())
    assert site.answers(me) == 1

    ask(plain, site, "single_choice", Format.CHOOSE)
    plain.get_by_role("button", name="Check").click()
    expect(plain.get_by_text("Choose or type an answer first.")).to_be_visible()
    plain.get_by_role("radio").first.check()
    plain.get_by_role("button", name="Check").click()
    expect(plain.locator("h1.verdict")).to_be_visible()

    ask(plain, site, "short_answer", Format.TYPE)
    plain.get_by_role("textbox").fill("something")
    plain.get_by_role("button", name="Check").click()
    expect(plain.get_by_text("something")).to_be_visible()

    ask(plain, site, "ordering", Format.ARRANGE)
    for rank, entry in enumerate(plain.get_by_role("combobox").all(), start=1):
        entry.select_option(str(rank))
    plain.get_by_role("button", name="Check").click()
    expect(plain.locator("h1.verdict")).to_be_visible()

    ask(plain, site, "matching", Format.MATCH)
    for place, entry in enumerate(plain.get_by_role("combobox").all(), start=1):
        entry.select_option(index=place)
    plain.get_by_role("button", name="Check").click()
    expect(plain.locator("h1.verdict")).to_be_visible()

    ask(plain, site, "flip_card", Format.FLIP)
    plain.get_by_role("button", name="Show answer").click()
    plain.get_by_role("button", name="Good").click()
    expect(plain.get_by_text("Remembered. Back")).to_be_visible()

    plain.get_by_role("button", name="Undo").click()
    expect(plain.get_by_text("no longer counts")).to_be_visible()
    assert site.answers(me) == 5


def test_a_guest_signs_up_out_and_in_again(plain: Page, site: Site) -> None:
    plain.goto("/")
    plain.get_by_role("button", name="Answer the first question").click()
    give_up(plain)
    plain.goto("/")
    plain.locator("details.menu summary").click()
    plain.get_by_role("link", name="Keep my progress").click()
    plain.get_by_label("Name").fill("Plain Jane")
    plain.get_by_label("Password").fill("no scripts at all")
    plain.get_by_role("button", name="Keep my progress").click()
    expect(plain.get_by_text("Your progress is saved")).to_be_visible()
    me = site.learner_of(plain.context.cookies())
    plain.locator("details.menu summary").click()
    plain.get_by_role("button", name="Sign out").click()
    plain.get_by_role("link", name="Sign in").click()
    plain.get_by_label("Name").fill("plain jane")
    plain.get_by_label("Password").fill("no scripts at all")
    plain.get_by_role("button", name="Sign in").click()
    expect(plain.get_by_text("done today")).to_be_visible()
    assert site.learner_of(plain.context.cookies()) == me
    assert site.answers(me) == 1
