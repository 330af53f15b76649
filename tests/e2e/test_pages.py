"""Every page, as everybody meets it: nothing that axe finds in light or dark, and nothing cut off at 320 px."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from quizapp.domain.library.kinds import KINDS
from quizapp.domain.library.kinds.base import Format
from quizapp.web import register_blueprints
from quizapp.web.frame.rights import RIGHTS, Right
from tests.e2e.conftest import Watch
from tests.e2e.learner import QUESTION, VERDICT, Learner
from tests.e2e.looking import INK, TOO_WIDE, look
from tests.e2e.site import Site
from tests.world import POSED, Posed

FIRST = {(posed.kind.name, posed.format): posed for posed in reversed(POSED)}  # an example of each
ASKED = [
    FIRST[posed.kind.name, posed.format] for posed in POSED if FIRST[posed.kind.name, posed.format] == posed
]

NAMED = ("/decks/record-trade", "/sources/record-trade")
OWNED = ("/teach/decks/every", "/teach/decks/every/edit", "/teach/decks/record-trade")
# Looked at below; a file, not a page; where there is a provider to sign in through (test_provider.py).
ELSEWHERE = {"quizzes.new", "personal.download", "provider.back", "provider.join"}


def pages_for(*rights: Right) -> list[str]:
    """The addresses of all pages for these, as far as an address needs nothing else to be known. A page
    that is added later is among them by itself."""
    app = Flask("quizapp")
    register_blueprints(app)
    return sorted(
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and not rule.arguments
        and RIGHTS.get(rule.endpoint) in rights
        and rule.endpoint.partition(".")[0] not in {"health", "metrics", "static_files"}
        and rule.endpoint not in ELSEWHERE
    )


@pytest.mark.parametrize("path", [*pages_for(Right.ANYONE), *NAMED])
def test_what_a_newcomer_sees(visit: Callable[..., Page], path: str) -> None:
    look(visit(path=path))


def test_what_a_newcomer_is_told_when_something_is_wrong(visit: Callable[..., Page], watch: Watch) -> None:
    watch.expected += ["404", "422"]
    look(visit(path="/no-such-page"))
    for path in ("/sign-in", "/sign-up"):
        page = visit(path=path)
        page.evaluate("document.querySelectorAll('form').forEach(form => form.noValidate = true)")
        page.locator("main form button.primary").click()
        expect(page.locator("[aria-invalid=true]").first).to_be_visible()
        look(page)


@pytest.mark.parametrize("posed", ASKED, ids=lambda posed: f"{posed.kind.name}, {posed.format}")
def test_a_question_of_every_kind_in_every_format_and_what_follows(
    visit: Callable[..., Page], site: Site, posed: Posed
) -> None:
    learner = Learner(visit(site.guest(), f"/study/?item={site.items[posed.key]}"), site.engine)
    look(learner.page)
    learner.answer(learner.knows())
    if posed.format is Format.FLIP:  # a rated card has no feedback: the next question follows
        expect(learner.page.locator(QUESTION)).to_be_visible()
        learner.told("Remembered.")
    else:
        expect(learner.page.locator(VERDICT)).to_have_class("verdict right")
    look(learner.page)
    learner = Learner(visit(site.guest(), f"/study/?item={site.items[posed.key]}"), site.engine)
    learner.answer(learner.errs())
    if posed.format is Format.FLIP:
        expect(learner.page.locator(QUESTION)).to_be_visible()
        learner.told("Not this time.")
    else:
        expect(learner.page.locator(VERDICT)).not_to_have_class("verdict right")
    look(learner.page)


def test_a_hint_an_empty_answer_a_card_turned_over_and_giving_up(
    visit: Callable[..., Page], site: Site, watch: Watch
) -> None:
    watch.expected.append("422")  # an empty answer, sent on purpose
    hinted = next(posed for posed in POSED if posed.content.hint and posed.format is not Format.FLIP)
    learner = Learner(visit(site.guest(), f"/study/?item={site.items[hinted.key]}"), site.engine)
    learner.page.get_by_role("button", name="Hint").click()
    learner.told(hinted.content.hint)
    look(learner.page)
    learner.page.get_by_role("button", name="Check").click()
    learner.told("Choose or type an answer first.")
    look(learner.page)
    learner.page.get_by_role("button", name="I don’t know").click()
    expect(learner.page.locator(VERDICT)).to_be_visible()
    look(learner.page)
    card = next(posed for posed in POSED if posed.format is Format.FLIP)
    learner = Learner(visit(site.guest(), f"/study/?item={site.items[card.key]}"), site.engine)
    learner.press("Enter")
    expect(learner.page.locator(".ratings")).to_be_visible()
    look(learner.page)


@pytest.fixture(scope="module")
def experienced(site: Site) -> Any:
    """The cookies of a guest with a week of answers behind them, right and wrong."""
    return site.guest_with_history()


@pytest.mark.parametrize("path", [*pages_for(Right.ANYONE, Right.LEARNER), *NAMED])
def test_what_a_learner_sees(visit: Callable[..., Page], experienced: Any, path: str) -> None:
    look(visit(experienced, path))


def test_what_someone_sees_who_is_done_for_today(visit: Callable[..., Page], site: Site) -> None:
    learner = Learner(visit(site.guest(deck="short"), "/study/"), site.engine)
    while not learner.finished():
        learner.answer(learner.knows())
        learner.next()
    look(learner.page)
    learner.page.goto("/")
    look(learner.page)


def test_what_a_quiz_shows(visit: Callable[..., Page], site: Site) -> None:
    page = visit(site.guest(), "/quiz/new?deck=short")
    look(page)
    page.get_by_label("At the end").check()
    page.get_by_role("button", name="Start").click()
    page.get_by_label("False").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("1 of 3", exact=True)).to_be_visible()
    look(page)
    page.get_by_role("link", name="All questions").click()
    expect(page.locator("h1")).to_contain_text("still open")
    look(page)
    page.get_by_label("Finish anyway").check()
    page.get_by_role("button", name="Finish").click()
    expect(page.locator("h1")).to_contain_text("0 of 3")
    look(page)
    page.locator("main").get_by_role("link", name="Question 1 with").click()
    expect(page.locator(VERDICT)).to_be_visible()
    look(page)


@pytest.mark.parametrize(
    "path", [*pages_for(Right.TEACHER), "/", "/account/", "/account/erase", *NAMED, *OWNED]
)
def test_what_a_teacher_sees(visit: Callable[..., Page], site: Site, path: str) -> None:
    look(visit(site.teacher(), path))


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_where_a_teacher_writes_a_question_of_every_kind(
    visit: Callable[..., Page], site: Site, kind: str
) -> None:
    """Empty, and filled with its preview beside it."""
    look(visit(site.teacher(), f"/teach/decks/every/add/{kind}"))
    key = next(posed.key for posed in POSED if posed.kind.name == kind)
    look(visit(site.teacher(), f"/teach/items/{site.items[key]}"))


def test_where_a_teacher_chooses_a_kind_and_looks_back(visit: Callable[..., Page], site: Site) -> None:
    look(visit(site.teacher(), "/teach/decks/every/add"))
    look(visit(site.teacher(), f"/teach/items/{site.items['short-1']}/versions"))


@pytest.mark.parametrize("path", ["/decks/record-trade", "/sources/record-trade"])
def test_what_is_printed_is_the_text_alone_on_white(
    visit: Callable[..., Page], experienced: Any, path: str
) -> None:
    page = visit(experienced, path)
    page.emulate_media(color_scheme="light")
    ink = page.evaluate(INK)
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": 700, "height": 990})  # A4 without its margins
    expect(page.locator("h1")).to_be_visible()
    for frame in (".site-header", ".site-footer", "main button"):
        assert [each for each in page.locator(frame).all() if each.is_visible()] == [], frame
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate(INK) == ink, "printed in the dark's light ink"
    assert page.pdf(format="A4").startswith(b"%PDF-")
