"""A fresh teacher, a real article, questions with evidence, a class that has them as a quiz: in few presses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.services.accounts.accounts import make_setup_link
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.tables import Assignment
from quizapp.storage.library.tables import Deck, Evidence, Item
from tests.e2e.site import PASSWORD, Site

MOST_INTERACTIONS = 12  # the account's three among them


class Hand:
    """Counts what a person does: each press, each field filled or pasted into."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def press(self, target: Locator) -> None:
        self.count += 1
        target.click()

    def follow(self, name: str) -> None:
        self.press(self.page.get_by_role("link", name=name).first)

    def button(self, name: str) -> None:
        self.press(self.page.get_by_role("button", name=name, exact=True).first)

    def fill(self, label: str, text: str) -> None:
        self.count += 1
        self.page.get_by_label(label).first.fill(text)


@pytest.mark.articles
def test_from_a_pasted_article_to_an_assignment(
    new_context: Callable[..., BrowserContext], site: Site, articles: Path
) -> None:
    with Session(site.engine) as session, session.begin():
        token = make_setup_link(session, role="teacher", now=datetime.now(UTC))
    page = new_context().new_page()
    page.goto(f"/setup/{token}")
    hand = Hand(page)
    hand.fill("Name", "Ms Fresh")
    hand.fill("Password", PASSWORD)
    hand.press(page.locator("main form button").first)
    hand.follow("Add an article")
    [article] = articles.glob("003_*.txt")
    hand.fill("Paste the article", article.read_text("utf-8"))
    hand.button("Continue")
    hand.button("Save and draft questions")
    hand.follow("Select all")
    hand.button("Publish and assign")
    expect(page.get_by_text("drafts published")).to_be_visible()
    hand.fill("Name of the new class", "Year 9")
    with Session(site.engine) as session:
        owner = session.scalars(select(Account.id).where(Account.name == "Ms Fresh")).one()
        deck = session.scalars(select(Deck).where(Deck.owner_id == owner)).one()
        published = select(Item.version_id).where(Item.deck_id == deck.id, Item.state == "published")
        cited = select(func.count(Evidence.version_id.distinct())).where(Evidence.version_id.in_(published))
        assert session.scalars(cited).one() >= 5
    hand.button("Assign")
    expect(page.get_by_text("No students yet")).to_be_visible()
    with Session(site.engine) as session:
        assert session.scalars(select(Assignment.deck_id).order_by(Assignment.id.desc())).first() == deck.id
    assert hand.count <= MOST_INTERACTIONS
