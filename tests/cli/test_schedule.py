"""`quizapp schedule rebuild`: tells and repairs what differs from the log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from quizapp.services.study import rebuild
from quizapp.storage.study.tables import Card, LearnerDay
from tests import factories
from tests.factories import answer, choice, studied_deck

Run = Callable[..., Any]


@pytest.fixture(autouse=True)
def answers(session: Session) -> None:
    learner = factories.add_learner(session)
    for item in studied_deck(session, learner, [choice(1), choice(2)]):
        answer(session, learner, item)
    session.commit()


def test_a_clean_schedule_passes_its_check(quizapp: Run) -> None:
    line = "1 learners, 2 events, 2 cards; 0 {}\n"
    assert quizapp("schedule", "rebuild", "--check") == (0, line.format("differ"), "")
    assert quizapp("schedule", "rebuild") == (0, line.format("repaired"), "")


def test_a_check_tells_tampering_changes_nothing_and_fails(quizapp: Run, session: Session) -> None:
    session.execute(update(Card).values(reps=9))
    session.execute(update(LearnerDay).values(answers=9))
    session.commit()

    done = quizapp("schedule", "rebuild", "--check")

    assert done.status == 1
    assert done.out.count("reps 9 ≠ 1") == 2
    assert "answers 9 ≠ 2" in done.out
    assert done.out.endswith("1 learners, 2 events, 2 cards; 3 differ\n")
    assert session.scalars(select(Card.reps)).all() == [9, 9]


def test_other_settings_are_told_from_damage(quizapp: Run, session: Session, monkeypatch) -> None:
    monkeypatch.setenv("QUIZAPP_DESIRED_RETENTION", "0.85")

    check = quizapp("schedule", "rebuild", "--check")

    assert check.status == 1
    assert "2 of the cards were scheduled with an older model or other settings" in check.out
    assert check.out.endswith("0 differ\n")
    assert "they are being rescheduled" in quizapp("schedule", "rebuild").out
    assert quizapp("schedule", "rebuild", "--check").status == 0


def test_a_rebuild_repairs(quizapp: Run, session: Session) -> None:
    session.execute(update(Card).values(stability=Card.stability + 1))
    session.commit()
    done = quizapp("schedule", "rebuild")
    assert (done.status, done.out.endswith("2 repaired\n")) == (0, True)
    assert quizapp("schedule", "rebuild", "--check").status == 0


def test_others_write_beside_a_check(quizapp: Run, engine: Engine, session: Session) -> None:
    """A writer who holds the lock all the while holds up no check, so a check takes none."""
    session.execute(update(Card).values(reps=Card.reps))
    assert quizapp("schedule", "rebuild", "--check").status == 0
    session.commit()


def test_others_write_between_two_learners_of_a_rebuild(
    quizapp: Run, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Session(engine) as other, other.begin():
        factories.add_learner(other)
    wrote = []

    def write(_seconds: float) -> None:
        with Session(engine) as other, other.begin():
            other.execute(update(LearnerDay).values(answers=LearnerDay.answers))
        wrote.append(1)

    monkeypatch.setattr(rebuild.time, "sleep", write)
    assert quizapp("schedule", "rebuild").status == 0
    assert len(wrote) >= 2
