"""One tablet for two pupils: each is named, can leave in two taps, and finds their own again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy.orm import Session

from quizapp.services.accounts import accounts
from quizapp.services.classes import class_decks, classrooms
from tests.e2e.learner import listens
from tests.e2e.site import Site


def open_class(site: Site, name: str) -> str:
    """The join code of a new class of Ms Vera's that studies `short`."""
    with Session(site.engine, autoflush=False) as session, session.begin():
        teacher = accounts.by_name(session, "Ms Vera")
        assert teacher is not None
        made = classrooms.create(session, teacher, name=name, zone="UTC", now=datetime.now(UTC))
        class_decks.choose(session, made, teacher, ["short"], now=datetime.now(UTC))
        classrooms.set_joining(session, made, is_open=True, now=datetime.now(UTC))
        return str(made.join_code)


def join(page: Page, code: str, name: str, *, shared: bool) -> None:
    page.goto(f"/join/{code}")
    page.get_by_label("Your name").fill(name)
    if shared:
        page.get_by_label("shared device").check()
    page.get_by_role("button", name="Join", exact=True).click()
    expect(page.get_by_text("You’ve joined")).to_be_visible()


def test_two_pupils_on_one_tablet(new_context: Callable[..., BrowserContext], site: Site) -> None:
    code = open_class(site, "Tablet class")
    context = new_context()
    page = context.new_page()
    join(page, code, "Amira", shared=True)
    token = next(cookie for cookie in context.cookies() if cookie["name"] == "quizapp")
    assert token["expires"] == -1, "gone when the browser is closed"
    amira = site.learner_of(context.cookies())
    page.get_by_role("link", name="Study").first.click()
    listens(page)
    page.get_by_label("True").check()
    page.get_by_role("button", name="Check").click()
    page.locator("h1.verdict").wait_for()
    listens(page)
    page.locator("[data-leave]").click()
    expect(page.get_by_text("You’re Amira.")).to_be_visible()
    for path in ("/decks/", "/progress/", "/classes/"):
        page.goto(path)
        expect(page.locator(".site-header").get_by_text("Amira", exact=True)).to_be_visible()
    page.goto("/")
    page.get_by_role("button", name="Not you?").click()
    expect(page.get_by_text("Amira has left this device.")).to_be_visible()
    join(page, code, "Ben", shared=False)
    ben = site.learner_of(context.cookies())
    assert ben != amira
    assert site.answers(amira) == 1
    assert site.answers(ben) == 0
    page.locator(".site-header summary").click()
    page.get_by_role("link", name="Your data").click()
    expect(page.get_by_role("link", name="Erase")).to_be_visible()


def test_a_link_to_an_assignment_survives_signing_in(
    new_context: Callable[..., BrowserContext], site: Site
) -> None:
    page = new_context().new_page()
    page.goto("/progress/")
    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("Name").fill("Ms Vera")
    page.get_by_label("Password").fill("a long way to the sea")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/progress/")
    code = open_class(site, "Link class")
    page = new_context().new_page()
    page.goto("/classes/")
    page.get_by_role("link", name="Join or come back with a code").click()
    page.get_by_label("Code of the class").fill(code)
    page.get_by_label("Your name").fill("Chen")
    page.get_by_role("button", name="Join", exact=True).click()
    page.wait_for_url("**/classes/")
    expect(page.get_by_text("Link class").first).to_be_visible()


def test_the_code_of_a_class_survives_signing_in(
    new_context: Callable[..., BrowserContext], site: Site
) -> None:
    code = open_class(site, "Code class")
    page = new_context().new_page()
    page.goto(f"/join/{code}")
    page.get_by_role("link", name="Sign in first").click()
    page.get_by_label("Name").fill("Ms Vera")
    page.get_by_label("Password").fill("a long way to the sea")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"**/join/{code}")
    expect(page.get_by_label("Code of the class")).to_have_value(code)
