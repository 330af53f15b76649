"""A forgotten password, by mail and in a browser, on a site that sends mail."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.e2e.conftest import Watch
from tests.e2e.looking import look
from tests.serving import Server
from tests.web.accounts.mail.mailbox import Mailbox

ADDRESS, OLD, NEW = "ida@school.example", "a boat upon the lake", "a lantern in the tower"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    made = Mailbox()
    yield made
    made.close()


@pytest.fixture
def sending(tmp_path_factory: pytest.TempPathFactory, mailbox: Mailbox) -> Iterator[Server]:
    """A server that sends its mail to the mailbox."""
    mail = {"smtp_host": "127.0.0.1", "smtp_port": mailbox.port, "smtp_security": "none"}
    made = Server(tmp_path_factory.mktemp("mail") / "data", mail_from="Quizapp <quiz@quiz.example>", **mail)
    made.environment["QUIZAPP_SITE_URL"] = made.url
    yield made.start()
    made.stop()


def link_in(mailbox: Mailbox, server: Server, path: str) -> str:
    [mail] = mailbox.wait(1)
    found = re.search(rf"{re.escape(server.url + path)}\S+", mail.get_content())
    assert found, mail.get_content()
    mailbox.mails.clear()
    return found[0]


def test_a_forgotten_password_is_set_again_by_mail(
    new_context: Callable[..., BrowserContext], sending: Server, mailbox: Mailbox, watch: Watch
) -> None:
    watch.hosts.add(f"127.0.0.1:{sending.port}")
    page = new_context(base_url=sending.url).new_page()
    page.goto("/sign-up")
    page.get_by_label("Name").fill("Ida")
    page.get_by_label("E-mail address").fill(ADDRESS)
    page.get_by_label("Password").fill(OLD)
    page.get_by_role("button", name="Sign up").click()
    expect(page.get_by_text("We’ve sent an e-mail")).to_be_visible()
    page.goto("/account/email")
    expect(page.get_by_text("not confirmed yet")).to_be_visible()
    look(page)
    page.goto(link_in(mailbox, sending, "/confirm-email/"))
    look(page)
    page.get_by_role("button", name="Yes, confirm").click()
    expect(page.get_by_text("confirmed").first).to_be_visible()

    page.context.clear_cookies()
    page.goto("/sign-in")
    page.get_by_role("link", name="Forgotten your password?").click()
    look(page)
    page.get_by_label("Name").fill("Ida")
    page.get_by_role("button", name="Send me a link").click()
    expect(page.get_by_text("we’ve sent it a link for a new password")).to_be_visible()
    look(page)
    page.goto(link_in(mailbox, sending, "/"))
    look(page)
    page.get_by_label("New password").fill(NEW)
    page.get_by_role("button", name="Save password and sign in").click()
    expect(page.locator("summary", has_text="Ida")).to_be_visible()
    page.context.clear_cookies()
    page.goto("/sign-in")
    page.get_by_label("Name").fill(ADDRESS)
    page.get_by_label("Password", exact=True).fill(NEW)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("summary", has_text="Ida")).to_be_visible()
