"""Rows that may be there already: written once, overwritten or added to, also by many at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizapp.storage.library.tables import Fact
from quizapp.storage.study.tables import LearnerCalibration, LearnerDay, StudyDeck
from quizapp.storage.upserts import add_up, insert_once, lock_learner, put
from tests import factories

SUMS = {"answers": 1, "right": 1, "new_items": 0, "new_right": 0, "duration_ms": 250}


@pytest.fixture
def learner_id(session: Session) -> int:
    learner = factories.add_learner(session)
    session.commit()
    return learner.id


def day_of(session: Session, learner_id: int) -> dict[str, int]:
    query = select(*LearnerDay.__table__.columns).where(LearnerDay.learner_id == learner_id)
    return dict(session.execute(query).mappings().one())


def in_threads(
    engine: Engine, work: Callable[[Session], Any], times: int = 24, threads: int = 4
) -> list[Any]:
    """What `work` returns, each time in a transaction of its own."""

    def run(_: int) -> Any:
        with Session(engine) as session, session.begin():
            return work(session)

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, range(times)))


def test_a_row_is_inserted_once(session: Session, learner_id: int) -> None:
    deck = factories.add_deck(session, [])
    values = {"learner_id": learner_id, "deck_id": deck.id, "position": 1}
    assert insert_once(session, StudyDeck, values) is True
    assert insert_once(session, StudyDeck, values | {"position": 9}) is False
    assert session.scalars(select(StudyDeck.position)).all() == [1]


def test_a_row_that_breaks_another_rule_is_refused_loudly(session: Session) -> None:
    with pytest.raises(IntegrityError):
        insert_once(session, StudyDeck, {"learner_id": -1, "deck_id": -1, "position": 1})


def test_put_writes_a_row_and_overwrites_it(session: Session, learner_id: int) -> None:
    keys = {"learner_id": learner_id, "bin": 3}
    put(session, LearnerCalibration, keys | {"reviews": 1, "expected": 2, "right": 3})
    put(session, LearnerCalibration, keys | {"reviews": 4, "expected": 5, "right": 6})
    rows = session.execute(select(*LearnerCalibration.__table__.columns)).mappings().all()
    assert [dict(row) for row in rows] == [keys | {"reviews": 4, "expected": 5, "right": 6}]


def test_amounts_add_up_by_key(session: Session, learner_id: int) -> None:
    for day in (5, 5, 6, 5):
        add_up(session, LearnerDay, {"learner_id": learner_id, "day": day}, SUMS)
    query = select(LearnerDay.day, LearnerDay.answers, LearnerDay.duration_ms).order_by(LearnerDay.day)
    assert [tuple(row) for row in session.execute(query)] == [(5, 3, 750), (6, 1, 250)]


def test_of_racing_twins_one_inserts(engine: Engine) -> None:
    inserted = in_threads(engine, lambda session: insert_once(session, Fact, {"key": "danube-length"}))
    assert sum(inserted) == 1


def test_amounts_added_at_once_are_all_there(engine: Engine, session: Session, learner_id: int) -> None:
    keys = {"learner_id": learner_id, "day": 5}
    in_threads(engine, lambda session: add_up(session, LearnerDay, keys, SUMS))
    assert day_of(session, learner_id)["answers"] == 24


def test_what_is_read_and_written_under_a_learners_lock_is_never_lost(
    engine: Engine, session: Session, learner_id: int
) -> None:
    add_up(session, LearnerDay, {"learner_id": learner_id, "day": 5}, SUMS)
    session.commit()

    def add_one(own: Session) -> None:
        lock_learner(own, learner_id)
        row = own.execute(select(*LearnerDay.__table__.columns)).mappings().one()
        put(own, LearnerDay, dict(row) | {"answers": row["answers"] + 1})

    in_threads(engine, add_one)
    assert day_of(session, learner_id)["answers"] == 25


def test_a_learners_lock_ends_with_the_transaction_and_may_be_taken_twice(
    engine: Engine, learner_id: int
) -> None:
    for _ in range(2):
        with Session(engine) as session, session.begin():
            lock_learner(session, learner_id)
            lock_learner(session, learner_id)
            assert session.scalar(text("SELECT 1")) == 1
