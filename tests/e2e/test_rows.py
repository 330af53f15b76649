"""A question's answers as rows: added, removed, pasted and restored, with scripts and without."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e.conftest import Watch
from tests.e2e.looking import look
from tests.e2e.site import Site

PASTE = """(line, text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  line.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def desk(new_context: Callable[..., BrowserContext], site: Site) -> Page:
    """A page of the teacher who owns the deck `every`."""
    context = new_context()
    context.add_cookies(site.teacher())
    return context.new_page()


def row(desk: Page, number: int, called: str = "Answer") -> Locator:
    return desk.get_by_role("group", name=f"{called} {number}", exact=True)


def texts(desk: Page) -> list[str]:
    return [field.input_value() for field in desk.locator("input.of-text").all()]


def test_rows_are_filled_by_keys_and_by_pasting_and_one_is_taken_out(desk: Page) -> None:
    desk.goto("/teach/decks/every/add/single_choice")
    desk.get_by_label("Question").fill("Which river flows past the rows?")
    first = row(desk, 1).get_by_label("Answer", exact=True)
    first.evaluate(PASTE, "Danube\nElbe\n\nOder\nRhine\nMain")
    assert texts(desk) == ["Danube", "Elbe", "Oder", "Rhine", "Main"]
    row(desk, 5).get_by_label("Answer", exact=True).press("Enter")
    expect(row(desk, 6).get_by_label("Answer", exact=True)).to_be_focused()
    desk.keyboard.type("Weser")
    row(desk, 6).get_by_label("Right").check()
    row(desk, 2).get_by_label("Feedback").fill("It flows to the North Sea.")
    row(desk, 3).get_by_role("button", name="Remove").click()
    assert texts(desk) == ["Danube", "Elbe", "Rhine", "Main", "Weser"]
    expect(row(desk, 5).get_by_label("Right")).to_be_checked()
    look(desk)
    desk.get_by_role("button", name="Keep as a draft").click()
    desk.get_by_role("link", name="Which river flows past the rows?", exact=True).click()
    assert texts(desk) == ["Weser", "Danube", "Elbe", "Rhine", "Main"]
    expect(row(desk, 1).get_by_label("Right")).to_be_checked()
    expect(row(desk, 3).get_by_label("Feedback")).to_have_value("It flows to the North Sea.")


def test_rows_that_were_not_saved_are_restored_as_they_were(desk: Page, watch: Watch) -> None:
    watch.expected.append("422")  # saved without a question
    desk.goto("/teach/decks/every/add/multiple_choice")
    for number, text in enumerate("abcdef", start=1):
        if number > 4:
            desk.get_by_role("button", name="Add a row").click()
        row(desk, number).get_by_label("Answer", exact=True).fill(text)
    row(desk, 2).get_by_label("Right").check()
    row(desk, 6).get_by_label("Right").check()
    row(desk, 1).get_by_role("button", name="Remove").click()
    again = desk.context.new_page()
    desk.close()
    again.goto("/teach/decks/every/add/multiple_choice")
    again.get_by_role("button", name="Restore it").click()
    assert texts(again) == ["b", "c", "d", "e", "f"]
    ticked = [place for place in range(5) if row(again, place + 1).get_by_label("Right").is_checked()]
    assert ticked == [0, 4]
    again.get_by_role("button", name="Keep as a draft").click()
    expect(again.locator(".notice.wrong")).to_contain_text("Question")
    assert texts(again) == ["b", "c", "d", "e", "f"]


def test_rows_work_without_scripts(
    new_context: Callable[..., BrowserContext], site: Site, watch: Watch
) -> None:
    watch.expected.append("422")  # saved before a right answer is ticked
    context = new_context(java_script_enabled=False)
    context.add_cookies(site.teacher())
    desk = context.new_page()
    desk.goto("/teach/decks/every/add/single_choice")
    desk.get_by_label("Question").fill("Which river needs no scripts?")
    for number, text in enumerate(("Danube", "Elbe", "Oder", "Rhine"), start=1):
        row(desk, number).get_by_label("Answer", exact=True).fill(text)
    desk.get_by_role("button", name="Add a row").click()
    row(desk, 5).get_by_label("Answer", exact=True).fill("Main")
    row(desk, 2).get_by_role("button", name="Remove").click()
    assert texts(desk) == ["Danube", "Oder", "Rhine", "Main"]
    desk.get_by_role("button", name="Publish", exact=True).click()
    expect(desk.get_by_role("group", name="Answers")).to_contain_text("Tick the answer that’s right.")
    assert texts(desk) == ["Danube", "Oder", "Rhine", "Main"]
    row(desk, 4).get_by_label("Right").check()
    desk.get_by_role("button", name="Publish", exact=True).click()
    expect(desk.get_by_text("Students will see it")).to_be_visible()


def test_pairs_are_rows_too(desk: Page) -> None:
    desk.goto("/teach/decks/every/add/matching")
    desk.get_by_label("Question").fill("Match each country with its capital.")
    for number, (left, right) in enumerate({"Peru": "Lima", "Chile": "Santiago", "Fiji": "Suva"}.items(), 1):
        row(desk, number, "Pair").get_by_label("Left").fill(left)
        row(desk, number, "Pair").get_by_label("Right").fill(right)
    look(desk)
    expect(desk.locator("[data-shown]")).to_contain_text("Santiago")
    desk.get_by_role("button", name="Publish", exact=True).click()
    expect(desk.get_by_text("Students will see it")).to_be_visible()
