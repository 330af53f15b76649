"""A code beside the password: an app is set up, its codes and a recovery code let one in, and it is taken off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pyotp
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy.orm import Session

from quizapp.services.accounts import accounts
from quizapp.services.accounts.passwords import hash_password
from tests.e2e.conftest import Watch
from tests.e2e.looking import look
from tests.e2e.site import PASSWORD, Site

NAME = "Ms Falk"


def to_second_step(page: Page) -> None:
    page.context.clear_cookies()
    page.goto("/sign-in?next=/teach/")
    page.get_by_label("Name").fill(NAME)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("h1")).to_have_text("Second step")


def test_an_app_is_set_up_and_what_lets_one_in_from_then_on(
    new_context: Callable[..., BrowserContext], site: Site, watch: Watch
) -> None:
    watch.expected.append("422")  # a wrong code, sent on purpose
    with Session(site.engine) as session, session.begin():
        hashed, now = hash_password(PASSWORD), datetime.now(UTC)
        accounts.sign_up(session, None, name=NAME, password_hash=hashed, role="teacher", now=now)
    page = new_context().new_page()
    page.goto("/sign-in?next=/account/second-factor")
    page.get_by_label("Name").fill(NAME)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.locator("#present").fill(PASSWORD)
    page.get_by_role("button", name="Set up an app").click()
    page.get_by_text("Type it instead").click()
    app = pyotp.TOTP(page.locator(".one-time-link").inner_text().replace(" ", ""))
    look(page)
    page.get_by_role("textbox", name="Code").fill(app.now())
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator("h1")).to_have_text("Recovery codes")
    spare = page.locator(".recovery-codes code").first.inner_text()
    look(page)
    page.get_by_role("link", name="I’ve saved them").click()
    look(page)

    to_second_step(page)
    page.get_by_role("textbox", name="Code").fill("000000")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("[aria-invalid=true]")).to_be_visible()
    look(page)
    page.get_by_role("textbox", name="Code").fill(spare)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(f"{site.url}/teach/")
    to_second_step(page)
    page.get_by_role("textbox", name="Code").fill(spare)  # each once
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("[aria-invalid=true]")).to_be_visible()
