"""What a study step reads: the item asked, the load of coming days, the day so far; and counting again."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    cast,
    delete,
    exists,
    func,
    null,
    or_,
    select,
)
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.sharing import Act
from quizapp.domain.study.scheduling.card import CardState
from quizapp.storage.accounts.deck_rights import may
from quizapp.storage.library.tables import Deck, Item, ItemApart, ItemVersion
from quizapp.storage.rows import all_as, one_as, one_with
from quizapp.storage.study.goals import known_by
from quizapp.storage.study.history import ranked
from quizapp.storage.study.tables import (
    Card,
    ItemEase,
    ItemNote,
    LearnerCalibration,
    LearnerDay,
    LearnerFirst,
    Review,
    StudyDeck,
)

NO_DAY = date.max.toordinal() + 1  # later than any

# The fields of a CardState, in their order.
CARD_COLUMNS = (
    Card.stability,
    Card.fast,
    Card.difficulty,
    Card.first_day,
    Card.last_day,
    Card.due_day,
    Card.reps,
    Card.lapses,
    Card.events,
    Card.learning,
    Card.right_streak,
    Card.misses_in_row,
    Card.last_at,
)


class AskedItem(NamedTuple):
    """An item version with its deck and the learner's card. present_id: the item's present version;
    own_note: theirs at it; logged: the learner's events on it; known_by: the next moment by which they are
    to know it; target: the recall that they want of its deck, None for that of all; folded: by what the card
    was folded; ease: how much easier it is than others, None where too few have answered it; state: None
    without a card."""

    item_id: int
    fact_id: int
    deck_id: int
    version_id: int
    number: int
    content: Content
    formats: str
    present_id: int
    deck_title: str
    deck_slug: str
    logged: int
    known_by: datetime | None
    target: float | None
    folded: str | None
    own_note: str | None
    ease: float | None
    state: CardState | None


def asked(
    session: Session,
    learner_id: int,
    item_id: int,
    version_id: int | None = None,
    now: datetime | None = None,
) -> AskedItem | None:
    """An item as it is (or was) asked, with the learner's card on it (`state`: None where there is none).

    `version_id` None: the present version of a published item that the learner has seen or may study.
    `present_id`: the present version's.
    `logged`: events of a card that has been undone back to nothing.
    `known_by`: of a version served, with `now`: the next moment by which the learner is to know the item.
    """
    values: dict[str, Any] = {"learner": learner_id, "item": item_id}
    if version_id is not None:
        values |= {"version": version_id, "now": now}
    return one_with(AskedItem, CardState, session.execute(_asked(version_id is not None), values))


@cache
def _asked(as_served: bool) -> Select[Any]:
    card, item, version, deck, review, note, studied, eases = (
        table.__table__.c for table in (Card, Item, ItemVersion, Deck, Review, ItemNote, StudyDeck, ItemEase)
    )
    learner: ColumnElement[int] = bindparam("learner")
    logged = select(func.count()).where(review.learner_id == learner, review.item_id == bindparam("item"))
    query = (
        select(
            item.id.label("item_id"),
            item.fact_id,
            item.deck_id,
            version.id.label("version_id"),
            version.number,
            version.content,
            version.formats,
            item.version_id.label("present_id"),
            deck.title.label("deck_title"),
            deck.slug.label("deck_slug"),
            logged.scalar_subquery().label("logged"),
            (known_by() if as_served else null()).label("known_by"),
            studied.target,
            card.folded,
            note.text.label("own_note"),
            eases.ease,
            *(card[column.name] for column in CARD_COLUMNS),
        )
        .select_from(Item.__table__)
        .join(ItemVersion.__table__, version.item_id == item.id)
        .join(Deck.__table__, deck.id == item.deck_id)
        .outerjoin(Card.__table__, and_(card.learner_id == learner, card.item_id == item.id))
        .outerjoin(StudyDeck.__table__, and_(studied.learner_id == learner, studied.deck_id == item.deck_id))
        .outerjoin(ItemEase.__table__, eases.item_id == item.id)
        .outerjoin(ItemNote.__table__, and_(note.learner_id == learner, note.item_id == item.id))
        .where(item.id == bindparam("item"))
    )
    if as_served:
        return query.where(version.id == bindparam("version"))
    met = card.learner_id.is_not(None)
    return query.where(
        version.id == item.version_id, item.state == "published", or_(met, may(Act.STUDY, learner))
    )


class GradedAnswer(NamedTuple):
    """An answer of the log with its item, what it is graded by, and the card as it is now."""

    review: Review
    item_id: int
    deck_id: int
    fact_id: int
    content: Content
    deck_title: str
    undone: bool
    target: float | None
    state: CardState | None


def review_with_item(session: Session, learner_id: int, review_id: UUID) -> GradedAnswer | None:
    """A learner's review with the version it is graded by and the card as it is now."""
    cancel = Review.__table__.alias("cancel").c
    query = (
        select(
            Review,
            Item.id.label("item_id"),
            Item.deck_id,
            Item.fact_id,
            ItemVersion.content,
            Deck.title.label("deck_title"),
            exists().where(cancel.voids == Review.id).label("undone"),
            StudyDeck.target,
            *CARD_COLUMNS,
        )
        .join(ItemVersion, ItemVersion.id == func.coalesce(Review.graded_by, Review.version_id))
        .join(Item, Item.id == Review.item_id)
        .join(Deck, Deck.id == Item.deck_id)
        .outerjoin(
            StudyDeck, and_(StudyDeck.learner_id == Review.learner_id, StudyDeck.deck_id == Item.deck_id)
        )
        .outerjoin(Card, and_(Card.learner_id == Review.learner_id, Card.item_id == Review.item_id))
        .where(Review.id == review_id, Review.learner_id == learner_id, Review.voids.is_(None))
    )
    return one_with(GradedAnswer, CardState, session.execute(query))


def has_review(session: Session, learner_id: int, review_id: UUID) -> bool:
    """Whether a learner's log holds an event of this id."""
    query = select(Review.id).where(Review.id == review_id, Review.learner_id == learner_id)
    return session.scalar(query) is not None


def version_before(session: Session, version: ItemVersion) -> ItemVersion | None:
    """The version that this one was made from."""
    query = select(ItemVersion).where(
        ItemVersion.item_id == version.item_id, ItemVersion.number == version.number - 1
    )
    return session.scalars(query).one_or_none()


def newest_answer(session: Session, learner_id: int) -> UUID | None:
    """The newest answer that has not been undone, of whatever day."""
    found: UUID | None = session.scalar(_newest_answer(), {"learner": learner_id})
    return found


@cache
def _newest_answer() -> Select[Any]:
    review, cancel = Review.__table__.c, Review.__table__.alias("cancel").c
    undone = exists().where(cancel.voids == review.id)
    figures = LearnerDay.__table__.c
    learner: ColumnElement[int] = bindparam("learner")
    # Only days on which an answer counts have figures; the last of them is one step in the index.
    days = select(figures.day).where(figures.learner_id == learner, figures.day < NO_DAY)
    last = days.order_by(figures.day.desc()).limit(1).scalar_subquery()
    own = review.learner_id == learner, review.day == last
    query = select(review.id).where(*own, review.voids.is_(None), ~undone)
    return query.order_by(review.at.desc(), review.id.desc()).limit(1)


def load(
    session: Session, learner_id: int, item_id: int, fact_id: int, low: int, high: int
) -> tuple[dict[int, int], set[int]]:
    """The days around a range: how many other cards are due on each, and on which a sibling is, or one
    that is to be kept apart."""
    values = {"learner": learner_id, "item": item_id, "fact": fact_id, "low": low - 1, "high": high + 1}
    rows = session.execute(_load(), values).all()
    return {day: count for day, count, _ in rows}, {day for day, _, is_sibling in rows if is_sibling}


@cache
def _load() -> Select[Any]:
    card = Card.__table__.c
    told = select(ItemApart.other_id).where(ItemApart.item_id == bindparam("item"))
    close = or_(card.fact_id == bindparam("fact"), card.item_id.in_(told))
    sibling = func.max(case((close, 1), else_=0))
    near = card.due_day.between(bindparam("low"), bindparam("high"))
    others = card.learner_id == bindparam("learner"), card.item_id != bindparam("item")
    query = select(card.due_day, func.count(), sibling).where(near, *others)
    return query.group_by(card.due_day).order_by(card.due_day)


class DayFigures(NamedTuple):
    """A learner's day in numbers."""

    answers: int
    right: int
    new_items: int
    new_right: int
    duration_ms: int


def day_figures(session: Session, learner_id: int, day: int) -> DayFigures | None:
    """The learner's day in numbers; None before its first answer."""
    return one_as(DayFigures, session.execute(_day_figures(), {"learner": learner_id, "day": day}))


@cache
def _day_figures() -> Select[Any]:
    figures = LearnerDay.__table__.c
    query = select(figures.answers, figures.right, figures.new_items, figures.new_right, figures.duration_ms)
    return query.where(figures.learner_id == bindparam("learner"), figures.day == bindparam("day"))


def count_answers(session: Session, learner_id: int) -> int:
    """How many answers a learner has given."""
    return (
        session.scalar(select(func.sum(LearnerDay.answers)).where(LearnerDay.learner_id == learner_id)) or 0
    )


class FirstAnswers(NamedTuple):
    """First answers in one format: how many, and in millionths how many right and by guessing."""

    format: str
    answers: int
    right: int
    guessed: int


def first_answers(session: Session) -> list[FirstAnswers]:
    """The site's first answers by format."""
    figures = (
        cast(func.sum(column), BigInteger).label(column.key)
        for column in (LearnerFirst.answers, LearnerFirst.right, LearnerFirst.guessed)
    )
    query = select(LearnerFirst.format, *figures).group_by(LearnerFirst.format)
    return all_as(FirstAnswers, session.execute(query.order_by(LearnerFirst.format)))


class PredictionBin(NamedTuple):
    """The predictions of one tenth: how many, and the sums promised and right, in millionths."""

    bin: int
    reviews: int
    expected: int
    right: int


def calibration(session: Session, learner_id: int) -> list[PredictionBin]:
    """The learner's bins of predictions."""
    query = (
        select(
            LearnerCalibration.bin,
            LearnerCalibration.reviews,
            LearnerCalibration.expected,
            LearnerCalibration.right,
        )
        .where(LearnerCalibration.learner_id == learner_id)
        .order_by(LearnerCalibration.bin)
        .limit(10)
    )
    return all_as(PredictionBin, session.execute(query))


def recount_day(session: Session, learner_id: int, day: int) -> None:
    """Make a learner's day in numbers what the log says."""
    of_day = Review.__table__.alias("of_day").c
    asked = select(of_day.item_id).where(of_day.learner_id == learner_id, of_day.day == day)
    answers = ranked(learner_id, Review.day, Review.score, Review.duration_ms, Review.source)
    answered = answers.where(Review.item_id.in_(asked)).subquery().c
    columns = answered.score, answered.duration_ms, answered.turn, answered.source
    rows = session.execute(select(*columns).where(answered.day == day)).all()
    opening = [(score, source) for score, _, turn, source in rows if turn == 1]
    session.execute(delete(LearnerDay).where(LearnerDay.learner_id == learner_id, LearnerDay.day == day))
    if rows:
        values = LearnerDay(
            learner_id=learner_id,
            day=day,
            answers=len(rows),
            right=sum(score >= 1 for score, *_ in rows),
            new_items=len(opening),
            new_right=sum(score >= 1 for score, _ in opening),
            quizzed=sum(source == "quiz" for _, source in opening),
            duration_ms=sum(duration_ms for _, duration_ms, *_ in rows),
        )
        session.add(values)
        session.flush()


def drop_card(session: Session, learner_id: int, item_id: int) -> None:
    """Forget a card whose every answer has been undone; its log stays."""
    session.execute(delete(Card).where(Card.learner_id == learner_id, Card.item_id == item_id))
