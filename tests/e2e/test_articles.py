"""From an article to questions: how few steps it takes, and what scripts add."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.site import Site

TEXT = (Path(__file__).parents[1] / "domain" / "sources" / "articles" / "pages" / "news.txt").read_text(
    "utf-8"
)
ITEMS = [
    ("fourteen bulkheads", "The ferry Halda was out of service for nine years."),
    ("region", "The regional assembly decided by a single vote to pay for the hull."),
    ("timetable", "The timetable has four crossings a day until October."),
    ("others pay 35 crowns", "Islanders travel free on the Halda until the end of June."),
    ("Captain Ruben Falk", "Captain Ruben Falk had steered the old ferry too."),
]


@pytest.fixture
def desk(new_context: Callable[..., BrowserContext], site: Site) -> Page:
    context = new_context()
    context.add_cookies(site.teacher())
    return context.new_page()


class Steps:
    """What a person does, counted: each click, each field filled or pasted into."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def click(self, role: str, name: str, *, exact: bool = True) -> None:
        self.count += 1
        self.page.get_by_role(role, name=name, exact=exact).first.click()  # type: ignore[arg-type]

    def sentence(self, words: str) -> None:
        self.count += 1
        self.page.locator("label.sentence", has_text=words).first.click()

    def fill(self, label: str, text: str) -> None:
        self.count += 1
        self.page.get_by_role("textbox", name=label).first.fill(text)


def test_five_questions_with_evidence_from_a_pasted_article_in_few_steps(desk: Page) -> None:
    desk.goto("/")
    steps = Steps(desk)
    steps.click("link", "Teach")
    steps.click("link", "Articles")
    steps.click("link", "Add", exact=False)
    steps.fill("Paste the article", f"Ferry returns to Lake Orva\n{TEXT}")
    steps.click("button", "Continue")
    expect(desk.get_by_role("heading", name="Is this the article?")).to_be_visible()
    steps.click("button", "Save the article")
    for words, stem in ITEMS:
        steps.sentence(words)
        steps.click("button", "True or false")
        expect(desk.locator("[name='evidence-0-paragraph']")).not_to_have_value("")
        steps.fill("Question", stem)
        steps.count += 1
        desk.get_by_label("True", exact=True).check()
        steps.fill("Why", "The article says so in the sentence shown.")
        steps.click("button", "Publish, then go back to the article")
        expect(desk.get_by_text("Published.")).to_be_visible()
    desk.goto("/teach/")
    expect(desk.locator(".row", has_text="Ferry returns to Lake Orva")).to_contain_text("5 questions")
    assert steps.count <= 40


def test_what_a_browser_copies_keeps_its_headings_and_loses_its_menus(desk: Page) -> None:
    desk.goto("/teach/articles/add")
    desk.get_by_label("Paste the article").evaluate(
        """(area) => {
          const data = new DataTransfer();
          data.setData("text/plain", "Menu\\nA vote by one hand");
          data.setData("text/html", "<nav>Menu of the site</nav><h1>A vote</h1><p>The members chose by one hand to pay for the hull of the ferry.</p><h2>By one hand</h2><p>The towns would pay for the engine, which runs on electricity.</p>");
          area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
          area.value = "Menu A vote";
        }"""
    )
    expect(desk.locator("paste-box [role=status]")).to_have_text("Headings, lists and tables are included.")
    desk.get_by_role("button", name="Continue").click()
    expect(desk.get_by_role("combobox", name="Title")).to_have_value("A vote")
    expect(desk.locator(".block.heading input:checked")).to_have_count(1)
    block = desk.locator("label.block", has_text="Menu of the site")
    expect(block.locator("input")).not_to_be_checked()
    expect(block.locator(".why")).to_have_text("Excluded: navigation")
    block.click()
    expect(block.locator("input")).to_be_checked()
    expect(block.locator(".why")).to_be_hidden()
