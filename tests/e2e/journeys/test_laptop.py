"""Cramming on a laptop, by keyboard alone: every key that is listed does something, and focus is always seen."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from quizapp.domain.library.kinds.base import Chosen, Format
from tests.e2e.learner import QUESTION, VERDICT, Learner
from tests.e2e.site import Site
from tests.world import POSED


def test_a_sitting_by_keyboard_alone(visit: Callable[..., Page], site: Site) -> None:
    learner = Learner(visit(site.guest(deck="short"), "/study/"), site.engine)
    me = site.learner_of(learner.page.context.cookies())
    learner.answer(Chosen(("True",)))
    expect(learner.page.locator(":focus")).to_be_in_viewport()
    learner.press("u")
    learner.told("no longer counts")
    while not learner.finished():
        learner.answer(Chosen(("True",)))
        learner.next()
    assert site.answers(me) == 3


def test_the_list_of_keys_names_those_that_mean_something_here(
    visit: Callable[..., Page], site: Site
) -> None:
    posed = next(
        posed for posed in POSED if posed.format is Format.TYPE and posed.kind.name == "short_answer"
    )
    learner = Learner(visit(site.guest(), f"/study/?item={site.items[posed.key]}"), site.engine)
    page = learner.page
    expect(page.locator("input[type=text]")).to_be_focused()
    learner.press("Escape")  # out of the box, so that the other keys mean something
    learner.press("?")
    expect(page.locator("[data-keys] dd", has_text="I don’t know")).to_be_visible()
    expect(page.locator("[data-keys] dd", has_text="rate a card")).to_be_hidden()
    expect(page.locator("[data-keys] dd", has_text="undo")).to_be_hidden()
    learner.press("0")
    expect(page.locator(VERDICT)).to_have_text("Here’s the answer")


def test_matching_by_one_digit_a_pair(visit: Callable[..., Page], site: Site) -> None:
    posed = next(posed for posed in POSED if posed.format is Format.MATCH)
    learner = Learner(visit(site.guest(), f"/study/?item={site.items[posed.key]}"), site.engine)
    learner.page.locator(QUESTION).wait_for()
    learner.answer(learner.knows())
    expect(learner.page.locator(VERDICT)).to_have_text("Correct")
