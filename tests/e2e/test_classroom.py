"""Three people at once: a teacher projects the code, two students join on phones, one answers, and the
teacher's page follows; every page of a class in light, dark and at 320 px."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.site import Site
from tests.e2e.test_pages import look

PHONE = {"width": 390, "height": 844}


def make_class(teacher: Page, name: str) -> None:
    teacher.goto("/classes/new")
    teacher.get_by_label("Name").fill(name)
    teacher.get_by_role("button", name="Create class").click()
    teacher.get_by_role("link", name="Choose decks").click()
    teacher.get_by_label("Deck short").check()
    teacher.get_by_role("button", name="Save").click()


def join(phone: Page, code: str, name: str) -> None:
    phone.goto(f"/join/{code}")
    phone.get_by_label("Your name").fill(name)
    phone.get_by_role("button", name="Join").click()
    expect(phone.get_by_text("You’ve joined")).to_be_visible()


def test_a_teacher_projects_the_code_and_sees_two_students_come_and_one_learn(
    new_context: Callable[..., BrowserContext], site: Site
) -> None:
    desk = new_context()
    desk.add_cookies(site.teacher())
    teacher = desk.new_page()
    make_class(teacher, "7b Geography")
    teacher.get_by_role("link", name="Let students join").click()
    teacher.get_by_role("button", name="Open joining").click()
    code = teacher.locator(".join-code").inner_text().replace(" ", "").replace("\n", "")

    anna, bela = (new_context(viewport=PHONE, has_touch=True).new_page() for _ in range(2))
    join(anna, code, "Anna")
    join(bela, code, "Bela")
    for name in ("Anna", "Bela"):  # the projected page follows by itself
        expect(teacher.locator(".names").get_by_text(name)).to_be_visible()
    teacher.get_by_role("button", name="Stop joining").click()
    expect(teacher.locator(".join-code")).to_have_count(0)

    teacher.get_by_role("link", name="7b Geography").first.click()
    row = teacher.get_by_role("row").filter(has_text="Anna")
    expect(row).to_contain_text("never")
    anna.get_by_role("link", name="Study").click()
    expect(anna.locator("#stem")).to_contain_text("Statement 1 is true")
    anna.locator("label.option").filter(has_text="True").click()
    anna.locator("form[data-question] [data-primary]").click()
    expect(anna.locator("h1.verdict")).to_have_text("Correct")
    expect(row).to_contain_text("today")
    expect(row).to_contain_text("1 of 3")
    expect(teacher.get_by_role("row").filter(has_text="Bela")).to_contain_text("never")


def test_the_pages_of_a_class(new_context: Callable[..., BrowserContext], site: Site) -> None:
    desk = new_context()
    desk.add_cookies(site.teacher())
    teacher = desk.new_page()
    make_class(teacher, "8a")
    home = teacher.url
    look(teacher)
    teacher.goto(f"{home}/roster")
    look(teacher)
    teacher.get_by_label("Names").fill("Anna\nBela Papadopoulou-Szczepańska\nCleo")
    teacher.get_by_role("button", name="Continue").click()
    look(teacher)
    teacher.get_by_role("button", name="Add 3 students").click()
    look(teacher)
    teacher.get_by_role("button", name="Print sign-in cards").click()
    code = teacher.locator(".card-code").first.inner_text()
    look(teacher)
    for path in ("", "/code", "/decks", "/edit"):
        teacher.goto(home + path)
        look(teacher)
    teacher.goto(f"{home}/code")
    teacher.get_by_role("button", name="Open joining").click()
    look(teacher)
    teacher.goto("/classes/")
    look(teacher)
    student = new_context().new_page()
    student.goto("/join")
    look(student)
    student.get_by_label("Code of the class").fill(code)
    student.get_by_role("button", name="Join").click()
    look(student)
    student.get_by_role("button", name="Continue as Anna").click()
    for path in ("/", "/classes/", "/join"):
        student.goto(path)
        look(student)
