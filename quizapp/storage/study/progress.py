"""What the progress page reads: cards by index, rollups of days; never the log itself.

A deck's cards are those of its own items; theme decks would count the same items twice.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, literal, select, union_all
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.sharing import Act
from quizapp.domain.study.scheduling.card import AWAY
from quizapp.domain.study.scheduling.fsrs import Weights
from quizapp.storage.accounts.deck_rights import may
from quizapp.storage.library.tables import Deck, Item, ItemVersion
from quizapp.storage.rows import all_as
from quizapp.storage.study.decks import resting
from quizapp.storage.study.due import due_by
from quizapp.storage.study.recall import MEMORY, elapsed, recall
from quizapp.storage.study.tables import Card, LearnerDay, StudyDeck

MOST_DECKS = 500
MOST_DAYS = 400
MOST_CARDS = 20_000
CANDIDATES = 2_000


class DeckKnowledge(NamedTuple):
    """A deck with the learner's cards in it counted, and the sum of their recall. rests: paused or left, so
    that none of it is asked."""

    id: int
    slug: str
    title: str
    open: bool
    rests: bool
    known: int
    due: int
    learning: int
    recall: float


def deck_knowledge(session: Session, learner_id: int, today: int, weights: Weights) -> list[DeckKnowledge]:
    """The decks that a learner studies or has answered in: cards known, due and being learnt, the sum
    of their recall now (`item_state.recall_now`, in SQL), whether they may study it still (`open`), and
    whether it rests."""
    days = elapsed(Card.last_day, today)
    recalled = recall(weights, Card, days)
    cards = (
        select(
            Card.deck_id,
            _count(~Card.learning & (Card.due_day > today)).label("known"),
            _count(~Card.learning & (Card.due_day <= today)).label("due"),
            _count(Card.learning.is_(True)).label("learning"),
            func.sum(case((and_(Card.learning, days == 0), 0.0), else_=recalled)).label("recall"),
        )
        .join(Item, and_(Item.id == Card.item_id, Item.state == "published"))
        .where(Card.learner_id == learner_id)
        .group_by(Card.deck_id)
        .subquery()
    )
    query = (
        select(
            Deck.id,
            Deck.slug,
            Deck.title,
            may(Act.STUDY, learner_id).label("open"),
            StudyDeck.paused_at.is_not(None).label("rests"),
            *(func.coalesce(cards.c[name], 0).label(name) for name in ("known", "due", "learning", "recall")),
        )
        .outerjoin(cards, cards.c.deck_id == Deck.id)
        .outerjoin(StudyDeck, and_(StudyDeck.deck_id == Deck.id, StudyDeck.learner_id == learner_id))
        .where(
            cards.c.deck_id.is_not(None)
            | (
                StudyDeck.deck_id.is_not(None)
                & StudyDeck.left_at.is_(None)
                & Deck.theme_tag.is_(None)
                & may(Act.STUDY, learner_id)
            ),
        )
        .order_by(Deck.position, Deck.title, Deck.id)
        .limit(MOST_DECKS)
    )
    return all_as(DeckKnowledge, session.execute(query))


def deck_totals(session: Session) -> dict[int, int]:
    """Published items by home deck."""
    query = (
        select(Item.deck_id, func.count())
        .where(Item.state == "published")
        .group_by(Item.deck_id)
        .order_by(Item.deck_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def due_by_day(session: Session, learner_id: int, first: int, last: int) -> dict[int, int]:
    """How many facts come due on each day from `first` to `last`, of decks that don't rest; on the first all
    that are due by then."""
    later = (
        select(Card.due_day, func.count(Card.fact_id.distinct()))
        .join(Item, and_(Item.id == Card.item_id, Item.state == "published"))
        .where(
            Card.learner_id == learner_id,
            Card.deck_id.not_in(resting()),
            Card.due_day > first,
            Card.due_day <= last,
        )
        .group_by(Card.due_day)
    )
    query = union_all(later, select(literal(first), due_by().scalar_subquery()))
    rows = session.execute(query, {"learner": learner_id, "today": first})
    return {row[0]: row[1] for row in rows if row[1]}


class Schedule(NamedTuple):
    """When a card is due, and what that follows from."""

    deck_id: int
    stability: float
    fast: float
    difficulty: float
    last_day: int
    due_day: int


def schedules(session: Session, learner_id: int) -> list[Schedule]:
    """The learner's cards that are asked, as they are scheduled; at most MOST_CARDS, the next due first."""
    query = (
        select(Card.deck_id, *(getattr(Card, name) for name in MEMORY), Card.last_day, Card.due_day)
        .where(Card.learner_id == learner_id, Card.due_day < AWAY, Card.learning.is_(False))
        .order_by(Card.due_day, Card.item_id)
        .limit(MOST_CARDS)
    )
    return all_as(Schedule, session.execute(query))


class StudiedDay(NamedTuple):
    """A day on which a learner answered, in numbers."""

    day: int
    answers: int
    right: int
    new_items: int
    duration_ms: int


def studied_days(session: Session, learner_id: int, first: int, last: int) -> list[StudiedDay]:
    """The days of a range on which the learner answered: day, answers, right, new items, duration."""
    query = (
        select(
            LearnerDay.day,
            LearnerDay.answers,
            LearnerDay.right,
            LearnerDay.new_items,
            LearnerDay.duration_ms,
        )
        .where(LearnerDay.learner_id == learner_id, LearnerDay.day.between(first, last))
        .order_by(LearnerDay.day)
        .limit(MOST_DAYS)
    )
    return all_as(StudiedDay, session.execute(query))


class WeakItem(NamedTuple):
    """An item that is likely to be forgotten now, with its deck and what its recall follows from."""

    id: int
    content: Content
    deck_slug: str
    deck_title: str
    deck_open: bool
    stability: float
    fast: float
    difficulty: float
    last_day: int
    due_day: int
    learning: bool


def weakest(
    session: Session, learner_id: int, today: int, weights: Weights, limit: int = 10
) -> list[WeakItem]:
    """The items least likely to be recalled now, not counting what was answered today, nor decks that rest.

    Looked for among the CANDIDATES longest due, by index: recall falls below the target only once a
    card is due.
    """
    oldest = (
        select(
            Card.item_id,
            *(getattr(Card, name) for name in MEMORY),
            elapsed(Card.last_day, today).label("days"),
        )
        .where(Card.learner_id == learner_id, Card.last_day < today, Card.deck_id.not_in(resting()))
        .order_by(Card.due_day)
        .limit(CANDIDATES)
        .subquery()
    )
    recalled = recall(weights, oldest.c, oldest.c.days)
    chosen = (
        select(oldest.c.item_id, recalled.label("recalled"))
        .join(Item, and_(Item.id == oldest.c.item_id, Item.state == "published"))
        .order_by(recalled, oldest.c.item_id)
        .limit(limit)
        .subquery()
    )
    query = (
        select(
            Item.id,
            ItemVersion.content,
            Deck.slug.label("deck_slug"),
            Deck.title.label("deck_title"),
            may(Act.STUDY, learner_id).label("deck_open"),
            *(getattr(Card, name) for name in MEMORY),
            Card.last_day,
            Card.due_day,
            Card.learning,
        )
        .select_from(chosen)
        .join(Item, Item.id == chosen.c.item_id)
        .join(ItemVersion, ItemVersion.id == Item.version_id)
        .join(Deck, Deck.id == Item.deck_id)
        .join(Card, and_(Card.item_id == Item.id, Card.learner_id == learner_id))
        .order_by(chosen.c.recalled, Item.id)
        .limit(limit)
    )
    return all_as(WeakItem, session.execute(query, {"learner": learner_id}))


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))
