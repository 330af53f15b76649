"""A question's meaning changes: those who know it see what changed and are asked early; versions can come back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Format, Typed
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.services.accounts import accounts
from quizapp.services.study.learner import learner_of
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account
from quizapp.storage.study.tables import Card
from tests import factories, world
from tests.e2e.conftest import Watch
from tests.e2e.learner import listens
from tests.e2e.looking import look
from tests.e2e.site import Site

OLD = "Which river flows through Vienna?"
NEW = "Which river flows through Vienna and Budapest?"


def test_a_changed_meaning_is_shown_and_asked_once_early_and_a_version_comes_back(
    new_context: Callable[..., BrowserContext], site: Site, watch: Watch
) -> None:
    now = datetime.now(UTC)
    with Session(site.engine) as session, session.begin():
        vera = accounts.by_name(session, "Ms Vera")
        assert vera is not None
        deck = world.add_deck(session, "vienna", owner_id=vera.id, now=now)
        deck.public = True
        asked = ShortAnswer(stem=OLD, key="Danube", rationale="It crosses both.")
        item = world.add_item(session, deck, "vienna", asked, now=now).id
    cookies = site.guest(deck="vienna")
    with Session(site.engine, expire_on_commit=False, autoflush=False) as session, session.begin():
        learner = learner_of(session.get_one(Account, site.learner_of(cookies)), Settings())
        for days in (9, 8, 5, 1):  # known well: it would come back in weeks
            at = now - timedelta(days=days)
            factories.answer(session, learner, item, Typed(("Danube",)), at=at, format=Format.TYPE)

    def due() -> int:
        with Session(site.engine) as session:
            return session.scalars(select(Card.due_day).where(Card.learner_id == learner.id)).one()

    before = due()
    assert before > learner.today(now) + 3

    def page(who: object) -> Page:
        context = new_context()
        context.add_cookies(who)  # type: ignore[arg-type]
        return context.new_page()

    teacher, student = page(site.teacher()), page(cookies)
    teacher.goto(f"/teach/items/{item}")
    teacher.get_by_label("Question").fill(NEW)
    teacher.get_by_label("What changed").fill("Both capitals, after the lesson.")
    teacher.get_by_role("button", name="Save", exact=True).click()
    teacher.get_by_text("Meaning", exact=True).click()
    teacher.get_by_role("button", name="Save this change").click()
    expect(teacher.get_by_text("Students who have seen the question will see what changed")).to_be_visible()
    teacher.goto(f"/teach/items/{item}/versions")
    teacher.get_by_role("link", name="What it changed for students").click()
    expect(teacher.locator("h1")).to_have_text("Asked again soon")
    expect(teacher.get_by_text("1 student will be asked once more soon.")).to_be_visible()
    look(teacher)
    assert due() == learner.today(now) + 1

    student.goto(f"/study/?item={item}")
    told = student.locator("main").get_by_text("This question has changed since you last saw it.")
    expect(told).to_be_visible()
    expect(student.locator(".notice ins")).to_have_text("and Budapest")
    look(student)
    student.get_by_role("textbox").fill("Danube")
    listens(student)
    student.keyboard.press("Enter")
    expect(student.locator("h1.verdict")).to_have_text("Correct")
    student.goto(f"/study/?item={item}")
    expect(student.get_by_role("textbox")).to_be_visible()
    expect(told).to_have_count(0)

    teacher.goto(f"/teach/items/{item}/versions")
    look(teacher)
    teacher.get_by_role("button", name="Restore version 1").click()
    expect(teacher.locator("h1")).to_have_text("Restore version 1?")
    look(teacher)
    teacher.get_by_role("button", name="Restore version 1").click()
    expect(teacher.locator(".versions > li")).to_have_count(3)
    expect(teacher.locator(".versions > li").first).to_contain_text("Version 3 Asked now")
