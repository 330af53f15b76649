"""After an answer, what one came for is in sight: the verdict, the right answer and the way on, in any window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds import KINDS, kind_of
from quizapp.domain.library.kinds.base import GaveUp
from quizapp.storage.library.tables import Deck, Item, ItemVersion
from tests.e2e.learner import QUESTION, VERDICT, Learner
from tests.e2e.site import Site

LOW = 500  # pixels
WIDTHS = (360, 600, 844, 1366, 1920)
KEY = ".marked > .right .text, .given .key, .given .right, .matched .key, .gap-result.right, .gap-result ins, .back"
HIDDEN = """key => {
  const bar = document.querySelector(".study .actions").getBoundingClientRect();
  const out = [];
  for (const element of document.querySelectorAll(`h1.verdict, ${key}`)) {
    const box = element.getBoundingClientRect();
    if (box.top < 0 || box.bottom > bar.top + 1) out.push(`${element.className} ${Math.round(box.top)}-${Math.round(box.bottom)}`);
  }
  for (const way of document.querySelectorAll(".onward > .primary, .ratings > .button")) {
    const box = way.getBoundingClientRect();
    if (box.top < 0 || box.bottom > innerHeight || box.right > innerWidth) out.push(`way on ${Math.round(box.bottom)}`);
  }
  return out;
}"""


PHONE = {"width": 390, "height": 844}
BELOW = """() => {
  const mark = document.querySelector(".passages mark");
  if (!mark) return 0;
  return Math.max(0, mark.getBoundingClientRect().bottom - document.querySelector(".study .actions").getBoundingClientRect().top - 1);
}"""


def longest(site: Site, kind: str) -> int | None:
    """The shipped question of this kind with the most to read in what it asks and what is right."""
    with Session(site.engine) as session:
        shipped = (
            select(Item.id, ItemVersion.content)
            .join(ItemVersion, ItemVersion.id == Item.version_id)
            .join(Deck, Deck.id == Item.deck_id)
            .where(Deck.owner_id.is_(None), ItemVersion.kind == kind)
        )
        rows = session.execute(shipped).all()
    return max(rows, key=lambda row: _length(row.content)).id if rows else None


def _length(content: Any) -> int:
    outline = kind_of(content).outline(content)
    return len(content.stem) + 3 * sum(map(len, outline.keys))


def hidden(page: Page) -> dict[int, list[str]]:
    """What cannot be seen without scrolling, by the width of the window."""
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": LOW})
        if out := page.evaluate(HIDDEN, KEY):
            found[width] = out
    return found


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_verdict_right_answer_and_next_are_in_sight_in_a_low_window(
    kind: str, site: Site, visit: Callable[..., Page]
) -> None:
    item = longest(site, kind)
    if item is None:
        item = max(number for key, number in site.items.items() if key.startswith(f"{kind}-"))
    learner = Learner(visit(site.guest(), f"/study/?item={item}"), site.engine)
    page = learner.page
    if kind == "flip_card":
        learner.press("Enter")
        page.locator(".ratings").wait_for()
        assert hidden(page) == {}
        return
    learner.answer(learner.errs())
    assert hidden(page) == {}
    page.goto(f"/study/?item={item}")
    page.locator(QUESTION).wait_for()
    learner.answer(GaveUp())
    expect(page.locator(VERDICT)).to_be_visible()
    assert hidden(page) == {}
    expect(page.locator(":focus")).to_be_in_viewport()
    page.set_viewport_size(PHONE)
    assert page.evaluate(BELOW) == 0, "the words of the article that prove it are in sight as well"
