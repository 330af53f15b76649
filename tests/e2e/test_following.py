"""A part of a page that follows by itself asks once at a time, and more rarely while the server doesn't answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Route, expect

from tests.e2e.site import Site

MINUTE = 60_000  # milliseconds


def test_it_asks_once_at_a_time_and_backs_off(
    new_context: Callable[..., BrowserContext], site: Site, watch: Any
) -> None:
    desk = new_context()
    desk.add_cookies(site.teacher())
    page = desk.new_page()
    page.clock.install()
    page.goto("/classes/new")
    page.get_by_label("Name").fill("9c")
    page.get_by_role("button", name="Create class").click()
    expect(page.locator("live-part")).to_have_count(1)
    page.wait_for_load_state("networkidle")
    asked: list[Route] = []
    page.route(page.url, lambda route: asked.append(route))  # noqa: PLW0108 playwright marks what it calls

    def pass_time(minutes: int) -> None:
        """As if the page were looked at for so long, a second at a time."""
        for _ in range(minutes):
            page.clock.run_for(MINUTE)

    pass_time(10)
    assert len(asked) == 1, "the first has no answer yet"
    watch.expected.append("503")
    counts = []
    for _ in range(3):
        before = len(asked)
        with page.expect_response(page.url):
            asked[-1].fulfill(status=503, body="busy")
        seconds = 0
        while len(asked) == before:
            page.clock.run_for(1_000)
            seconds += 1
            assert seconds < 3_000
        counts.append(seconds)
    assert counts == sorted(counts)
    assert counts[0] < counts[-1], counts
    pass_time(10)
    assert len(asked) == 4, "still one at a time"
    asked[-1].fulfill(status=503, body="busy")
