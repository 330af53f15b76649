"""A teacher's first quarter of an hour: from the link the server prints to a question in a student's hands."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from tests.e2e.conftest import Watch
from tests.e2e.learner import listens
from tests.e2e.site import Site

STEM = "Which river flows through Vienna?"


def test_a_teacher_adds_a_question_and_a_student_is_asked_it(
    new_context: Callable[..., BrowserContext], site: Site, watch: Watch
) -> None:
    teacher = new_context().new_page()
    teacher.goto(site.server.setup_link)
    teacher.get_by_label("Name").fill("Mr Adler")
    teacher.get_by_label("Password").fill("rivers and mountains")
    teacher.get_by_role("button", name="Sign up").click()
    expect(teacher.get_by_text("Your account has been created")).to_be_visible()
    teacher.get_by_role("link", name="Teach").click()
    teacher.get_by_role("link", name="Create your first deck").click()
    teacher.get_by_label("Title").fill("Rivers of Europe")
    teacher.get_by_role("button", name="Create deck").click()
    teacher.get_by_role("link", name="Write the first question").click()
    teacher.get_by_role("link", name="Short answer").click()
    teacher.get_by_label("Question").fill(STEM)
    teacher.get_by_label("Answer", exact=True).fill("Danube")
    teacher.get_by_label("Why").fill("The Danube crosses the city from north-west to south-east.")
    expect(teacher.locator("[data-shown]").get_by_text(STEM).first).to_be_visible()
    teacher.get_by_role("button", name="Publish", exact=True).click()
    expect(teacher.get_by_text("Students will see it")).to_be_visible()
    expect(teacher.get_by_role("link", name=STEM, exact=True)).to_be_visible()

    teacher.get_by_role("link", name="Sharing").click()
    teacher.get_by_role("button", name="Make it public").click()
    expect(teacher.get_by_text("Everyone on this server can study this deck")).to_be_visible()

    student = new_context().new_page()
    student.goto("/")
    student.get_by_role("link", name="Rivers of Europe").click()
    student.get_by_role("button", name="Study this deck").click()
    expect(student.locator("#stem")).to_have_text(STEM)
    student.get_by_role("textbox").fill("the danube")
    listens(student)
    student.keyboard.press("Enter")
    expect(student.locator("h1.verdict")).to_have_text("Correct")
    expect(student.get_by_text("The Danube crosses the city")).to_be_visible()

    watch.expected.append("404")  # the link has been used
    second = new_context().new_page()
    second.goto(site.server.setup_link)
    expect(second.get_by_role("button", name="Sign up")).to_have_count(0)
