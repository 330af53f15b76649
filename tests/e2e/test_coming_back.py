"""The promise of it all: what you studied comes back when it is due, and only that."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import GaveUp
from quizapp.storage.study.tables import Card, LearnerDay, Review
from tests.conftest import ARTICLES, NOW
from tests.e2e.conftest import Watch
from tests.e2e.learner import Learner
from tests.e2e.site import Site
from tests.serving import Server

A_DAY = timedelta(days=1)
NEW_A_DAY = 5
MOST = 40  # answers within which a day's work is done, or something is wrong


class Clock:
    """The clock of a running server, to be set."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.set(NOW)

    def set(self, moment: datetime) -> None:
        self.file.write_text(str((moment - datetime.now(UTC)).total_seconds()), "ascii")


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    return Clock(tmp_path / "clock")


@pytest.fixture
def moved_site(tmp_path: Path, clock: Clock, watch: Watch) -> Iterator[Site]:
    """A server of its own whose clock can be set."""
    command = [sys.executable, str(Path(__file__).with_name("serve_at.py"))]
    server = Server(tmp_path / "data", command=command, test_clock=clock.file, new_per_day=NEW_A_DAY).start()
    made = Site(server, ARTICLES)
    watch.hosts.add(f"127.0.0.1:{server.port}")
    yield made
    made.close()


def begin_by_keyboard(page: Page, site: Site) -> Learner:
    page.goto(site.url)
    learner = Learner(page, site.engine)
    learner.to(page.get_by_role("button", name="Answer the first question"))
    learner.press("Enter")
    return learner


def study_until_done(learner: Learner, *, forgetful: bool) -> list[int]:
    """Study the day's work; the items in the order asked. A forgetful learner gives up on every second
    item that they see for the first time."""
    asked: list[int] = []
    while not learner.finished():
        item = learner.item
        new = item not in asked
        asked.append(item)
        assert len(asked) < MOST, asked
        learner.answer(GaveUp() if forgetful and new and len(set(asked)) % 2 else learner.knows())
        learner.next()
    return asked


def test_a_guest_studies_by_keyboard_and_meets_tomorrow_exactly_what_is_due(
    moved_site: Site, clock: Clock, new_context: Callable[..., BrowserContext]
) -> None:
    first = new_context(timezone_id="Europe/Madrid")
    learner = begin_by_keyboard(first.new_page(), moved_site)
    asked = study_until_done(learner, forgetful=True)
    assert len(set(asked)) == NEW_A_DAY
    kept = first.storage_state()
    first.close()

    day = NOW.toordinal()
    me = moved_site.learner_of(kept["cookies"])
    with Session(moved_site.engine) as session:
        cards = session.scalars(select(Card).where(Card.learner_id == me)).all()
        answers = session.scalar(select(LearnerDay.answers).where(LearnerDay.learner_id == me))
        assert {review.zone for review in session.scalars(select(Review))} == {"Europe/Madrid"}
    assert {card.item_id for card in cards} == set(asked)
    assert answers == len(asked)
    due = {card.item_id for card in cards if card.due_day <= day + 1}
    assert 0 < len(due) < NEW_A_DAY, "a day on which all or nothing is due would prove little"

    clock.set(NOW + A_DAY)
    again = new_context(timezone_id="Europe/Madrid", storage_state=kept)
    page = again.new_page()
    page.goto(moved_site.url)
    expect(page.locator("h1")).to_have_text(f"{len(due)} to review and {NEW_A_DAY} new")
    learner = Learner(page, moved_site.engine)
    learner.to(page.get_by_role("link", name="Study", exact=True))
    learner.press("Enter")
    asked_again = study_until_done(learner, forgetful=False)
    assert {item for item in asked_again if item in asked} == due
    assert len(set(asked_again) - set(asked)) == NEW_A_DAY
    assert len(asked_again) == len(set(asked_again)), "what was right at once came twice"
