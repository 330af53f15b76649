"""The dates by which a learner is to know an item: of study assignments, of their classes, and their own."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    FromClause,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    cast,
    exists,
    func,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from quizapp.domain.library.sharing import Act
from quizapp.domain.study.scheduling.card import AWAY
from quizapp.storage.accounts.deck_rights import may, may_with
from quizapp.storage.classes.tables import Assignment, AssignmentExtension, Classroom, Enrolment
from quizapp.storage.library.tables import Deck, DeckItem, Item
from quizapp.storage.rows import all_as
from quizapp.storage.study.decks import resting
from quizapp.storage.study.tables import Card, Goal, GoalDeck, Review, StudyDeck
from quizapp.storage.types import UtcDateTime

MOST_GOALS = 20  # the next ones due
MOST_ROWS = 500
MOST_CARDS = 2_000  # cards of decks that are due at once


class OpenGoal(NamedTuple):
    """A deck to know by a moment, for an assignment or for a goal of its own (the other is None). unmet:
    facts none of whose items was ever answered; met: facts met today."""

    deck_id: int
    assignment_id: int | None
    goal_id: int | None
    title: str
    target: float
    due_at: datetime
    unmet: int
    met: int


class SetDate(NamedTuple):
    """A date that was set, and one of its decks; the title is the deck's."""

    id: int
    title: str
    due_at: datetime
    target: float
    deck_id: int
    deck_slug: str
    deck_title: str


def dates_of(
    session: Session, learner_id: int | None, classroom_id: int | None, now: datetime
) -> list[SetDate]:
    """The dates to come that a learner set, or that hold for a class: a row for each deck, the next first."""
    whose = Goal.learner_id == learner_id if learner_id is not None else Goal.classroom_id == classroom_id
    query = (
        select(
            Goal.id,
            Goal.title,
            Goal.due_at,
            Goal.target,
            Deck.id.label("deck_id"),
            Deck.slug.label("deck_slug"),
            Deck.title.label("deck_title"),
        )
        .join(GoalDeck, GoalDeck.goal_id == Goal.id)
        .join(Deck, Deck.id == GoalDeck.deck_id)
        .where(whose, Goal.due_at >= now)
        .order_by(Goal.due_at, Goal.id, Deck.title, Deck.id)
        .limit(MOST_ROWS)
    )
    return all_as(SetDate, session.execute(query))


class StudiedDeck(NamedTuple):
    """A deck that someone studies."""

    id: int
    slug: str
    title: str


def studied_decks(session: Session, learner_id: int) -> list[StudiedDeck]:
    """The decks that a learner studies and may study still, in their order."""
    query = (
        select(Deck.id, Deck.slug, Deck.title)
        .join(StudyDeck, StudyDeck.deck_id == Deck.id)
        .where(StudyDeck.learner_id == learner_id, StudyDeck.left_at.is_(None), may(Act.STUDY, learner_id))
        .order_by(StudyDeck.position, Deck.id)
        .limit(MOST_ROWS)
    )
    return all_as(StudiedDeck, session.execute(query))


def count_unmet(session: Session, deck_ids: Collection[int], learner_id: int | None) -> int:
    """How many facts of these decks a learner has never seen; for no one in particular, all of them."""
    met = select(Card.item_id).where(Card.learner_id == learner_id, Card.fact_id == Item.fact_id).exists()
    query = (
        select(func.count(Item.fact_id.distinct()))
        .join(DeckItem, DeckItem.item_id == Item.id)
        .where(DeckItem.deck_id.in_(deck_ids), Item.state == "published")
    )
    return session.scalar(query if learner_id is None else query.where(~met)) or 0


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
    """The learner's cards of the published items of a deck, but those dismissed."""
    values = {"learner": learner_id, "deck": deck_id, "today": today}
    return all_as(GoalCard, session.execute(_goal_cards(), values))


@cache
def open_goals(in_deck: bool) -> Select[Any]:
    """The columns of `OpenGoal` for each deck that the learner is to know by a moment still to come, the next
    due first; of decks that rest nothing is asked."""
    found = union_all(*(columns for columns, _ in _sources(in_deck))).subquery().c
    return (
        select(
            found.deck_id,
            found.assignment_id,
            found.goal_id,
            found.title,
            found.target,
            found.due_at,
            _unmet(found.deck_id).label("unmet"),
            _met(found.deck_id).label("met"),
        )
        .where(found.deck_id.not_in(resting()))
        .order_by(found.due_at, found.assignment_id, found.goal_id, found.deck_id)
        .limit(MOST_GOALS)
    )


@cache
def known_by() -> ScalarSelect[datetime]:
    """The next moment by which the learner is to know the item; parameters learner, item and now."""
    place = DeckItem.__table__.c
    moments = [
        columns.with_only_columns(columns.selected_columns.due_at)
        .join(DeckItem.__table__, place.deck_id == deck_id)
        .where(place.item_id == bindparam("item"))
        for columns, deck_id in _sources(in_deck=False)
    ]
    found = union_all(*moments).subquery().c
    return select(func.min(found.due_at, type_=UtcDateTime())).scalar_subquery()


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
            card.due_day < AWAY,
            card.item_id.in_(items.where(DeckItem.deck_id == bindparam("deck"))),
        )
        .order_by(card.due_day, card.item_id)
        .limit(MOST_CARDS)
    )


def _sources(in_deck: bool) -> list[tuple[Select[Any], ColumnElement[int]]]:
    """What sets dates for the learner, each with its column of decks: study assignments of their classes,
    their own goals, and those of their classes."""
    assignment, goal, holds, enrolment = (
        table.__table__.c for table in (Assignment, Goal, GoalDeck, Enrolment)
    )
    learner: ColumnElement[int] = bindparam("learner")
    now = bindparam("now", type_=UtcDateTime())
    own_due = AssignmentExtension.__table__.c.due_at
    due_at = func.coalesce(own_due, assignment.due_at, type_=UtcDateTime())
    extended = and_(
        AssignmentExtension.__table__.c.assignment_id == assignment.id,
        AssignmentExtension.__table__.c.enrolment_id == enrolment.id,
    )
    enrolled, in_class = _in_classes(learner)
    none = cast(null(), goal.id.type)
    assigned = (
        select(
            assignment.id.label("assignment_id"),
            none.label("goal_id"),
            assignment.title,
            assignment.deck_id,
            assignment.target,
            due_at.label("due_at"),
        )
        .select_from(
            enrolled.join(Assignment.__table__, assignment.classroom_id == enrolment.classroom_id).outerjoin(
                AssignmentExtension.__table__, extended
            )
        )
        .where(*in_class, assignment.sort == "study", assignment.opens_at <= now, due_at >= now)
    )
    set_ = select(
        none.label("assignment_id"),
        goal.id.label("goal_id"),
        goal.title,
        holds.deck_id,
        goal.target,
        goal.due_at,
    )
    goals = Goal.__table__.join(GoalDeck.__table__, holds.goal_id == goal.id)
    may_study = may_with(Act.STUDY, learner, holds.deck_id)
    own = set_.select_from(goals).where(goal.learner_id == learner, goal.due_at >= now, may_study)
    of_class = set_.select_from(
        enrolled.join(Goal.__table__, goal.classroom_id == enrolment.classroom_id).join(
            GoalDeck.__table__, holds.goal_id == goal.id
        )
    ).where(*in_class, goal.due_at >= now)
    sources: list[tuple[Select[Any], ColumnElement[int]]] = [
        (assigned, assignment.deck_id),
        (own, holds.deck_id),
        (of_class, holds.deck_id),
    ]
    if not in_deck:
        return sources
    return [(columns.where(deck == bindparam("deck")), deck) for columns, deck in sources]


def _in_classes(learner: ColumnElement[int]) -> tuple[FromClause, tuple[ColumnElement[bool], ...]]:
    """The learner's places in classes that go on: what to select from, and by what."""
    enrolment, classroom = (table.__table__.c for table in (Enrolment, Classroom))
    enrolled = Enrolment.__table__.join(Classroom.__table__, classroom.id == enrolment.classroom_id)
    return enrolled, (
        enrolment.learner_id == learner,
        enrolment.removed_at.is_(None),
        classroom.archived_at.is_(None),
    )


def _unmet(deck_id: ColumnElement[int]) -> ColumnElement[int]:
    """Counts the facts of a deck that were never asked, from the learner's mark on."""
    place, item, studied = (table.__table__.c for table in (DeckItem, Item, StudyDeck))
    card = Card.__table__.alias("any_card").c
    mark = (
        select(studied.met_before)
        .where(studied.learner_id == bindparam("learner"), studied.deck_id == deck_id)
        .correlate(deck_id.table)
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
            place.deck_id == deck_id,
            place.position >= func.coalesce(mark, 0),
            item.state == "published",
            ~asked,
        )
        .correlate(deck_id.table)
        .scalar_subquery()
    )


def _met(deck_id: ColumnElement[int]) -> ColumnElement[int]:
    """Counts the facts of a deck that were asked for the first time today."""
    today: ColumnElement[int] = bindparam("today")
    card, earlier = (Card.__table__.alias(name).c for name in ("met_card", "earlier_card"))
    place = DeckItem.__table__.c
    item = Item.__table__.alias("sibling").c
    siblings = select(item.id).where(item.fact_id == card.fact_id).correlate(card.item_id.table)
    before = exists().where(
        earlier.learner_id == bindparam("learner"),
        earlier.item_id.in_(siblings),
        earlier.first_day < today,
    )
    held = exists().where(place.item_id == card.item_id, place.deck_id == deck_id)
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
            held.correlate(deck_id.table, card.item_id.table),
        )
        .correlate(deck_id.table)
        .scalar_subquery()
    )
