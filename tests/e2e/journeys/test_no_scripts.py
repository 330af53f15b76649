"""A whole lesson without JavaScript: a teacher writes and assigns, a student joins, takes the quiz and studies, and the
teacher reads the result."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.site import Site

STEM = "Which planet is nearest to the Sun?"


@pytest.fixture
def plain(new_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """Opens a browser that runs no scripts."""

    def opened(cookies: object = ()) -> Page:
        context = new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
        context.add_cookies(list(cookies))  # type: ignore[call-overload]
        return context.new_page()

    return opened


def test_from_a_question_to_a_mark(plain: Callable[..., Page], site: Site) -> None:
    teacher = plain(site.teacher())
    teacher.goto("/teach/new-deck")
    teacher.get_by_label("Title").fill("Planets without scripts")
    teacher.get_by_role("button", name="Create deck").click()
    teacher.get_by_role("link", name="Write the first question").click()
    teacher.get_by_role("link", name="Single choice").click()
    teacher.get_by_label("Question").fill(STEM)
    for row, planet in enumerate(("Mercury", "Venus", "Mars", "Earth")):
        teacher.locator(f"[name=content-options-{row}-text]").fill(planet)
    teacher.locator("[name=content-options-right]").first.check()
    teacher.get_by_role("button", name="Add a row").click()  # the page comes back with room for one more
    teacher.locator("[name=content-options-4-text]").fill("Jupiter")
    teacher.get_by_role("button", name="Preview").click()
    expect(teacher.locator(".beside").get_by_text("Jupiter").first).to_be_visible()
    teacher.get_by_role("button", name="Publish", exact=True).click()
    expect(teacher.get_by_text("Students will see it")).to_be_visible()
    teacher.get_by_role("link", name="Assign", exact=True).click()
    if teacher.locator("select[name=classroom]").count():  # she has other classes
        teacher.locator("select[name=classroom]").select_option("")
    teacher.get_by_label("Name of the new class").fill("5b without scripts")
    teacher.get_by_label("Title").fill("One planet")
    teacher.get_by_role("button", name="Assign").click()
    expect(teacher.get_by_text("No students yet")).to_be_visible()
    assignment = teacher.url
    teacher.get_by_role("link", name="Let students join").click()
    if teacher.get_by_role("button", name="Open joining").count():
        teacher.get_by_role("button", name="Open joining").click()
    code = teacher.locator(".join-code").inner_text()

    student = plain()
    student.goto("/join")
    student.get_by_label("Code").fill(code)
    student.get_by_label("Name").fill("Ines")
    student.get_by_role("button", name="Join").click()
    expect(student.get_by_text("You’ve joined 5b without scripts.")).to_be_visible()
    student.get_by_role("link", name="One planet").click()
    student.get_by_role("button", name="Start").click()
    student.get_by_label("Mercury").check()
    student.get_by_role("button", name="Save").click()
    expect(student.locator("h1")).to_have_text("All answered")
    student.get_by_role("button", name="Finish").click()
    expect(student.locator("h1")).to_contain_text("1 of 1")
    expect(student.get_by_text(STEM)).to_be_visible()

    student.goto("/decks/short")
    student.get_by_role("button", name="Study this deck").click()
    student.get_by_label("False").check()
    student.get_by_role("button", name="Check").click()
    expect(student.locator("h1.verdict")).to_have_text("Incorrect")
    student.get_by_role("link", name="Next").click()
    expect(student.locator("form[data-question]")).to_be_visible()
    student.goto("/progress/")
    student.get_by_text("Show the figures").first.click()
    expect(student.get_by_role("row", name="Deck short")).to_be_visible()

    teacher.goto(assignment)
    expect(teacher.get_by_role("row").filter(has_text="Ines")).to_contain_text("1 of 1")
    teacher.get_by_role("link", name="Who answered what").click()
    teacher.locator("td.cell a").first.click()
    expect(teacher.get_by_text("Mercury").first).to_be_visible()
