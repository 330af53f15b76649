"""By ear: after each answer one hears the verdict, the right answer and when it returns, each once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.kinds.base import Format, GaveUp, Response
from tests.e2e.learner import Learner, plain
from tests.e2e.site import Site
from tests.world import POSED, Posed

FIRST = {(posed.kind.name, posed.format): posed for posed in reversed(POSED)}
MOST_WORDS = 12  # beside the answer itself
VOICE = "study-session > [role=status]"


def heard_after(learner: Learner, posed: Posed, response: Response) -> None:
    learner.answer(response)
    voice = learner.page.locator(VOICE)
    expect(voice).to_contain_text("Back ")
    said = voice.inner_text()
    keys = [plain(key) for key in kind_of(posed.content).outline(posed.content).keys]
    assert all(said.count(key) >= 1 for key in keys), said
    verdict, rest = said.find(said.split(".")[0][:8]), said
    assert verdict < said.find(keys[0]) < said.find("Back "), said
    for key in sorted(keys, key=len, reverse=True):
        rest = rest.replace(key, "", 1)
    assert len(rest.split()) < MOST_WORDS + len(keys), said
    assert learner.page.locator("main [role=status], main [aria-live]:not(.katex *)").count() == 0, (
        "nothing twice"
    )


@pytest.mark.parametrize(
    "posed", list(FIRST.values()), ids=lambda posed: f"{posed.kind.name}, {posed.format}"
)
def test_verdict_right_answer_and_return_are_heard(
    posed: Posed, visit: Callable[..., Page], site: Site
) -> None:
    learner = Learner(visit(site.guest(), f"/study/?item={site.items[posed.key]}"), site.engine)
    if posed.format is Format.FLIP:
        learner.press("Enter")
        key = plain(kind_of(posed.content).outline(posed.content).keys[0])
        expect(learner.page.locator(VOICE)).to_have_text(f"The answer: {key}")
        learner.press("3")
        expect(learner.page.locator(VOICE)).to_contain_text("Remembered. Back")
        return
    heard_after(learner, posed, learner.errs())
    learner.press("u")
    learner.told("no longer counts")
    heard_after(learner, posed, GaveUp())
