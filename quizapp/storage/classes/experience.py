"""What a class's answers say of the memory model: how true its predictions were, and which questions are
easier or harder than it expected."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Select, cast, func, or_, select
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Content
from quizapp.storage.classes.tables import Assignment, ClassroomDeck, Enrolment
from quizapp.storage.library.tables import Deck, DeckItem, Item, ItemVersion
from quizapp.storage.rows import all_as
from quizapp.storage.study.step import PredictionBin
from quizapp.storage.study.tables import ItemEase, LearnerCalibration


class EasedItem(NamedTuple):
    """A question with its ease, and how many answers of how many learners tell it."""

    id: int
    content: Content
    deck_slug: str
    deck_title: str
    ease: float
    answers: int
    learners: int


def predicting(session: Session, classroom_id: int) -> int:
    """How many students of a class have answered what had been predicted."""
    query = select(func.count(LearnerCalibration.learner_id.distinct()))
    return session.scalars(query.where(_mine(classroom_id))).one()


def predictions(session: Session, classroom_id: int) -> list[PredictionBin]:
    """The bins of the predictions of all students of a class together."""
    sums = (
        cast(func.sum(column), BigInteger).label(column.key)
        for column in (LearnerCalibration.reviews, LearnerCalibration.expected, LearnerCalibration.right)
    )
    query = select(LearnerCalibration.bin, *sums).where(_mine(classroom_id))
    grouped = query.group_by(LearnerCalibration.bin).order_by(LearnerCalibration.bin).limit(10)
    return all_as(PredictionBin, session.execute(grouped))


def eased(session: Session, classroom_id: int, most: int) -> list[EasedItem]:
    """Questions of what the class learns or was assigned, those furthest from what was expected first."""
    decks = (DeckItem.deck_id.in_(each) for each in _decks(classroom_id))
    given = select(DeckItem.item_id).where(or_(*decks))
    query = (
        select(
            Item.id,
            ItemVersion.content,
            Deck.slug.label("deck_slug"),
            Deck.title.label("deck_title"),
            ItemEase.ease,
            ItemEase.answers,
            ItemEase.learners,
        )
        .join(Item, Item.id == ItemEase.item_id)
        .join(ItemVersion, ItemVersion.id == Item.version_id)
        .join(Deck, Deck.id == Item.deck_id)
        .where(Item.id.in_(given), Item.state == "published")
        .order_by(func.abs(ItemEase.ease).desc(), Item.id)
        .limit(most)
    )
    return all_as(EasedItem, session.execute(query))


def _decks(classroom_id: int) -> tuple[Select[int], ...]:
    return (
        select(ClassroomDeck.deck_id).where(ClassroomDeck.classroom_id == classroom_id),
        select(Assignment.deck_id).where(Assignment.classroom_id == classroom_id),
    )


def _mine(classroom_id: int) -> ColumnElement[bool]:
    enrolled = select(Enrolment.learner_id).where(
        Enrolment.classroom_id == classroom_id, Enrolment.removed_at.is_(None)
    )
    return LearnerCalibration.learner_id.in_(enrolled)
