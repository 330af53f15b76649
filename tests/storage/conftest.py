"""A learner with cards on the shipped bank."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.services.accounts.accounts import create_guest
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Deck, Item
from quizapp.storage.study.tables import Card

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = NOW.date().toordinal()


@pytest.fixture
def today() -> int:
    return TODAY


@pytest.fixture
def learner(session: Session, shipped_bank: None) -> Account:
    return create_guest(session, zone="UTC", now=NOW)


@pytest.fixture
def items(session: Session, shipped_bank: None) -> list[Item]:
    """The items of one deck, one of each fact, so that no two are siblings."""
    rows = session.scalars(
        select(Item).join(Deck, Deck.id == Item.deck_id).where(Deck.slug == "record-trade").order_by(Item.id)
    )
    return list({item.fact_id: item for item in reversed(rows.all())}.values())[::-1]


@pytest.fixture
def add_card(session: Session, learner: Account) -> Callable[..., Card]:
    def add(
        item: Item, *, due: int, last: int = -10, stability: float = 10.0, learning: bool = False
    ) -> Card:
        card = Card(
            learner_id=learner.id, item_id=item.id, deck_id=item.deck_id, fact_id=item.fact_id,
            stability=stability, fast=stability, folded="", difficulty=5.0, first_day=TODAY + last, last_day=TODAY + last,
            due_day=TODAY + due, last_at=NOW, reps=1, lapses=0, events=1, learning=learning,
            right_streak=1, misses_in_row=0,
        )  # fmt: skip
        session.add(card)
        session.flush()
        return card

    return add
