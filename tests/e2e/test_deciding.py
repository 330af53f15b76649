"""An answer that grading is not sure of: decided in study by its learner, in a quiz by the teacher."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select

from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.storage.study.tables import Review
from tests.e2e.conftest import Watch
from tests.e2e.learner import listens
from tests.e2e.looking import look
from tests.e2e.site import Site

STEM, KEY = "Why did Harbin grow?", "the construction of the Chinese Eastern Railway"
UNSURE = "building the Eastern Railway"
NUMBER = count(1)


@pytest.fixture
def asked(site: Site) -> tuple[str, int]:
    """A deck with one question, and that question."""
    slug = f"doubt-{next(NUMBER)}"
    (item,) = site.new_deck(slug, ShortAnswer(stem=STEM, key=KEY, rationale="The line came through it."))
    return slug, item


def opened(new_context: Callable[..., BrowserContext], cookies: Any, **options: Any) -> Page:
    context = new_context(**options)
    context.add_cookies(cookies)
    return context.new_page()


def log(site: Site, page: Page) -> list[Any]:
    """Score and weight of each answer of anyone who is signed in."""
    me = site.learner_of(page.context.cookies())
    with site.engine.connect() as connection:
        return list(connection.execute(select(Review.score, Review.weight).where(Review.learner_id == me)))


@pytest.mark.parametrize(
    ("key", "verdict", "stored"),
    [("1", "You said it’s the same", (1.0, 0.5)), ("2", "Incorrect", (0.0, 1.0))],
)
def test_the_learner_decides_by_keyboard(
    new_context: Callable[..., BrowserContext],
    site: Site,
    watch: Watch,
    asked: tuple[str, int],
    key: str,
    verdict: str,
    stored: tuple[float, float],
) -> None:
    slug, item = asked
    page = opened(new_context, site.guest(deck=slug))
    page.goto(f"/study/?item={item}")
    page.keyboard.type(UNSURE)
    listens(page)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("We’re not sure. Is yours the same?")
    expect(page.locator("h1")).to_be_focused()
    look(page)
    listens(page)
    page.keyboard.press("Enter")  # decides nothing
    listens(page)
    page.keyboard.press(key)
    expect(page.locator("h1.verdict")).to_have_text(verdict)
    look(page)
    assert log(site, page) == [stored]
    listens(page)
    page.keyboard.press("u")
    expect(page.locator("main").get_by_text("no longer counts")).to_be_visible()


def test_the_learner_decides_without_scripts_and_the_teacher_sees_it(
    new_context: Callable[..., BrowserContext], site: Site, watch: Watch, asked: tuple[str, int]
) -> None:
    slug, item = asked
    page = opened(new_context, site.guest(deck=slug), java_script_enabled=False)
    page.goto(f"/study/?item={item}")
    page.get_by_role("textbox").fill(UNSURE)
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_text(KEY)).to_be_visible()
    assert log(site, page) == []
    page.get_by_role("button", name="Yes, the same").click()
    expect(page.locator("h1.verdict")).to_have_text("You said it’s the same")
    assert log(site, page) == [(1.0, 0.5)]

    teacher = opened(new_context, site.teacher())
    teacher.goto("/teach/queue")
    entry = teacher.locator(".queue > .row", has_text=f"Deck {slug} ")
    expect(entry).to_contain_text("the same: 1")
    look(teacher)
    entry.get_by_role("link", name=STEM, exact=True).click()
    expect(teacher.locator("main")).to_contain_text("the same: 1")
    look(teacher)
    teacher.get_by_role("button", name="Accept for all").click()
    expect(teacher.locator("h1")).to_have_text("Regraded")
    page.goto(f"/study/?item={item}")
    page.get_by_role("textbox").fill(UNSURE)
    page.get_by_role("button", name="Check").click()
    expect(page.locator("h1.verdict")).to_have_text("Correct")


def test_in_a_quiz_it_is_wrong_until_the_teacher_decides(
    new_context: Callable[..., BrowserContext], site: Site, watch: Watch, asked: tuple[str, int]
) -> None:
    slug, _ = asked
    page = opened(new_context, site.guest(deck=slug))
    page.goto(f"/quiz/new?deck={slug}")
    page.get_by_role("button", name="Start").click()
    page.get_by_role("textbox").fill(UNSURE)
    listens(page)
    page.keyboard.press("Enter")
    expect(page.locator("h1.verdict")).to_have_text("Not sure")
    look(page)
    page.get_by_role("button", name="Mine means the same").click()
    expect(page.locator("main").get_by_text("You asked for a review")).to_be_visible()
    page.get_by_text("See the result").click()
    expect(page.locator("h1")).to_have_text("0 of 1 points")
    look(page)

    teacher = opened(new_context, site.teacher())
    teacher.goto("/teach/queue")
    teacher.locator(".queue > .row", has_text=f"Deck {slug} ").get_by_role(
        "link", name=STEM, exact=True
    ).click()
    teacher.get_by_role("button", name="Accept for all").click()
    expect(teacher.locator("h1")).to_have_text("Regraded")
    page.reload()
    expect(page.locator("h1")).to_have_text("1 of 1 points")
    assert (1.0, 1.0) in log(site, page)  # stated again; the first grade stays in the log
