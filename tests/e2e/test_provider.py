"""Signing in through a real provider with a browser: a newcomer comes with what they did as a guest, and again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import PATIENCE
from tests.e2e.looking import look
from tests.provider import SomeProvider, some_provider
from tests.serving import Server

NAME = "the school’s sign-in"


@pytest.fixture(scope="module")
def provider() -> Iterator[SomeProvider]:
    with some_provider() as made:
        made.knows("ana", email="ana@school.example", email_verified=True, name="Ana Čapková")
        made.knows("ben", email="ben@school.example", email_verified=True)
        yield made


@pytest.fixture(scope="module")
def server(provider: SomeProvider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(
        tmp_path_factory.mktemp("provider") / "data",
        oidc_issuer=provider.issuer,
        oidc_client_id="quizapp",
        oidc_client_secret="secret",
        oidc_name=NAME,
    )
    made.environment["QUIZAPP_SITE_URL"] = made.url
    yield made.start()
    made.kill()


def a_browser(browser: Browser, server: Server, complaints: list[str], **more: bool) -> BrowserContext:
    context = browser.new_context(base_url=server.url, reduced_motion="reduce", **more)
    context.set_default_timeout(PATIENCE)
    context.on(
        "console",
        lambda said: (
            complaints.append(said.text)
            if said.type == "error" and server.url in said.location["url"]
            else None
        ),
    )
    return context


def allow(page: Page, subject: str = "ana") -> None:
    """What someone does at the provider."""
    page.wait_for_url("**/oauth2/authorize?**")
    page.locator("input[name=sub]").fill(subject)
    page.get_by_role("button", name="Authorize").click()


def test_a_guest_signs_up_through_it_and_signs_in_again(browser: Browser, server: Server) -> None:
    complaints: list[str] = []
    page = a_browser(browser, server, complaints).new_page()
    page.goto("/")
    page.locator("form[action$='/study/begin'] button").first.click()
    page.wait_for_url("**/study/**")
    page.goto("/sign-up")
    look(page)
    page.get_by_role("button", name=f"Sign up with {NAME}").click()
    allow(page)
    expect(page.get_by_role("heading", name="Welcome")).to_be_visible()
    expect(page.get_by_label("Name").first).to_have_value("Ana Čapková")
    look(page)
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_text("Your account has been created")).to_be_visible()
    page.goto("/account/")
    look(page)
    page.get_by_role("button", name="Choose a password").click()
    allow(page)
    expect(page.get_by_role("heading", name="Choose a new password")).to_be_visible()
    page.context.close()

    page = a_browser(browser, server, complaints).new_page()
    page.goto("/progress/")
    page.goto("/sign-in")
    look(page)
    page.get_by_role("button", name=f"Sign in with {NAME}").click()
    allow(page)
    page.wait_for_url("**/progress/")
    page.go_back()
    page.context.close()
    assert complaints == []
    assert "Traceback" not in server.output


def test_it_works_without_scripts(browser: Browser, server: Server) -> None:
    complaints: list[str] = []
    page = a_browser(browser, server, complaints, java_script_enabled=False).new_page()
    page.goto("/sign-in?next=/progress/")
    page.get_by_role("button", name=f"Sign in with {NAME}").click()
    allow(page, "ben")
    expect(page.get_by_role("heading", name="Signing in")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/sign-in/provider/new")
    page.get_by_label("Name").first.fill("Without scripts")
    page.get_by_role("button", name="Create account").click()
    page.wait_for_url("**/progress/")
    assert complaints == []
