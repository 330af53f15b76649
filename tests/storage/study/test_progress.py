"""Reads for the progress page: what is known by deck, forecast, days, and what is being forgotten."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from quizapp.domain.study.scheduling.fsrs import DEFAULT_WEIGHTS
from quizapp.domain.study.scheduling.item_state import recall_now
from quizapp.services.study import decks
from quizapp.storage.library.tables import Item
from quizapp.storage.study import progress as queries
from quizapp.storage.study.tables import LearnerDay


def test_the_sum_of_recall_is_that_of_the_formula(session, learner, items, add_card, today):
    cards = [
        add_card(items[0], due=3, last=-10, stability=10.0),
        add_card(items[1], due=0, last=-40, stability=3.5),
        add_card(items[2], due=0, last=0, stability=0.2, learning=True),
        add_card(items[3], due=-1, last=-1, stability=0.2, learning=True),
        add_card(items[4], due=9, last=1, stability=0.2),  # the clock went back
    ]
    row = queries.deck_knowledge(session, learner.id, today, DEFAULT_WEIGHTS)[0]
    expected = sum(
        recall_now(
            DEFAULT_WEIGHTS,
            (card.stability, card.fast, card.difficulty),
            card.last_day,
            card.learning,
            today,
        )
        for card in cards
    )
    assert row.recall == pytest.approx(expected, rel=1e-12)
    assert (row.known, row.due, row.learning) == (2, 1, 2)


def test_deck_knowledge_names_decks_studied_or_answered_in_and_no_theme(
    session, learner, items, add_card, today
):
    assert queries.deck_knowledge(session, learner.id, today, DEFAULT_WEIGHTS) == []
    add_card(items[0], due=3)
    decks.begin(session, learner, "harbin-trade", now=datetime.now(UTC))
    decks.begin(session, learner, "trade", now=datetime.now(UTC))
    rows = queries.deck_knowledge(session, learner.id, today, DEFAULT_WEIGHTS)
    assert {row.slug: row.known for row in rows} == {"record-trade": 1, "harbin-trade": 0}


def test_retired_items_are_nowhere_counted(session, learner, items, add_card, today):
    add_card(items[0], due=3)
    before = queries.deck_totals(session)[items[0].deck_id]
    items[0].state = "retired"
    session.flush()
    assert queries.deck_knowledge(session, learner.id, today, DEFAULT_WEIGHTS) == []
    assert queries.due_by_day(session, learner.id, today, today + 30) == {}
    assert queries.weakest(session, learner.id, today, DEFAULT_WEIGHTS) == []
    assert queries.deck_totals(session)[items[0].deck_id] == before - 1


def test_of_siblings_due_on_one_day_one_is_foreseen(session, learner, items, add_card, today):
    add_card(items[0], due=3)
    sibling = session.scalars(
        select(Item).where(Item.id != items[0].id, Item.deck_id == items[0].deck_id).order_by(Item.id)
    ).first()
    sibling.fact_id = items[0].fact_id
    add_card(sibling, due=3)
    add_card(next(item for item in items[1:] if item.id != sibling.id), due=5)
    assert queries.due_by_day(session, learner.id, today + 1, today + 30) == {today + 3: 1, today + 5: 1}
    assert queries.due_by_day(session, learner.id, today + 1, today + 4) == {today + 3: 1}


def test_the_weakest_come_first_and_none_of_today(session, learner, items, add_card, today):
    add_card(items[0], due=3, last=-10, stability=100.0)
    add_card(items[1], due=3, last=-10, stability=1.0)
    add_card(items[2], due=3, last=0, stability=0.1)
    add_card(items[3], due=3, last=-1, stability=1.0)
    rows = queries.weakest(session, learner.id, today, DEFAULT_WEIGHTS)
    assert [row.id for row in rows] == [items[1].id, items[3].id, items[0].id]
    assert len(queries.weakest(session, learner.id, today, DEFAULT_WEIGHTS, limit=2)) == 2


def test_days_are_those_of_the_range(session, learner, today):
    for day in (today - 200, today - 3, today):
        session.add(
            LearnerDay(
                learner_id=learner.id, day=day, answers=5, right=4, new_items=1, new_right=1, duration_ms=9
            )
        )
    session.flush()
    rows = queries.studied_days(session, learner.id, today - 139, today)
    assert [row.day for row in rows] == [today - 3, today]
