"""What waits: read from indexes whatever a learner has, counted so far, and marks that hide nothing new."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from quizapp.services.library.editor import move_by_one
from quizapp.services.library.items import fill_deck
from quizapp.services.study.answer_log import undo
from quizapp.services.study.learner import Learner
from quizapp.storage.library.tables import Deck, DeckItem, Fact, Item
from quizapp.storage.study import due as waiting
from quizapp.storage.study import step as study
from quizapp.storage.study.tables import Card, StudyDeck
from tests import factories
from tests.conftest import POSTGRES
from tests.factories import NOW, flip

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


# --- marks -----------------------------------------------------------------------------------------


def mark(session: Session, learner: Learner) -> int:
    return session.scalars(select(StudyDeck.met_before).where(StudyDeck.learner_id == learner.id)).one()


def fresh(session: Session, learner: Learner, deck_id: int | None = None) -> list[int]:
    return [row.item_id for row in waiting.new_items(session, learner.id, TODAY + 400, deck_id)]


def test_the_mark_passes_what_has_been_met(session: Session, learner: Learner) -> None:
    one, two, three, four = factories.studied_deck(session, learner, [flip(n) for n in range(4)])
    factories.answer(session, learner, two)
    assert mark(session, learner) == 1
    factories.answer(session, learner, one)
    assert mark(session, learner) == 3
    session.execute(update(Item).where(Item.id == three).values(state="retired"))
    factories.answer(session, learner, four)
    assert mark(session, learner) == 5


def test_the_mark_goes_back_to_an_answer_undone(session: Session, learner: Learner) -> None:
    one, two, three = factories.studied_deck(session, learner, [flip(n) for n in range(3)])
    for item in (one, two):
        given = factories.answer(session, learner, item)
    undo(session, learner, given.review, now=NOW + timedelta(minutes=1))
    assert mark(session, learner) == 2
    assert fresh(session, learner) == [two, three]


STEP = st.tuples(
    st.sampled_from(["answer", "undo", "retire", "publish", "up", "down", "turn round"]), st.integers(0, 5)
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEP, max_size=25))
def test_whatever_happens_marks_hide_nothing_new(
    session: Session, learner: Learner, steps: list[tuple[str, int]]
) -> None:
    with session.begin_nested() as nested:
        items = factories.studied_deck(session, learner, [flip(n) for n in range(6)])
        deck = session.scalars(select(Deck)).one()
        at, given_ids = NOW, list[UUID]()
        for what, number in steps:
            at += timedelta(days=1)
            item = session.get_one(Item, items[number])
            match what:
                case "answer" if item.state == "published":
                    given_ids.append(factories.answer(session, learner, item.id, at=at).review)
                case "undo" if given_ids:
                    undo(session, learner, given_ids.pop(number % len(given_ids)), now=at)
                case "retire" | "publish":
                    factories.set_published(session, item, published=what == "publish")
                case "up" | "down":
                    move_by_one(session, deck, item, up=what == "up")
                case "turn round":
                    order = select(DeckItem.item_id).where(DeckItem.deck_id == deck.id)
                    now = session.scalars(order.order_by(DeckItem.position)).all()
                    fill_deck(session, deck, now[::-1])
        quick = fresh(session, learner), fresh(session, learner, deck.id)
        waiting.unpass(session, learner_id=learner.id)
        assert quick == (fresh(session, learner), fresh(session, learner, deck.id))
        nested.rollback()
    session.expunge_all()
