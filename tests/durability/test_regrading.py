"""A server killed in the middle of a regrade goes on by itself, and ends where it would have ended."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Format, Typed
from quizapp.services.corrections import regrades
from quizapp.storage.corrections.tables import Regrade
from quizapp.storage.engine import READ
from quizapp.storage.library.tables import Item
from quizapp.storage.study.tables import Review
from tests import factories
from tests.factories import NOW
from tests.services.corrections.test_regrades import DONAU, RIVER
from tests.serving import PATIENCE, Server, quizapp

LEARNERS, KILLS = 2_500, 3  # so many that each kill comes in the middle


def ordered(engine: Engine) -> int:
    """Many learners who were right, and an order that says so."""
    with Session(engine, expire_on_commit=False, autoflush=False) as session, session.begin():
        author = factories.add_account(session, role="teacher")
        deck = factories.add_deck(session, [RIVER], owner=author, public=True)
        [item_id] = factories.item_ids(session, deck)
        for number in range(LEARNERS):
            learner = factories.add_learner(session)
            at = NOW + timedelta(seconds=number)
            factories.answer(session, learner, item_id, Typed(("Donau",)), at=at, format=Format.TYPE)
        item = session.get_one(Item, item_id)
        draft = factories.Draft(content=DONAU)
        factories.write_version(session, item, draft, author_id=author.id, now=NOW, change="key")
        assert item.version is not None
        return regrades.order(session, item, item.version, "key", author=author, now=NOW).id


def state(engine: Engine, regrade_id: int) -> tuple[int, bool]:
    """How many learners are done, and whether it is through; read without waiting for who writes."""
    with Session(engine.execution_options(**READ)) as session:
        found = session.get_one(Regrade, regrade_id)
        return found.learners_done, found.finished_at is not None


def test_killed_again_and_again_it_ends_as_if_nothing_had_happened(
    server: Server, quick_server: Any, stored: Engine
) -> None:
    server.start()
    server.kill()
    regrade_id = ordered(stored)
    for _ in range(KILLS):
        before = state(stored, regrade_id)[0]
        quick_server.begin()  # no one opens a page: a worker that starts goes on
        end = time.monotonic() + PATIENCE
        while state(stored, regrade_id)[0] == before and time.monotonic() < end:
            time.sleep(0.002)
        quick_server.kill()
        done, through = state(stored, regrade_id)
        assert done > before
        assert not through, "killed too late: there is nothing left to go on with"
    quick_server.start()
    end = time.monotonic() + PATIENCE
    while not state(stored, regrade_id)[1]:
        assert time.monotonic() < end
        time.sleep(0.05)
    quick_server.kill()
    with Session(stored) as session:
        rows = session.execute(select(Review.voids, Review.score, Review.source)).all()
        found = session.get_one(Regrade, regrade_id)
        assert (found.learners_done, found.answers_changed) == (LEARNERS, LEARNERS)
    assert sum(row.voids is not None for row in rows) == LEARNERS
    assert sum(row.voids is None and row.score == 1 for row in rows) == LEARNERS
    assert len(rows) == 3 * LEARNERS
    rebuilt = quizapp(server.folder, "schedule", "rebuild", "--check", new_per_day=1000)
    assert rebuilt.returncode == 0, rebuilt.stdout + rebuilt.stderr
