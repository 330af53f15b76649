"""Going back after an error shows what was typed, whether or not the browser asks the server again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.e2e.site import Site


@pytest.mark.parametrize(
    ("path", "name", "button"),
    [("/teach/new-deck", "Title", "Create"), ("/classes/new", "Name", "Create class")],
)
def test_going_back_after_an_error_shows_what_was_typed(
    new_context: Callable[..., BrowserContext], site: Site, watch: Any, path: str, name: str, button: str
) -> None:
    watch.expected.append("422")
    desk = new_context()
    desk.add_cookies(site.teacher())
    page = desk.new_page()
    page.goto("/")
    page.goto(path)
    field = page.get_by_label(name, exact=True)
    field.evaluate("field => field.removeAttribute('maxlength')")
    typed = "Harbours of the north " * 8
    field.fill(typed)
    page.get_by_role("button", name=button).first.click()
    expect(page.locator("[aria-invalid=true]")).to_have_count(1)
    expect(field).to_have_value(typed)
    page.go_back()
    expect(page.locator("[aria-invalid=true]")).to_have_count(0)
    expect(field).to_have_value(typed)
