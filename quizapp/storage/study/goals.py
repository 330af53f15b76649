"""The dates by which a learner is to know an item: those of the study assignments of their classes."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Join, Select, and_, bindparam, exists, func, select
from sqlalchemy.orm import Session

from quizapp.storage.classes.tables import Assignment, AssignmentExtension, Classroom, Enrolment
from quizapp.storage.library.tables import DeckItem, Item
from quizapp.storage.rows import all_as
from quizapp.storage.study.tables import Card, Review, StudyDeck
from quizapp.storage.types import UtcDateTime

MOST_GOALS = 20  # the next ones due
MOST_CARDS = 2_000  # cards of decks that are due at once


def known_by(session: Session, learner_id: int, item_id: int, now: datetime) -> datetime | None:
    """The next moment by which an assignment of the learner's asks them to know the item."""
    found: datetime | None = session.scalar(_known_by(), {"learner": learner_id, "item": item_id, "now": now})
    return found


class OpenGoal(NamedTuple):
    """A deck to know by a moment. unmet: facts none of whose items was ever answered, counted up to
    the most that a day's share is made of; met: facts met today."""

    assignment_id: int
    title: str
    deck_id: int
    target: float
    due_at: datetime
    unmet: int
    met: int


class GoalCard(NamedTuple):
    """A card of a deck that is soon to be known, with what its recall follows from. today: how often it was
    answered today."""

    item_id: int
    fact_id: int
    deck_id: int
    stability: float
    fast: float
    difficulty: float
    last_day: int
    due_day: int
    learning: bool
    last_at: datetime
    right_streak: int
    today: int


def goal_cards(session: Session, learner_id: int, deck_id: int, today: int) -> list[GoalCard]:
    """The learner's cards of the published items of a deck."""
    values = {"learner": learner_id, "deck": deck_id, "today": today}
    return all_as(GoalCard, session.execute(_goal_cards(), values))


@cache
def open_goals(in_deck: bool) -> Select[Any]:
    """The columns of `OpenGoal` for each study assignment that is open to the learner, the next due first."""
    assignment = Assignment.__table__.c
    due_at = _due_at()
    query = (
        select(
            assignment.id.label("assignment_id"),
            assignment.title,
            assignment.deck_id,
            assignment.target,
            due_at.label("due_at"),
            _unmet().label("unmet"),
            _met().label("met"),
        )
        .select_from(_assigned())
        .where(*_open(due_at))
        .order_by(due_at, assignment.id)
        .limit(MOST_GOALS)
    )
    return query.where(assignment.deck_id == bindparam("deck")) if in_deck else query


@cache
def _goal_cards() -> Select[Any]:
    card, review = Card.__table__.c, Review.__table__.c
    today: ColumnElement[int] = bindparam("today")
    answers = (
        select(review.item_id, func.count().label("answers"))
        .where(review.learner_id == bindparam("learner"), review.day == today, review.voids.is_(None))
        .group_by(review.item_id)
        .subquery()
    )
    items = select(DeckItem.item_id).join(Item, and_(Item.id == DeckItem.item_id, Item.state == "published"))
    return (
        select(
            card.item_id,
            card.fact_id,
            card.deck_id,
            card.stability,
            card.fast,
            card.difficulty,
            card.last_day,
            card.due_day,
            card.learning,
            card.last_at,
            card.right_streak,
            func.coalesce(answers.c.answers, 0).label("today"),
        )
        .select_from(Card.__table__.outerjoin(answers, answers.c.item_id == card.item_id))
        .where(
            card.learner_id == bindparam("learner"),
            card.item_id.in_(items.where(DeckItem.deck_id == bindparam("deck"))),
        )
        .order_by(card.due_day, card.item_id)
        .limit(MOST_CARDS)
    )


@cache
def _known_by() -> Select[Any]:
    place = DeckItem.__table__.c
    due_at = _due_at()
    return (
        select(func.min(due_at, type_=UtcDateTime()))
        .select_from(_assigned().join(DeckItem.__table__, place.deck_id == Assignment.__table__.c.deck_id))
        .where(*_open(due_at), place.item_id == bindparam("item"))
    )


def _due_at() -> ColumnElement[datetime]:
    own = AssignmentExtension.__table__.c.due_at
    return func.coalesce(own, Assignment.__table__.c.due_at, type_=UtcDateTime())


def _assigned() -> Join:
    enrolment, assignment, own, classroom = (
        table.__table__.c for table in (Enrolment, Assignment, AssignmentExtension, Classroom)
    )
    extended = and_(own.assignment_id == assignment.id, own.enrolment_id == enrolment.id)
    return (
        Enrolment.__table__.join(Classroom.__table__, classroom.id == enrolment.classroom_id)
        .join(Assignment.__table__, assignment.classroom_id == enrolment.classroom_id)
        .outerjoin(AssignmentExtension.__table__, extended)
    )


def _open(due_at: ColumnElement[datetime]) -> tuple[ColumnElement[bool], ...]:
    """Conditions: the assignment is of a class that the learner is in, and something can be learnt for it."""
    enrolment, assignment, classroom = (table.__table__.c for table in (Enrolment, Assignment, Classroom))
    now = bindparam("now", type_=UtcDateTime())
    return (
        enrolment.learner_id == bindparam("learner"),
        enrolment.removed_at.is_(None),
        classroom.archived_at.is_(None),
        assignment.sort == "study",
        assignment.opens_at <= now,
        due_at >= now,
    )


def _unmet() -> ColumnElement[int]:
    """Counts the facts of the assignment's deck that were never asked, from the learner's mark on."""
    assignment, place, item, studied = (
        table.__table__.c for table in (Assignment, DeckItem, Item, StudyDeck)
    )
    card = Card.__table__.alias("any_card").c
    mark = (
        select(studied.met_before)
        .where(studied.learner_id == bindparam("learner"), studied.deck_id == assignment.deck_id)
        .correlate(Assignment.__table__)
        .scalar_subquery()
    )
    asked = (
        select(card.due_day)
        .where(card.learner_id == bindparam("learner"), card.fact_id == item.fact_id)
        .exists()
    )
    return (
        select(func.count(item.fact_id.distinct()))
        .select_from(DeckItem.__table__.join(Item.__table__, item.id == place.item_id))
        .where(
            place.deck_id == assignment.deck_id,
            place.position >= func.coalesce(mark, 0),
            item.state == "published",
            ~asked,
        )
        .correlate(Assignment.__table__)
        .scalar_subquery()
    )


def _met() -> ColumnElement[int]:
    """Counts the facts of the assignment's deck that were asked for the first time today."""
    today: ColumnElement[int] = bindparam("today")
    card, earlier = (Card.__table__.alias(name).c for name in ("met_card", "earlier_card"))
    place, assignment = DeckItem.__table__.c, Assignment.__table__.c
    item = Item.__table__.alias("sibling").c
    siblings = select(item.id).where(item.fact_id == card.fact_id).correlate(card.item_id.table)
    before = exists().where(
        earlier.learner_id == bindparam("learner"),
        earlier.item_id.in_(siblings),
        earlier.first_day < today,
    )
    held = exists().where(place.item_id == card.item_id, place.deck_id == assignment.deck_id)
    # Which cards, an index knows; only their rows are read.
    answered = Card.__table__.alias("answered_card").c
    items = select(answered.item_id).where(
        answered.learner_id == bindparam("learner"), answered.last_day == today
    )
    return (
        select(func.count(card.fact_id.distinct()))
        .where(
            card.learner_id == bindparam("learner"),
            card.item_id.in_(items),
            card.first_day == today,
            ~before,
            held.correlate(Assignment.__table__, card.item_id.table),
        )
        .correlate(Assignment.__table__)
        .scalar_subquery()
    )
