"""An answer that was acknowledged is there, once, whatever happens to the server."""

from __future__ import annotations

import random
import time
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, text

from quizapp.storage.study import LearnerDay, Review
from tests.serving import Server, quizapp

KILLS, KILLS_WHILE_STARTING = 50, 3


def check(server: Server, stored: Engine, acknowledged: set[str]) -> None:
    """Every acknowledged answer is in the log exactly once and nothing else is; the file is whole, and
    cards and figures are what the log says."""
    with stored.connect() as connection:
        logged = [str(id) for id in connection.scalars(select(Review.id))]
        counted = connection.scalar(select(func.sum(LearnerDay.answers)))
        assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
        assert not connection.execute(text("PRAGMA foreign_key_check")).all()
    assert sorted(logged) == sorted(acknowledged)
    assert counted == len(acknowledged)
    rebuilt = quizapp(server.folder, "schedule", "rebuild", "--check", new_per_day=1000)
    assert rebuilt.returncode == 0, rebuilt.stdout + rebuilt.stderr


@pytest.mark.slow
def test_killing_every_process_fifty_times_loses_and_doubles_no_answer(
    server: Server, quick_server: Any, clients: Any, stored: Engine
) -> None:
    chance = random.Random(8)
    server.start()
    server.kill()
    clients.server = quick_server
    clients.start(4)
    for _ in range(KILLS):
        quick_server.start()
        time.sleep(chance.uniform(0.05, 0.6))
        quick_server.kill()
    for _ in range(KILLS_WHILE_STARTING):  # migrating and loading the bank among it
        server.begin()
        time.sleep(chance.uniform(0.5, 3))
        server.kill()
    quick_server.start()
    assert clients.finish() >= KILLS, "the clients did not notice the kills"
    lists = clients.lists()
    assert min(map(len, lists)) >= KILLS // 2, [len(listed) for listed in lists]
    assert any(again for listed in lists for _, again in listed), "no kill hit between storing and telling"
    check(server, stored, clients.acknowledged())


def test_a_killed_worker_is_replaced_and_loses_nothing(server: Server, clients: Any, stored: Engine) -> None:
    server.start()
    clients.start(2)
    clients.wait_for(10)
    assert server.kill_workers() == 2
    clients.wait_for(20)
    clients.finish()
    check(server, stored, clients.acknowledged())
