"""What a learner did with decks, which of them rest, and the target recall of each."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, exists, select
from sqlalchemy.orm import Session

from quizapp.storage.library.tables import DeckItem, Item
from quizapp.storage.rows import all_as, one_as
from quizapp.storage.study.tables import Card, DeckEvent, Review, StudyDeck


class DeckDeed(NamedTuple):
    """Something that a learner did with a deck, see `domain/study/deck_log.py`."""

    id: UUID
    deck_id: int
    at: datetime
    what: str
    voids: UUID | None


class OwnPlan(NamedTuple):
    """How a learner studies a deck: since when it rests, since when it is left, its own target recall."""

    paused_at: datetime | None
    left_at: datetime | None
    target: float | None


class DeckRest(NamedTuple):
    """A deck of a learner, and since when it rests, or is left."""

    deck_id: int
    paused_at: datetime | None
    left_at: datetime | None


class LearntItem(NamedTuple):
    """An item with a card, its present version, and when it was last answered."""

    item_id: int
    version_id: int
    last_at: datetime


class RestartedItem(NamedTuple):
    """The event that makes an item new again for a learner."""

    id: UUID
    item_id: int
    version_id: int


@cache
def resting() -> Select[Any]:
    """The decks of which nothing is asked: paused or left; parameter learner."""
    studied = StudyDeck.__table__.alias("paused").c
    learner: ColumnElement[int] = bindparam("learner")
    return select(studied.deck_id).where(studied.learner_id == learner, studied.paused_at.is_not(None))


def own_plan(session: Session, learner_id: int, deck_id: int) -> OwnPlan | None:
    """How a learner studies a deck; None where they never did."""
    query = select(StudyDeck.paused_at, StudyDeck.left_at, StudyDeck.target)
    rows = session.execute(query.where(StudyDeck.learner_id == learner_id, StudyDeck.deck_id == deck_id))
    return one_as(OwnPlan, rows)


def rests(session: Session, learner_id: int) -> list[DeckRest]:
    """The learner's decks, by id."""
    query = select(StudyDeck.deck_id, StudyDeck.paused_at, StudyDeck.left_at)
    rows = session.execute(query.where(StudyDeck.learner_id == learner_id).order_by(StudyDeck.deck_id))
    return all_as(DeckRest, rows)


def deck_log(session: Session, learner_id: int, deck_id: int | None = None) -> list[DeckDeed]:
    """All that a learner did with a deck, or with any, in order of time."""
    query = select(DeckEvent.id, DeckEvent.deck_id, DeckEvent.at, DeckEvent.what, DeckEvent.voids)
    query = query.where(DeckEvent.learner_id == learner_id).order_by(DeckEvent.at, DeckEvent.id)
    return all_as(
        DeckDeed,
        session.execute(query if deck_id is None else query.where(DeckEvent.deck_id == deck_id)),
    )


def targets(session: Session, learner_ids: Collection[int]) -> dict[tuple[int, int], float]:
    """The target recall of each deck that has its own, by learner and deck."""
    query = select(StudyDeck.learner_id, StudyDeck.deck_id, StudyDeck.target)
    rows = session.execute(query.where(StudyDeck.learner_id.in_(learner_ids), StudyDeck.target.is_not(None)))
    return {(row[0], row[1]): row[2] for row in rows if row[2] is not None}


def learnt_items(session: Session, learner_id: int, deck_id: int) -> list[LearntItem]:
    """The items of a deck of which the learner has a card."""
    query = (
        select(Item.id.label("item_id"), Item.version_id, Card.last_at)
        .join(Card, Card.item_id == Item.id)
        .where(
            Card.learner_id == learner_id,
            exists().where(DeckItem.deck_id == deck_id, DeckItem.item_id == Item.id),
        )
        .order_by(Item.id)
    )
    return all_as(LearntItem, session.execute(query))


def restarted_items(session: Session, learner_id: int) -> list[RestartedItem]:
    """Every event of the learner's log that made an item new again."""
    query = select(Review.id, Review.item_id, Review.version_id)
    mine = Review.learner_id == learner_id, Review.source == "restart"
    return all_as(RestartedItem, session.execute(query.where(*mine).order_by(Review.item_id, Review.id)))
