"""What waits: read from indexes whatever a learner has, and counted so far."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from quizapp.services.study.learner import Learner
from quizapp.storage.library.tables import Fact, Item
from quizapp.storage.study import due as waiting
from quizapp.storage.study import step as study
from quizapp.storage.study.tables import Card
from tests import factories
from tests.conftest import POSTGRES
from tests.factories import NOW

TODAY = NOW.date().toordinal()
VALUES: dict[str, Any] = {"learner": 1, "today": TODAY, "day": TODAY, "deck": 1, "most": 110, "now": NOW}
VALUES |= {"item": 1, "version": 1, "fact": 1, "low": TODAY + 5, "high": TODAY + 9, "since": TODAY - 1}


@pytest.fixture
def learner(session: Session) -> Learner:
    return factories.add_learner(session)


def plan(session: Session, statement: Any) -> list[str]:
    """SQLite's plan, a line a step, without any statistics on the tables."""
    compiled = statement.compile(session.connection(), compile_kwargs={"render_postcompile": True})
    values = compiled.construct_params({name: VALUES[name] for name in VALUES if name in compiled.params})
    names = compiled.positiontup
    rows = session.connection().exec_driver_sql(
        f"EXPLAIN QUERY PLAN {compiled}", tuple(values[name] for name in names)
    )
    return [row[3] for row in rows]


@pytest.mark.skipif(POSTGRES, reason="PostgreSQL plans by what the tables hold")
@pytest.mark.parametrize("in_deck", [False, True])
@pytest.mark.parametrize(
    "make",
    [
        waiting._due_cards,
        waiting._new_items,
        lambda _: waiting._new_items(True, unmet=True),
        waiting._waiting,
        waiting._count_due,
        lambda _: waiting._met_on(),
        lambda _: study._load(),
        lambda _: study._newest_answer(),
        study._asked,
    ],
)
def test_no_read_of_a_step_walks_through_a_learners_cards_or_a_deck(
    session: Session, make: Any, in_deck: bool
) -> None:
    steps = plan(session, make(in_deck))
    reads = [step for step in steps if step.startswith(("SCAN", "SEARCH"))]
    assert reads
    for step in reads:
        walked = step.startswith("SCAN") and not step.startswith(
            ("SCAN anon", "SCAN item USING INDEX ix_item_w")
        )
        assert not walked, steps
        assert not step.endswith(("(learner_id=?)", "deck_item_1 (deck_id=?)")) or "study_deck" in step, steps


@pytest.mark.skipif(POSTGRES, reason="PostgreSQL plans by what the tables hold")
@pytest.mark.parametrize("in_deck", [False, True])
def test_due_cards_are_counted_and_chosen_without_a_look_at_their_rows(
    session: Session, in_deck: bool
) -> None:
    wanted = "SEARCH card USING COVERING INDEX ix_card_due (learner_id=? AND due_day<?)"
    for statement in (waiting._count_due(in_deck), waiting._due_cards(in_deck)):
        assert wanted in plan(session, statement)


def test_due_cards_are_counted_so_far(session: Session, learner: Learner) -> None:
    deck = factories.add_deck(session, [])
    numbers = range(1, waiting.COUNTED + 6)
    session.execute(insert(Fact), [{"id": n, "key": f"f{n}"} for n in numbers])
    item = {"deck_id": deck.id, "state": "published", "version_id": None}
    session.execute(insert(Item), [{"id": n, "key": f"i{n}", "fact_id": n} | item for n in numbers])
    memory = {
        "stability": 3.0,
        "fast": 3.0,
        "folded": "",
        "difficulty": 5.0,
        "first_day": TODAY - 9,
        "last_day": TODAY - 9,
    }
    memory |= {"last_at": NOW, "reps": 1, "lapses": 0, "events": 1, "learning": False, "right_streak": 1}
    keys = {"learner_id": learner.id, "deck_id": deck.id, "misses_in_row": 0}

    def due(day: int, stretch: range) -> None:
        rows = [{"item_id": n, "fact_id": n, "due_day": day} | memory | keys for n in stretch]
        session.execute(insert(Card), rows)

    due(TODAY - 1, numbers[:700])
    due(TODAY, numbers[700:999])
    assert waiting.count_due(session, learner.id, TODAY) == 999
    due(TODAY, numbers[999:])
    assert waiting.count_due(session, learner.id, TODAY) == waiting.COUNTED
    assert waiting.count_due(session, learner.id, TODAY, deck.id) == waiting.COUNTED
    assert len(waiting.due_cards(session, learner.id, TODAY, None)) == waiting.CANDIDATES
