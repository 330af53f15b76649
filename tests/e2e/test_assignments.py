"""Three people at once: the teacher projects the code, two students join on phones, one finishes what the class
was given, and the teacher's page follows."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.looking import look
from tests.e2e.site import Site

PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True}


def join(new_context: Callable[..., BrowserContext], code: str, name: str) -> Page:
    phone = new_context(**PHONE).new_page()
    phone.goto("/join")
    phone.get_by_label("Code").fill(code)
    phone.get_by_label("Name").fill(name)
    phone.get_by_role("button", name="Join").click()
    expect(phone.get_by_text("You’ve joined Year 8.")).to_be_visible()
    return phone


def test_a_class_joins_takes_a_quiz_and_the_teachers_page_follows(
    visit: Callable[..., Page], new_context: Callable[..., BrowserContext], site: Site
) -> None:
    teacher = visit(site.teacher(), "/classes/new")
    teacher.get_by_label("Name").fill("Year 8")
    teacher.get_by_role("button", name="Create class").click()
    teacher.get_by_role("link", name="New assignment").click()
    look(teacher)
    teacher.get_by_role("link", name="Take a quiz").click()
    look(teacher)
    teacher.get_by_label("Deck").select_option(label="Deck short")
    teacher.get_by_label("Title").fill("Three statements")
    teacher.get_by_role("button", name="Assign").click()
    expect(teacher.locator("h1")).to_have_text("Three statements")
    expect(teacher.get_by_text("No students yet")).to_be_visible()
    teacher.get_by_role("link", name="Let students join").click()
    teacher.get_by_role("button", name="Open joining").click()
    code = teacher.locator(".join-code").inner_text()

    nadia, omar = join(new_context, code, "Nadia"), join(new_context, code, "Omar")
    expect(teacher.get_by_text("Omar")).to_be_visible()  # the projected page follows
    teacher.get_by_role("link", name="Year 8").click()
    teacher.get_by_role("link", name="Three statements").click()
    teacher.evaluate("window.sameDocument = true")
    rows = teacher.get_by_role("row")
    expect(rows.filter(has_text="Nadia")).to_contain_text("open")

    omar.get_by_role("link", name="Three statements").click()
    omar.get_by_role("button", name="Start").click()
    expect(omar.locator("form[data-question]")).to_be_visible()
    nadia.get_by_role("link", name="Three statements").click()
    nadia.get_by_role("button", name="Start").click()
    for number in (1, 2, 3):
        expect(nadia.locator("h1")).to_have_text(f"Question {number}")
        nadia.get_by_label("True" if number < 3 else "False").check()
        nadia.get_by_role("button", name="Save").click()
    nadia.get_by_role("button", name="Finish").click()
    expect(nadia.locator("h1")).to_have_text("2 of 3 points")
    nadia.get_by_role("link", name="Back to the assignment").click()
    expect(nadia.get_by_text("Done", exact=True)).to_be_visible()

    expect(rows.filter(has_text="Nadia")).to_contain_text("2 of 3")
    expect(rows.filter(has_text="Omar")).to_contain_text("0 of 3 answered")
    expect(teacher.get_by_text("0 of 1 right")).to_be_visible()
    assert teacher.evaluate("window.sameDocument"), "without being loaded anew"
    look(teacher)
    look(nadia)
    for name in ("Edit assignment", "More time for a student"):
        teacher.locator("details", has_text="More time").evaluate("each => { each.open = true; }")
        teacher.get_by_role("link", name=name).click()
        look(teacher)
        teacher.go_back()
