"""The item editor with scripts: a preview while one writes, gaps from a selection, nothing lost on the way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Dialog, Page, expect

from tests.e2e.site import Site


@pytest.fixture
def desk(new_context: Callable[..., BrowserContext], site: Site) -> Page:
    """A page of the teacher who owns the deck `every`."""
    context = new_context()
    context.add_cookies(site.teacher())
    return context.new_page()


def begin(desk: Page, kind: str) -> None:
    desk.goto(f"/teach/decks/every/add/{kind}")


def test_the_preview_and_the_advice_follow_what_is_written(desk: Page) -> None:
    begin(desk, "single_choice")
    desk.get_by_label("Question").fill("Which river did they cross last year?")
    shown = desk.locator("[data-shown]")
    expect(shown).to_contain_text("Before it can be shown")
    desk.get_by_label("Right answer").fill("Danube")
    desk.get_by_label("Wrong answers").fill("Elbe\nLoire")
    expect(shown.get_by_role("radio", name="Loire")).to_be_visible()
    expect(shown).to_contain_text("“last year”")
    expect(desk.locator("[data-voice]")).to_contain_text("Can be saved.")


def test_what_is_tried_in_the_preview_is_not_sent(desk: Page) -> None:
    desk.goto("/teach/decks/every")
    desk.get_by_role("link", name="Which city hosted").first.click()
    desk.locator("[data-shown]").get_by_role("radio").first.check()
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("Nothing had changed")).to_be_visible()


def test_a_selection_becomes_a_gap_that_can_be_undone(desk: Page) -> None:
    begin(desk, "cloze")
    stem = desk.get_by_label("Question")
    stem.fill("It flows into the Black Sea.")
    stem.evaluate("area => area.setSelectionRange(18, 27)")
    desk.get_by_role("button", name="Make a gap").click()
    expect(stem).to_have_value("It flows into the {{Black Sea}}.")
    desk.keyboard.type("~North Sea")
    expect(stem).to_have_value("It flows into the {{Black Sea~North Sea}}.")
    desk.get_by_role("button", name="Make a gap").click()
    expect(desk.locator("gap-maker")).to_contain_text("cannot stand within another")
    expect(stem).to_have_value("It flows into the {{Black Sea~North Sea}}.")


def test_rows_of_evidence_are_added_without_losing_what_stands_there(desk: Page) -> None:
    begin(desk, "flip_card")
    desk.locator("#evidence-0-paragraph").fill("3")
    desk.get_by_role("button", name="Another sentence").click()
    expect(desk.locator("#evidence-1-source")).to_be_focused()
    expect(desk.locator("#evidence-1-paragraph")).to_have_value("")
    expect(desk.locator("#evidence-0-paragraph")).to_have_value("3")


def test_leaving_with_unsaved_text_is_asked_about_and_saving_is_not(desk: Page) -> None:
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    desk.on("dialog", answer)
    begin(desk, "flip_card")
    desk.get_by_label("Question").fill("Which river flows past the town of the editor?")
    desk.get_by_role("link", name="Library").click(no_wait_after=True)
    expect(desk.get_by_label("Question")).to_have_value("Which river flows past the town of the editor?")
    assert asked == ["beforeunload"]
    desk.get_by_label("Answer", exact=True).fill("The Danube")
    desk.get_by_role("button", name="Publish", exact=True).dblclick()
    expect(desk.get_by_text("Students will meet it")).to_be_visible()
    expect(desk.locator(".items h2", has_text="past the town of the editor?")).to_have_count(1)
    assert asked == ["beforeunload"]
