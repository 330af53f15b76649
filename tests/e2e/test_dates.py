"""A date of one's own: set with the keyboard's plain form, planned from then on, and easy on every eye."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.e2e.looking import look
from tests.e2e.site import Site


def test_an_exam_is_set_and_planned_from_then_on(visit: Callable[..., Page], site: Site) -> None:
    page = visit(site.guest_with_history(), "/dates/")
    page.get_by_label("Title").fill("Exam")
    page.locator("input[name=decks]").first.check()
    page.get_by_label("Date", exact=True).fill(str((datetime.now(UTC) + timedelta(days=9)).date()))
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Exam", exact=True)).to_be_visible()
    page.get_by_text("What more or less time would do").click()
    expect(page.get_by_role("columnheader", name="Time a day")).to_be_visible()
    look(page)
    page.goto("/")
    expect(page.get_by_text("Exam:")).to_be_visible()
    look(page)
