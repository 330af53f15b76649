"""From a stored article to five published questions in a class, with a stopwatch and a count of presses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.services.classes import classrooms
from quizapp.services.sources import articles
from quizapp.services.sources.articles import About, Block
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Deck, Evidence, Item
from tests.e2e.looking import look
from tests.e2e.site import Site

TEXT = (Path(__file__).parents[1] / "domain/drafting/texts/owl.txt").read_text("utf-8")
TITLE = "The owl of Tenmoor"
MOST_PRESSES = 60


class Presses:
    """Counts what a hand does."""

    def __init__(self) -> None:
        self.count = 0

    def click(self, target: Locator) -> None:
        self.count += 1
        target.click()

    def fill(self, target: Locator, text: str) -> None:
        self.count += 1
        target.fill(text)


def test_five_questions_from_an_article_reach_a_class(
    new_context: Callable[..., BrowserContext], site: Site
) -> None:
    cookies = site.teacher()
    with Session(site.engine) as session, session.begin():
        teacher = session.get_one(Account, site.learner_of(cookies))
        now = datetime.now(UTC)
        classrooms.create(session, teacher, name="Class 6b", zone="UTC", now=now)
        blocks = [Block(line) for line in TEXT.splitlines() if line]
        slug = articles.add(session, teacher, About(title=TITLE, language="en"), blocks, now=now).slug
    context = new_context()
    context.add_cookies(cookies)  # type: ignore[arg-type]
    page, hand = context.new_page(), Presses()
    page.goto("/sources/" + slug)
    hand.click(page.get_by_role("link", name="Draft questions from it"))
    expect(page.get_by_role("heading", name="Drafts")).to_be_visible()
    look(page)
    for box in page.locator(".draft input[type=checkbox]").all()[:5]:
        hand.click(box)
    hand.click(page.get_by_role("button", name="Publish selected"))
    expect(page.get_by_text("5 drafts published in “" + TITLE + "”.")).to_be_visible()
    hand.click(page.get_by_role("link", name="Classes"))
    hand.click(page.get_by_role("link", name="Class 6b"))
    hand.click(page.get_by_role("link", name="Choose decks"))
    hand.click(page.get_by_label(TITLE, exact=False))
    hand.click(page.get_by_role("button", name="Save"))
    expect(page.get_by_text(TITLE).first).to_be_visible()
    assert hand.count < MOST_PRESSES
    with Session(site.engine) as session:
        deck = session.scalars(select(Deck).where(Deck.title == TITLE)).one()
        mine = select(Item.version_id).where(Item.deck_id == deck.id, Item.state == "published")
        cited = select(func.count(Evidence.version_id.distinct())).where(Evidence.version_id.in_(mine))
        assert session.scalar(cited) == 5
