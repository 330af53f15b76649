"""An article gets a new text: what its questions rest on is followed, compared, settled, and students see so."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from typing import NamedTuple

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.true_false import TrueFalse
from quizapp.domain.sources.passages import digest
from quizapp.services.accounts import accounts
from quizapp.services.library.items import (
    Citation,
    Draft,
    append_to_deck,
    create_item,
    fact_named,
    write_version,
)
from quizapp.services.sources import articles
from quizapp.services.sources.articles import About, Block
from tests import world
from tests.e2e.conftest import Watch
from tests.e2e.learner import listens
from tests.e2e.looking import look
from tests.e2e.site import Site

NUMBER = count(1)
TEXT = (
    "The ferry Halda crosses Lake Orva twelve times a day.",
    "The crossing takes forty minutes in calm weather.",
    "A ticket costs 45 crowns for adults.",
    "Islanders travel free until the end of June.",
    "The hull was built of steel in the yard at Brenn.",
    "Dogs travel free if they are kept on a lead.",
)
NEW_TEXT = (
    TEXT[0],
    "Since this spring the ferry runs on electricity alone.",
    TEXT[1],
    "A ticket costs 52 crowns for adults.",
    "Islanders travel free until the end of August this year.",
    "Nobody is asked for proof of where they live.",
    TEXT[5],
)
INTACT, MOVED, PRICE, FREE, HULL = "ferry-day", "ferry-time", "ferry-price", "ferry-free", "ferry-hull"
STEMS = {
    INTACT: "The Halda crosses the lake more than ten times a day.",
    MOVED: "A crossing in calm weather takes less than an hour.",
    PRICE: "Adults pay for the crossing.",
    FREE: "Some people travel free on the Halda.",
    HULL: "The hull of the Halda is of steel.",
}


class Ferry(NamedTuple):
    """The article's address, its questions by name, its teacher and a student who has answered none yet."""

    article: str
    items: dict[str, int]
    teacher: Page
    student: Page

    def entry(self, name: str) -> Locator:
        return self.teacher.locator(".queue > .row", has_text=STEMS[name])

    def answered(self, name: str) -> Page:
        """The student's page after answering this question."""
        self.student.goto(f"/study/?item={self.items[name]}")
        self.student.get_by_text("True", exact=True).first.click()
        listens(self.student)
        self.student.keyboard.press("Enter")
        expect(self.student.locator("h1.verdict")).to_be_visible()
        return self.student


@pytest.fixture
def ferry(new_context: Callable[..., BrowserContext], site: Site) -> Ferry:
    now, items = datetime.now(UTC), dict[str, int]()
    number = next(NUMBER)
    with Session(site.engine) as session, session.begin():
        vera = accounts.by_name(session, "Ms Vera")
        assert vera is not None
        about = About(title="The ferry on Lake Orva", language="en")
        source = articles.add(session, vera, about, [Block(line) for line in TEXT], now=now)
        deck = world.add_deck(session, f"ferry-{number}", owner_id=vera.id, now=now)
        deck.public = True
        for paragraph, (name, stem) in enumerate(STEMS.items(), start=1):
            item = create_item(
                session, key=f"{name}-{number}", deck=deck, fact=fact_named(session, f"{name}-{number}")
            )
            cited = (Citation(source.id, paragraph, 1, digest(TEXT[paragraph - 1])),)
            draft = Draft(content=TrueFalse(stem=stem, key=True, rationale="It says so."), evidence=cited)
            write_version(session, item, draft, author_id=vera.id, now=now)
            append_to_deck(session, deck, item)
            items[name] = item.id
        slug = source.slug

    def page(cookies: object) -> Page:
        context = new_context()
        context.add_cookies(cookies)  # type: ignore[arg-type]
        return context.new_page()

    return Ferry(slug, items, page(site.teacher()), page(site.guest(deck=f"ferry-{number}")))


def test_questions_follow_their_sentences_into_a_new_text(ferry: Ferry, watch: Watch) -> None:
    teacher = ferry.teacher
    teacher.goto(f"/teach/articles/{ferry.article}")
    teacher.get_by_role("link", name="Replace the text").click()
    teacher.get_by_label("Paste the article").fill("\n\n".join(NEW_TEXT))
    teacher.get_by_role("button", name="Continue").click()
    expect(teacher.locator("h1")).to_have_text("A new text")
    teacher.locator("main button.primary").click()
    expect(
        teacher.get_by_text("3 questions are based on sentences that have changed or are gone")
    ).to_be_visible()
    expect(teacher.locator(".queue > .row")).to_have_count(3)  # intact and moved wait for no one
    expect(ferry.entry(PRICE).locator(".change del")).to_have_text("45")
    expect(ferry.entry(PRICE).locator(".change ins")).to_have_text("52")
    expect(ferry.entry(HULL)).to_contain_text("Gone")
    look(teacher)

    told = ferry.answered(PRICE)
    expect(told.locator(".passage mark")).to_have_text(TEXT[2])
    expect(told.get_by_text("this question is being checked")).to_be_visible()
    look(told)
    moved = ferry.answered(MOVED)
    expect(moved.locator(".passage mark")).to_have_text(TEXT[1])
    expect(moved.locator(".passage figcaption")).to_contain_text("paragraph 3")
    expect(moved.locator(".checking")).to_have_count(0)

    ferry.entry(PRICE).get_by_role("button", name="Use the new sentence").click()
    expect(teacher.get_by_text("The question now uses the new sentence.")).to_be_visible()
    ferry.entry(FREE).get_by_role("link", name="Choose another sentence").click()
    teacher.locator("#evidence-0-paragraph").fill("6")
    teacher.get_by_role("button", name="Save", exact=True).click()
    expect(teacher.locator("#evidence-0-paragraph")).to_have_count(0)
    teacher.goto("/teach/queue/?sort=sources")
    expect(ferry.entry(FREE)).to_have_count(0)
    ferry.entry(HULL).get_by_role("button", name="Archive the question").click()
    expect(teacher.get_by_text("Question archived.")).to_be_visible()
    expect(teacher).to_have_url(re.compile("sort=sources"))  # the queue stays as it was filtered
    expect(teacher.locator(".queue > .row")).to_have_count(0)

    told.goto(told.url)
    expect(ferry.answered(FREE).locator(".passage mark")).to_have_text(NEW_TEXT[5])
    expect(ferry.student.locator(".checking")).to_have_count(0)


def test_the_map_shows_gaps_and_leads_to_asking_there(ferry: Ferry, watch: Watch) -> None:
    teacher = ferry.teacher
    teacher.goto(f"/sources/{ferry.article}")
    gap = teacher.locator("#p6")
    expect(gap).to_contain_text("No question yet")
    expect(teacher.get_by_text("No question yet")).to_have_count(1)
    look(teacher)
    gap.get_by_role("link", name="Ask about it yourself").click()
    expect(teacher.locator("#p6")).to_be_in_viewport()
    teacher.locator("label.sentence", has_text="Dogs travel free").click()
    look(teacher)
    teacher.get_by_role("button", name="True or false").click()
    expect(teacher.locator("#evidence-0-paragraph")).to_have_value("6")
