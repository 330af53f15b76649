"""Pages are light, stay with this server, and remember the colours one chose."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, CDPSession, Page, expect

from quizapp.domain.library.kinds.base import GaveUp
from tests.e2e.conftest import Watch
from tests.e2e.learner import Learner
from tests.e2e.site import Site

KB = 1000


class Meter:
    """Requests that went over the wire and the bytes that came back, headers and all, compressed."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[tuple[str, str]] = []  # the id and the method of each request
        self.bytes: dict[str, int] = {}
        self.under_way: set[str] = set()
        session: CDPSession = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.loadingFinished", self._arrived)
        session.on("Network.loadingFailed", lambda event: self.under_way.discard(event["requestId"]))

    def _sent(self, event: Any) -> None:
        if not event["request"]["url"].startswith("data:"):
            self.asked.append((event["requestId"], event["request"]["method"]))
            self.under_way.add(event["requestId"])

    def _arrived(self, event: Any) -> None:
        self.under_way.discard(event["requestId"])
        self.bytes[event["requestId"]] = int(event["encodedDataLength"])

    def read(self, method: str = "GET") -> tuple[int, int]:
        """(requests, bytes) by this method since the last reading, once all of them have arrived."""
        self.page.wait_for_load_state("networkidle")
        while self.under_way:
            self.page.wait_for_timeout(20)
        found = [key for key, by in self.asked if by == method]
        size = sum(self.bytes.get(key, 0) for key in set(found))
        self.asked, self.bytes = [], {}
        return len(found), size


def test_a_study_page_weighs_little_and_the_next_item_next_to_nothing(
    guest: Page, site: Site, watch: Watch
) -> None:
    """The next item is fetched while the feedback is read, once: going on asks for nothing more."""
    meter, learner = Meter(guest), Learner(guest, site.engine)
    guest.goto("/study/")
    requests, size = meter.read()
    assert requests <= 8
    assert size <= 60 * KB
    for _ in range(3):
        learner.answer(GaveUp())
        learner.next()
        learner.finished()
        requests, size = meter.read()
        assert requests == 1  # besides the answer, which is posted
        assert size <= 6 * KB


def test_a_tour_of_the_site_stays_with_this_server(
    new_context: Callable[..., BrowserContext], site: Site, watch: Watch
) -> None:
    page = new_context().new_page()
    page.goto("/")
    page.get_by_role("button", name="Answer the first question").click()
    Learner(page, site.engine).answer(GaveUp())
    seen, waiting, visited = {page.url}, ["/"], 0
    while waiting and visited < 20:
        page.goto(waiting.pop(0))
        visited += 1
        for link in page.locator("a[href]").all():
            url = str(link.evaluate("link => link.href")).partition("#")[0]
            if url not in seen:
                seen.add(url)
                waiting.append(url)
    assert visited >= 15
    assert len(watch.requests) > visited
    assert watch.foreign == []
    assert watch.unexpected == []
    for policy in ("default-src 'self'", "script-src 'self'", "frame-ancestors 'none'"):
        assert policy in page.request.get("/").headers["content-security-policy"]


FILE = re.compile(r"\.(zip|csv)(\?|$)")  # a download, no page
SHAPE = re.compile(r"(?<=/)(?:\d+|[0-9a-f-]{32,36})(?=/|$)|(?<=/decks/)[^/]+|(?<=/sources/)[^/]+|\?.*")


@pytest.mark.parametrize("role", ["anonymous", "student", "teacher", "admin"])
def test_a_tour_of_each_role_asks_no_other_host(
    new_context: Callable[..., BrowserContext], site: Site, watch: Watch, role: str
) -> None:
    """Every sort of page that links lead to, one of each."""
    context = new_context()
    if role != "anonymous":
        context.add_cookies(site.member(role))
    page = context.new_page()
    seen, waiting = {"/"}, ["/", "/sign-in", "/join"]
    while waiting:
        page.goto(waiting.pop(0))
        for url in page.evaluate("[...document.querySelectorAll('a[href]')].map((link) => link.href)"):
            path = url.partition("#")[0].removeprefix(site.url)
            if path.startswith("/") and not FILE.search(path) and _shape(path) not in seen:
                seen.add(_shape(path))
                waiting.append(path)
    assert len(seen) >= {"anonymous": 5, "student": 9, "teacher": 20, "admin": 22}[role], sorted(seen)
    assert len(watch.requests) > len(seen)
    assert watch.foreign == []
    assert watch.unexpected == []


def _shape(path: str) -> str:
    return SHAPE.sub("*", path)


@pytest.mark.parametrize(("choice", "system"), [("Dark", "light"), ("Light", "dark")])
def test_the_colours_one_chose_are_remembered(
    new_context: Callable[..., BrowserContext], site: Site, choice: str, system: str
) -> None:
    context = new_context(color_scheme=system)
    context.add_cookies(site.guest())
    page = context.new_page()
    page.goto("/")
    before = ground(page)
    page.get_by_label(choice).check()
    chosen = ground(page)
    assert chosen != before
    page.reload()
    assert ground(page) == chosen
    expect(page.get_by_label(choice)).to_be_checked()
    page.get_by_role("link", name="Study").click()
    assert ground(page) == chosen
    other = context.new_page()
    other.goto("/sign-up")
    assert ground(other) == chosen
    other.get_by_label("Auto").check()
    assert ground(other) == before
    page.wait_for_function("() => !document.documentElement.dataset.theme")  # the open tab follows
    assert ground(page) == before


def ground(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def test_going_back_after_signing_out_shows_nothing_of_one_s_own(
    new_context: Callable[..., BrowserContext], site: Site, watch: Watch
) -> None:
    watch.expected.append("404")
    context = new_context()
    context.add_cookies(site.teacher())
    page = context.new_page()
    page.goto("/teach/decks/every")
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("Ms Vera")).to_have_count(0)
    expect(page.get_by_text("Add a question")).to_have_count(0)
