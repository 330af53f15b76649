"""Read at 320 px with text twice its size: no page of a student scrolls sideways."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from quizapp.web.frame.rights import Right
from tests.e2e.learner import VERDICT, Learner
from tests.e2e.looking import NARROW, TOO_WIDE
from tests.e2e.site import Site
from tests.e2e.test_pages import ASKED, NAMED, pages_for
from tests.world import Posed

TWICE = "document.documentElement.style.fontSize = '200%'"


def sideways(page: Page) -> list[str]:
    page.set_viewport_size(NARROW)
    page.evaluate(TWICE)
    return list(page.evaluate(TOO_WIDE))


def test_pages_that_a_learner_reads(visit: Callable[..., Page], site: Site) -> None:
    page, wide = visit(site.guest_with_history()), {}
    paths = {*pages_for(Right.ANYONE), *pages_for(Right.LEARNER), *NAMED, "/quiz/new?deck=short"}
    for path in sorted(paths):
        page.goto(path)
        if found := sideways(page):
            wide[path] = found
    assert wide == {}


@pytest.mark.parametrize("posed", ASKED, ids=lambda posed: f"{posed.kind.name}, {posed.format}")
def test_a_question_and_what_came_of_it(visit: Callable[..., Page], site: Site, posed: Posed) -> None:
    learner = Learner(visit(site.guest(), f"/study/?item={site.items[posed.key]}"), site.engine)
    page = learner.page
    page.locator("form[data-question]").wait_for()
    assert sideways(page) == []
    learner.answer(learner.errs())
    if page.locator(VERDICT).count():
        assert sideways(page) == []
