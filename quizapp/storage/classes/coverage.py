"""What a class remembers of an article: the students' cards of the questions that are based on it."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from quizapp.domain.library.sharing import Act
from quizapp.storage.accounts.deck_rights import may
from quizapp.storage.classes.tables import Enrolment
from quizapp.storage.library.tables import Deck, Evidence, Item
from quizapp.storage.rows import all_as
from quizapp.storage.study.tables import Card

MOST_CARDS = 200_000
MOST_ITEMS = 5_000


def class_size(session: Session, classroom_id: int) -> int:
    """How many students are in a class."""
    return session.scalars(select(func.count()).select_from(_enrolled(classroom_id).subquery())).one()


class ClassCard(NamedTuple):
    """A student's card of an item, with what its recall follows from."""

    item_id: int
    learner_id: int
    stability: float
    fast: float
    difficulty: float
    last_day: int
    learning: bool


def class_cards(session: Session, classroom_id: int, source_id: int) -> list[ClassCard]:
    """What each student of a class has seen of the published questions on a source: item, student, and
    what their memory of it follows from."""
    cited = (
        select(Item.id)
        .join(Evidence, Evidence.version_id == Item.version_id)
        .where(Evidence.source_id == source_id, Item.state == "published")
    )
    query = (
        select(
            Card.item_id,
            Card.learner_id,
            Card.stability,
            Card.fast,
            Card.difficulty,
            Card.last_day,
            Card.learning,
        )
        .where(Card.learner_id.in_(_enrolled(classroom_id)), Card.item_id.in_(cited))
        .order_by(Card.item_id, Card.learner_id)
        .limit(MOST_CARDS)
    )
    return all_as(ClassCard, session.execute(query))


def editable_items(session: Session, source_id: int, account_id: int) -> frozenset[int]:
    """The items resting on a source that this account may change."""
    query = (
        select(Item.id)
        .join(Evidence, Evidence.version_id == Item.version_id)
        .join(Deck, Deck.id == Item.deck_id)
        .where(Evidence.source_id == source_id, may(Act.EDIT, account_id))
        .order_by(Item.id)
        .limit(MOST_ITEMS)
    )
    return frozenset(session.scalars(query))


def _enrolled(classroom_id: int) -> Select[int]:
    return select(Enrolment.learner_id).where(
        Enrolment.classroom_id == classroom_id, Enrolment.removed_at.is_(None)
    )
