"""Many answers at the same moment, some of them to the very same question."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, func, select, text

from quizapp.storage.study.tables import Card, LearnerDay, Review
from tests.serving import Server, quizapp

ANSWERS = 25


def test_eight_clients_at_once_lose_nothing_and_double_nothing(
    server: Server, clients: Any, stored: Engine
) -> None:
    server.start()
    clients.start(4)  # four learners
    clients.start(4, cookie=clients.guest())  # one learner's four tabs, which meet the same questions
    clients.wait_for(ANSWERS)
    clients.finish()
    shared = clients.lists()[4:]
    acknowledged = [review for listed in clients.lists() for review, _ in listed]
    assert any(again for listed in shared for _, again in listed), "the tabs never met at one question"
    with stored.connect() as connection:
        logged = [str(id) for id in connection.scalars(select(Review.id))]
        counted = connection.scalar(select(func.sum(LearnerDay.answers)))
        events = connection.scalar(select(func.sum(Card.events)))
        assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
    assert sorted(logged) == sorted(set(acknowledged))
    assert counted == events == len(logged)
    assert len(acknowledged) - len(logged) == sum(again for listed in shared for _, again in listed)
    assert quizapp(server.folder, "schedule", "rebuild", "--check").returncode == 0
