"""An answer that was acknowledged is there, once, whatever happens to the server."""

from __future__ import annotations

import os
import random
import time
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, text

from quizapp.storage.study.tables import LearnerDay, Review
from tests.serving import Server, quizapp

KILLS = int(os.environ.get("QUIZAPP_TEST_FAULTS", "10"))
MANY = 100
KILLS_WHILE_STARTING = max(1, KILLS // 20)


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


def met_again(clients: Any) -> bool:
    """Whether an answer had been stored that no one was told of: a kill hit between the two."""
    return any(again for listed in clients.lists() for _, again in listed)


@pytest.mark.slow
@pytest.mark.timeout(6_000)  # with two hundred kills on a busy machine
def test_killing_every_process_again_and_again_loses_and_doubles_no_answer(
    server: Server, quick_server: Any, clients: Any, stored: Engine
) -> None:
    chance = random.Random(8)
    server.start()
    server.kill()
    clients.server = quick_server
    clients.start(4)
    for kill in count(1):
        before = len(clients.acknowledged())
        quick_server.start()
        clients.wait_for_more_than(before)
        time.sleep(chance.uniform(0, 0.3))  # the kill may come at any moment
        quick_server.kill()
        # Sooner or later a kill hits between storing and telling; a short run does not wait for that.
        if kill >= KILLS and (KILLS < MANY or met_again(clients)):
            break
        assert kill < 20 * KILLS, "no kill hit between storing and telling"
    for _ in range(KILLS_WHILE_STARTING):
        server.begin()
        time.sleep(chance.uniform(0.5, 3))
        server.kill()
    quick_server.start()
    assert clients.finish() > 0, "the clients did not notice the kills"
    assert min(map(len, clients.lists())) > 0
    check(server, stored, clients.acknowledged())


def test_a_killed_worker_is_replaced_and_loses_nothing(server: Server, clients: Any, stored: Engine) -> None:
    server.start()
    clients.start(2)
    clients.wait_for(10)
    assert server.kill_workers() == 2
    clients.wait_for(20)
    clients.finish()
    check(server, stored, clients.acknowledged())
