"""A colleague suggests an edit, the deck's teacher answers it, and the colleague reads what became of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.services.accounts import accounts
from quizapp.storage.library.tables import DeckShare
from tests import world
from tests.e2e.conftest import Watch
from tests.e2e.looking import look
from tests.e2e.site import Site
from tests.e2e.test_pasted_pictures import give, png

STEM, BETTER = "Which river flows past Linz?", "Which river flows through Linz?"


def test_a_suggestion_is_answered_and_its_author_told(
    new_context: Callable[..., BrowserContext], site: Site, watch: Watch
) -> None:
    now = datetime.now(UTC)
    with Session(site.engine, expire_on_commit=False) as session, session.begin():
        vera = accounts.by_name(session, "Ms Vera")
        assert vera is not None
        reed = accounts.sign_up(session, None, name="Mr Reed", password_hash="-", role="teacher", now=now)
        deck = world.add_deck(session, "linz", owner_id=vera.id, now=now)
        item = world.add_item(session, deck, "linz", ShortAnswer(stem=STEM, key="Danube"), now=now).id
        session.add(DeckShare(deck_id=deck.id, account_id=reed.id, can_edit=False, added_at=now))
        token = accounts.sign_in(session, reed, now=now, browser="test")

    def page(cookies: object) -> Page:
        context = new_context()
        context.add_cookies(cookies)  # type: ignore[arg-type]
        return context.new_page()

    helper, owner = page([{"name": "quizapp", "value": token, "url": site.url}]), page(site.teacher())
    helper.goto(f"/teach/review/{item}")
    helper.get_by_role("link", name="Suggest an edit").click()
    helper.get_by_label("Question").fill(BETTER)
    helper.get_by_label("Question").press("End")
    give(helper.get_by_label("Question"), "paste", png())
    asked = helper.get_by_role("dialog", name="What does the picture show?")
    asked.get_by_role("textbox").fill("A map of the river")
    asked.get_by_role("button", name="Add the picture").click()
    expect(asked).to_be_hidden()
    helper.get_by_label("What changed").fill("It has banks on both sides.")
    helper.get_by_role("button", name="Send the suggestion").click()
    expect(helper.get_by_text("Sent.")).to_be_visible()

    owner.goto("/teach/queue/")
    owner.locator(".queue > .row", has_text="Linz").locator(".settle").get_by_role("link").click()
    expect(owner.get_by_role("img", name="A map of the river")).to_have_js_property("naturalWidth", 40)
    look(owner)
    owner.get_by_label("To its author").fill("Right you are, thank you.")
    owner.get_by_role("button", name="Accept").click()
    expect(owner.get_by_text("Accepted: it’s now the question’s new version.")).to_be_visible()

    helper.goto("/teach/")
    expect(helper.locator(".tabs .badge")).to_have_text("1")
    helper.get_by_role("link", name="Queue").click()
    expect(helper.get_by_text("Right you are, thank you.")).to_be_visible()
    look(helper)
    helper.get_by_role("link", name=BETTER).click()
    look(helper)
    helper.get_by_role("button", name="Got it").click()
    expect(helper.get_by_text("Nothing to review")).to_be_visible()
