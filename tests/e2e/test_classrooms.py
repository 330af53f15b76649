"""A class from its name to what the teacher sees of it, and the students' way into it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from quizapp.domain.library.kinds.base import Chosen
from tests.e2e.learner import Learner
from tests.e2e.looking import look
from tests.e2e.site import Site


def test_students_join_with_a_code_and_a_name_and_the_teacher_sees_what_they_do(
    visit: Callable[..., Page], site: Site
) -> None:
    teacher = visit(site.teacher(), "/classes/new")
    teacher.get_by_label("Name").fill("Year 9")
    teacher.get_by_role("button", name="Create class").click()
    expect(teacher.locator("h1")).to_have_text("Year 9")
    look(teacher)
    teacher.get_by_role("link", name="Choose decks").click()
    look(teacher)
    teacher.get_by_label("Deck short").check()
    teacher.get_by_role("button", name="Save").click()
    teacher.get_by_role("link", name="Let students join").click()
    look(teacher)
    teacher.get_by_role("button", name="Open").click()
    expect(teacher.locator(".join-code")).to_be_visible()
    look(teacher)
    code = teacher.locator(".join-code").inner_text()

    student = visit(path="/join")
    look(student)
    student.get_by_label("Code").fill(code.lower())
    student.get_by_label("Name").fill("Nadia")
    student.get_by_role("button", name="Join").click()
    expect(student.get_by_text("Year 9").first).to_be_visible()
    student.goto("/study/")
    learner = Learner(student, site.engine)
    assert learner.content.stem == "Statement 1 is true."
    learner.answer(Chosen(("True",)))
    student.goto("/classes/")
    look(student)

    teacher.goto("/classes/")
    look(teacher)
    teacher.get_by_role("link", name="Year 9").click()
    row = teacher.get_by_role("row").filter(has_text="Nadia")
    expect(row.get_by_role("cell").nth(1)).to_have_text("1")
    look(teacher)
    for name in ("People", "Settings"):
        teacher.get_by_role("link", name=name, exact=True).click()
        look(teacher)
        teacher.go_back()
    teacher.get_by_role("link", name="People", exact=True).click()
    teacher.get_by_role("link", name="Add students by name").click()
    look(teacher)
    teacher.locator("textarea").fill("Omar\nPia")
    teacher.get_by_role("button", name="Continue").click()
    teacher.get_by_role("button", name="Add 2 students").click()
    expect(teacher.get_by_text("Omar").first).to_be_visible()
    teacher.get_by_role("button", name="Print sign-in cards").click()
    expect(teacher.get_by_text("Pia").first).to_be_visible()
    look(teacher)
