"""The item editor with scripts: a preview while one writes, gaps from a selection, nothing lost on the way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.e2e.conftest import Watch
from tests.e2e.looking import look
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
    for number, text in enumerate(("Elbe", "Danube", "Loire"), start=1):
        desk.get_by_role("group", name=f"Answer {number}").get_by_label("Answer").fill(text)
    desk.get_by_role("group", name="Answer 2").get_by_label("Right").check()
    expect(shown.get_by_role("radio", name="Loire")).to_be_visible()
    expect(shown).to_contain_text("“last year”")
    expect(desk.locator("[data-voice]")).to_contain_text("Can be saved.")


def test_what_is_tried_in_the_preview_is_not_sent(desk: Page) -> None:
    desk.goto("/teach/decks/every")
    desk.get_by_role("link", name="Which city hosted").first.click()
    desk.locator("[data-shown]").get_by_role("radio").first.check()
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("Nothing changed")).to_be_visible()


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
    expect(desk.locator("gap-maker")).to_contain_text("can’t be inside another gap")
    expect(stem).to_have_value("It flows into the {{Black Sea~North Sea}}.")


def test_rows_of_evidence_are_added_without_losing_what_stands_there(desk: Page) -> None:
    begin(desk, "flip_card")
    desk.locator("#evidence-0-paragraph").fill("3")
    desk.get_by_role("button", name="Another sentence").click()
    expect(desk.locator("#evidence-1-source")).to_be_focused()
    expect(desk.locator("#evidence-1-paragraph")).to_have_value("")
    expect(desk.locator("#evidence-0-paragraph")).to_have_value("3")


def test_what_is_written_survives_a_closed_tab_until_it_is_saved(desk: Page) -> None:
    begin(desk, "flip_card")
    desk.get_by_label("Question").fill("Which river flows past the town of the editor?")
    desk.get_by_role("button", name="Another sentence").click()
    desk.locator("#evidence-1-paragraph").fill("3")
    again = desk.context.new_page()
    desk.close()
    desk = again
    begin(desk, "flip_card")
    expect(desk.get_by_label("Question")).to_have_value("")
    desk.get_by_role("button", name="Restore it").click()
    expect(desk.get_by_label("Question")).to_have_value("Which river flows past the town of the editor?")
    expect(desk.locator("#evidence-1-paragraph")).to_have_value("3")
    desk.locator("#evidence-1-paragraph").fill("")
    desk.get_by_label("Answer", exact=True).fill("The Danube")
    desk.get_by_role("button", name="Publish", exact=True).dblclick()
    expect(desk.get_by_text("Students will see it")).to_be_visible()
    expect(desk.locator(".items h2", has_text="past the town of the editor?")).to_have_count(1)
    begin(desk, "flip_card")
    expect(desk.get_by_label("Question")).to_have_value("")
    expect(desk.locator(".kept")).to_have_count(0)


def test_a_key_publishes_and_a_formula_is_set_where_it_is_shown(desk: Page) -> None:
    begin(desk, "flip_card")
    desk.get_by_label("Question").fill(r"What does \(E = mc^2\) say at $5?")
    desk.get_by_label("Answer", exact=True).fill("Mass is energy")
    expect(desk.locator("[data-shown] math-formula .katex-html").first).to_be_visible()
    expect(desk.locator("[data-shown]")).to_contain_text("at $5?")
    desk.keyboard.press("Control+s")
    expect(desk.get_by_text("Students will see it")).to_be_visible()


def test_a_draft_is_deleted_after_a_second_thought(desk: Page) -> None:
    begin(desk, "flip_card")
    desk.get_by_label("Question").fill("Which river will nobody ask about?")
    desk.get_by_label("Answer", exact=True).fill("The Oder")
    desk.get_by_role("button", name="Keep as a draft").click()
    desk.get_by_role("link", name="Which river will nobody ask about?", exact=True).click()
    expect(desk.get_by_role("button", name="Delete draft")).to_be_hidden()
    desk.get_by_text("Delete this draft").click()
    look(desk)
    desk.get_by_role("button", name="Delete draft").click()
    expect(desk.get_by_text("Draft deleted.")).to_be_visible()
    expect(desk.get_by_role("link", name="Which river will nobody ask about?", exact=True)).to_have_count(0)


def written(desk: Page, question: str) -> None:
    begin(desk, "flip_card")
    desk.get_by_label("Question").fill(question)
    desk.get_by_label("Answer", exact=True).fill("The Danube")


def lost_on_the_way(desk: Page, route: Route) -> None:
    route.abort()


def refused_by_a_busy_server(desk: Page, route: Route) -> None:
    route.fulfill(status=503, content_type="text/html", body="<h1>Very busy right now</h1>")


def signed_out_meanwhile(desk: Page, route: Route) -> None:
    route.fulfill(status=404, content_type="text/html", body="<h1>Not found</h1>")


@pytest.mark.parametrize("failing", [lost_on_the_way, refused_by_a_busy_server, signed_out_meanwhile])
def test_what_did_not_arrive_is_kept_and_offered_back(
    desk: Page, watch: Watch, failing: Callable[..., None]
) -> None:
    watch.expected.append("Failed to load resource")
    question = f"Which river was {failing.__name__}?"
    written(desk, question)

    def answer(route: Route) -> None:
        failing(desk, route) if route.request.method == "POST" else route.fallback()

    address = "**/teach/decks/every/add/flip_card"
    desk.route(address, answer)
    with desk.expect_event("requestfailed" if failing is lost_on_the_way else "requestfinished"):
        desk.get_by_role("button", name="Publish", exact=True).click()
    desk.unroute(address)
    again = desk.context.new_page()
    desk.close()
    begin(again, "flip_card")
    again.get_by_role("button", name="Restore it").click()
    expect(again.get_by_label("Question")).to_have_value(question)
    again.get_by_role("button", name="Publish", exact=True).click()
    expect(again.get_by_text("Students will see it")).to_be_visible()
    begin(again, "flip_card")
    expect(again.locator(".kept")).to_have_count(0)
