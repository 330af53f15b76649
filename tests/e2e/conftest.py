"""A real server, a real browser, and an eye on everything the browser asks for and complains about."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

from tests.conftest import ARTICLES
from tests.e2e.learner import Learner
from tests.e2e.looking import WIDE
from tests.e2e.site import Site
from tests.run import BROWSERS
from tests.serving import Server

PATIENCE = 90_000  # milliseconds: conditions are waited for, however busy the machine
expect.set_options(timeout=PATIENCE)
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--no-first-run"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/e2e" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = os.environ.get("QUIZAPP_TEST_BROWSER") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not path:
        pytest.fail("No browser: put Chromium on the PATH, or its path into QUIZAPP_TEST_BROWSER.")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site that most tests visit; each comes as someone new."""
    server = Server(tmp_path_factory.mktemp("site") / "data").start()
    made = Site(server, ARTICLES)
    yield made
    made.close()


class Watch:
    """What the browser asked of other hosts, and what it complained about in its console.

    expected: parts of complaints that belong to the test (a connection cut on purpose).
    """

    def __init__(self, hosts: set[str]) -> None:
        self.hosts = hosts
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.expected: list[str] = []

    def over(self, context: BrowserContext) -> None:
        context.on("request", self._request)
        context.on("console", lambda message: self._console(message.type, message.text))
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def _request(self, request: Request) -> None:
        self.requests.append(request.url)

    def _console(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(text)

    @property
    def foreign(self) -> list[str]:
        asked = (urlsplit(url) for url in self.requests if not url.startswith(("data:", "blob:", "about:")))
        return [url.geturl() for url in asked if url.netloc not in self.hosts]

    @property
    def unexpected(self) -> list[str]:
        return [text for text in self.complaints if not any(part in text for part in self.expected)]


@pytest.fixture
def watch(site: Site) -> Iterator[Watch]:
    """Looks over every context of a test: no other host is asked, the console stays silent (a violation
    of the content security policy is told there), no error is in the server's log, and the deck that other
    tests study to its end is as it was."""
    made = Watch({urlsplit(site.url).netloc})
    said, questions = len(site.server.output), site.questions_of_short()
    yield made
    assert site.questions_of_short() == questions
    assert "Traceback" not in site.server.output[said:], site.server.output[said:]
    assert made.foreign == []
    assert made.unexpected == []


@pytest.fixture
def new_context(browser: Browser, watch: Watch, site: Site) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browser profiles, each with its own cookies and storage."""
    made: list[BrowserContext] = []

    def make(**keywords: Any) -> BrowserContext:
        context = browser.new_context(**{"base_url": site.url, "reduced_motion": "reduce", **keywords})
        context.set_default_timeout(PATIENCE)
        watch.over(context)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture
def guest(new_context: Callable[..., BrowserContext], site: Site) -> Page:
    """A page of a guest who studies the shipped decks and has answered nothing yet."""
    context = new_context()
    context.add_cookies(site.guest())
    return context.new_page()


@pytest.fixture
def studying(new_context: Callable[..., BrowserContext], site: Site) -> Learner:
    """A guest who studies nothing but the three statements of the deck `short`, at the first of them."""
    context = new_context()
    context.add_cookies(site.guest(deck="short"))
    page = context.new_page()
    page.goto("/study/")
    return Learner(page, site.engine)


@pytest.fixture
def visit(new_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """Opens a profile with these cookies, and a page in it."""

    def opened(cookies: Any = (), path: str = "/") -> Page:
        context = new_context(viewport=WIDE)
        context.add_cookies(list(cookies))
        page = context.new_page()
        page.goto(path)
        return page

    return opened
