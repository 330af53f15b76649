"""`quizapp schedule rebuild`: tells and repairs what differs from the log."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from quizapp.domain.study.scheduling.fsrs import DEFAULT_WEIGHTS, Weights
from quizapp.services.study import rebuild
from quizapp.storage.study.tables import Card, LearnerDay
from tests import factories
from tests.factories import answer, choice, flip, studied_deck
from tests.services.study.fitting.memories import remember

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


# --- what the log teaches -----------------------------------------------------------------------------


def test_weights_are_fitted_and_hold(quizapp: Run, session: Session) -> None:
    learners = [factories.add_learner(session) for _ in range(12)]
    items = studied_deck(session, learners[0], [flip(number) for number in range(25)], slug="lakes")
    values = DEFAULT_WEIGHTS.values
    forgetful = Weights((*values[:2], 0.5, *values[3:7], 0.8, *values[8:]))
    remember(session, [learner.id for learner in learners], items, forgetful)

    done = quizapp("schedule", "fit")

    assert done.status == 0
    first, last = done.out.splitlines()
    assert first.startswith("the site: fitted to 1125 answers; log loss on 375 later ones 0.")
    assert first.endswith(": used from now on")
    assert last == "13 learners have new weights"
    assert quizapp("schedule", "rebuild", "--check").status == 0
    assert quizapp("schedule", "fit").out == "0 learners have new weights\n", "not again on the same night"
    assert quizapp("schedule", "fit", "--again").out.splitlines()[0].endswith(": not used")


def test_what_a_day_costs_is_simulated(quizapp: Run) -> None:
    done = quizapp("schedule", "simulate", "--new", 5, "--days", 30)
    assert done.status == 0
    head, _, names, *rows = done.out.splitlines()
    assert head == "5 new questions a day for 30 days, by published weights:"
    assert names.startswith("target   answers a day")
    assert [row.split()[0] for row in rows] == ["80", "85", "90", "95"]
    assert all(row.endswith("of 150") for row in rows)
    assert quizapp("schedule", "simulate", "--new", 0).status == 2


def test_without_numpy_it_is_told_what_is_missing(quizapp: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numpy", None)
    for module in [name for name in sys.modules if name.startswith("quizapp.services.study.fitting.")]:
        monkeypatch.delitem(sys.modules, module)
    done = quizapp("schedule", "fit")
    assert done.status == 1
    assert "needs numpy and scipy" in done.err
    assert "pip install 'quizapp[fit]'" in done.err
