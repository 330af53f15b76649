"""A report from hand to hand: a student sends it, the teacher finds it, mends the question, the student reads so."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from tests.e2e.conftest import Watch
from tests.e2e.learner import listens
from tests.e2e.looking import look
from tests.e2e.site import Site


def test_a_report_leads_to_a_better_question_and_back_to_the_student(
    new_context: Callable[..., BrowserContext], site: Site, watch: Watch
) -> None:
    item = site.items["short-2"]
    student_context = new_context()
    student_context.add_cookies(site.guest(deck="short"))
    student = student_context.new_page()
    student.goto(f"/study/?item={item}")
    student.get_by_text("True", exact=True).first.click()
    listens(student)
    student.keyboard.press("Enter")
    expect(student.locator("h1.verdict")).to_be_visible()
    student.get_by_text("Report a problem").click()
    student.get_by_label("The question is unclear").check()
    student.get_by_label("In your own words").fill("Which of the statements?")
    look(student)
    student.get_by_role("button", name="Send report").click()
    expect(student.get_by_text("Thank you.").first).to_be_visible()
    expect(student.locator("h1.verdict")).to_be_visible()

    teacher_context = new_context()
    teacher_context.add_cookies(site.teacher())
    teacher = teacher_context.new_page()
    teacher.goto("/teach/")
    teacher.get_by_role("link", name="Queue").click()
    expect(teacher.get_by_text("Which of the statements?")).to_be_visible()
    look(teacher)
    teacher.get_by_role("link", name="Statement 2 is true.", exact=True).click()
    look(teacher)
    teacher.get_by_role("link", name="Edit the question").click()
    teacher.get_by_label("Question").fill("The second statement is true.")
    teacher.get_by_role("button", name="Save", exact=True).click()
    expect(teacher.locator("h1")).to_have_text("What kind of change is this?")  # someone has answered it
    teacher.get_by_role("button", name="Save this change").click()
    expect(teacher.get_by_role("radio", name="Fixed")).to_be_checked()
    teacher.get_by_role("button", name="Close this report").click()
    expect(teacher.get_by_text("The student is told.")).to_be_visible()

    student.goto("/")
    student.get_by_role("link", name="Read the answer").click()
    expect(student.get_by_text("Fixed", exact=True)).to_be_visible()
    expect(student.locator(".change ins").first).to_be_visible()
    look(student)
    student.get_by_role("button", name="Mark as read").click()
    expect(student.get_by_role("button", name="Mark as read")).to_have_count(0)
    student.goto("/")
    expect(student.get_by_text("you reported")).to_have_count(0)
