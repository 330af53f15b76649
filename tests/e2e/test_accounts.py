"""A second factor in a real browser: a passkey of a virtual device, and the list of browsers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import Watch
from tests.e2e.looking import look
from tests.e2e.site import PASSWORD, Site

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_device(page: Page) -> Page:
    """The page's browser with a device that keeps passkeys."""
    protocol = page.context.new_cdp_session(page)
    protocol.send("WebAuthn.enable")
    protocol.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return page


@pytest.fixture
def local(site: Site, watch: Watch) -> str:
    """The site by a name: browsers make no passkeys for a number."""
    found = site.url.replace("127.0.0.1", "localhost")
    watch.hosts.add(urlsplit(found).netloc)
    return found


def test_a_teacher_makes_a_passkey_and_signs_in_with_it(
    new_context: Callable[..., BrowserContext], local: str, site: Site
) -> None:
    page = with_device(new_context().new_page())
    page.goto(f"{local}/sign-in")
    look(page)
    page.get_by_label("Name").fill("Ms Vera")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("Ms Vera").first).to_be_visible()
    page.goto(f"{local}/account/second-factor")
    look(page)
    page.get_by_label("Name of the device").fill("my laptop")
    page.locator("#passkey-present").fill(PASSWORD)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("Passkey added")).to_be_visible()
    expect(page.get_by_text("my laptop").first).to_be_visible()
    look(page)

    page.context.clear_cookies()
    page.goto(f"{local}/sign-in?next=/teach/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(f"{local}/teach/")

    page.goto(f"{local}/account/")
    look(page)
    page.get_by_role("button", name="Sign out everywhere").click()
    expect(page).to_have_url(f"{local}/")
    page.goto(f"{local}/account/second-factor")
    expect(page).to_have_url(f"{local}/sign-in")
    page.get_by_label("Name").fill("Ms Vera")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("Ms Vera").first).to_be_visible()

    page.goto(f"{local}/account/second-factor")  # the site's other visitors know her without one
    page.locator("summary", has_text="Remove").click()
    page.locator("details").get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_text("Passkey removed")).to_be_visible()


def test_a_browser_that_refuses_passkeys_is_told_why(visit: Callable[..., Any], site: Site) -> None:
    page = visit(site.teacher(), "/account/second-factor")
    page.locator("#passkey-present").fill(PASSWORD)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("They need https and a name")).to_be_visible()
    expect(page.get_by_role("button", name="Add a passkey")).to_be_enabled()
