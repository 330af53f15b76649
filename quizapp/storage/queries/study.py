"""What a study step reads: due cards, new items, the item asked, the load of coming days."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, delete, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from quizapp.storage.accounts import Account
from quizapp.storage.library import Deck, DeckItem, Evidence, Item, ItemVersion
from quizapp.storage.queries.rows import Rows
from quizapp.storage.sources import Passage, Source
from quizapp.storage.study import Card, LearnerCalibration, LearnerDay, Review, StudyDeck

CANDIDATES = 200  # due cards read to choose the next one from: the longest overdue
FRESH = 30  # new items read to choose the next one from

CARD_COLUMNS = (
    Card.stability,
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

DAY_COLUMNS = (
    LearnerDay.answers,
    LearnerDay.right,
    LearnerDay.new_items,
    LearnerDay.new_right,
    LearnerDay.duration_ms,
)


def due_cards(session: Session, learner_id: int, today: int, deck_id: int | None) -> Rows:
    """The cards longest due, at most CANDIDATES: item, fact, deck, and what their recall follows from."""
    query = (
        select(
            Card.item_id,
            Card.fact_id,
            Card.deck_id,
            Card.stability,
            Card.difficulty,
            Card.last_day,
            Card.due_day,
            Card.learning,
            Card.last_at,
        )
        .join(Item, and_(Item.id == Card.item_id, Item.state == "published"))
        .where(Card.learner_id == learner_id, Card.due_day <= today)
        .order_by(Card.due_day, Card.item_id)
        .limit(CANDIDATES)
    )
    return session.execute(_in_deck(query, Card.item_id, deck_id)).all()


def new_items(session: Session, learner_id: int, today: int, deck_id: int | None) -> Rows:
    """The next items never met, at most FRESH, in their decks' order; no sibling of anything met today."""
    met = exists().where(Card.learner_id == learner_id, Card.item_id == DeckItem.item_id)
    sibling = exists().where(
        Card.learner_id == learner_id, Card.last_day == today, Card.fact_id == Item.fact_id
    )
    query = (
        select(Item.id.label("item_id"), Item.fact_id, Item.deck_id)
        .select_from(DeckItem)
        .join(Item, and_(Item.id == DeckItem.item_id, Item.state == "published"))
        .where(~met, ~sibling)
        .limit(FRESH)
    )
    if deck_id is not None:
        query = query.where(DeckItem.deck_id == deck_id).order_by(DeckItem.position)
    else:
        query = query.join(
            StudyDeck, and_(StudyDeck.deck_id == DeckItem.deck_id, StudyDeck.learner_id == learner_id)
        ).order_by(StudyDeck.position, DeckItem.position)
    return session.execute(query).all()


def waiting(session: Session, learner_id: int, today: int, deck_id: int | None, most_new: int) -> Any:
    """What waits and what was done today, in one row: `due` as `count_due` counts; `new`, the facts
    that wait to be met, counted up to `most_new`; and the columns of `day_figures`, None before the
    day's first answer."""
    query = (
        select(
            _due(learner_id, today, deck_id).scalar_subquery().label("due"),
            _new(learner_id, today, deck_id, most_new).scalar_subquery().label("new"),
            *DAY_COLUMNS,
        )
        .select_from(Account)
        .outerjoin(LearnerDay, and_(LearnerDay.learner_id == Account.id, LearnerDay.day == today))
        .where(Account.id == learner_id)
    )
    return session.execute(query).one()


def _new(learner_id: int, today: int, deck_id: int | None, most: int) -> Select[Any]:
    """Counts facts that wait to be met: not those with an item met or due today."""
    met = exists().where(Card.learner_id == learner_id, Card.item_id == DeckItem.item_id)
    sibling = exists().where(
        Card.learner_id == learner_id,
        Card.fact_id == Item.fact_id,
        or_(Card.last_day == today, Card.due_day <= today),
    )
    query = (
        select(Item.fact_id)
        .select_from(DeckItem)
        .join(Item, and_(Item.id == DeckItem.item_id, Item.state == "published"))
        .where(~met, ~sibling)
        .distinct()
        .limit(most)
    )
    if deck_id is not None:
        query = query.where(DeckItem.deck_id == deck_id)
    else:
        query = query.join(
            StudyDeck, and_(StudyDeck.deck_id == DeckItem.deck_id, StudyDeck.learner_id == learner_id)
        )
    return select(func.count()).select_from(query.subquery())


def count_due(session: Session, learner_id: int, day: int, deck_id: int | None = None) -> int:
    """How many cards will come on a day: of the items of one fact only one, and none whose fact has
    been answered that day by another item."""
    return session.scalar(_due(learner_id, day, deck_id)) or 0


def _due(learner_id: int, day: int, deck_id: int | None) -> Select[Any]:
    other = aliased(Card)
    sibling = exists().where(
        other.learner_id == learner_id,
        other.fact_id == Card.fact_id,
        other.last_day == day,
        other.item_id != Card.item_id,
    )
    query: Select[Any] = _in_deck(select(func.count(Card.fact_id.distinct())), Card.item_id, deck_id)
    return query.join(Item, and_(Item.id == Card.item_id, Item.state == "published")).where(
        Card.learner_id == learner_id, Card.due_day <= day, ~sibling
    )


def asked(session: Session, learner_id: int, item_id: int, version_id: int | None = None) -> Any:
    """An item as it is (or was) asked, with the learner's card on it (None columns where there is none).

    `version_id` None: the present version of a published item. `logged`: events of a card that has
    been undone back to nothing.
    """
    logged = (
        select(func.count())
        .where(Review.learner_id == learner_id, Review.item_id == item_id)
        .correlate(None)
        .scalar_subquery()
    )
    query = (
        select(
            Item.id.label("item_id"),
            Item.fact_id,
            Item.deck_id,
            ItemVersion.id.label("version_id"),
            ItemVersion.content,
            ItemVersion.formats,
            Deck.title.label("deck_title"),
            Deck.slug.label("deck_slug"),
            logged.label("logged"),
            Card.learner_id.label("card"),
            *CARD_COLUMNS,
        )
        .join(ItemVersion, ItemVersion.item_id == Item.id)
        .join(Deck, Deck.id == Item.deck_id)
        .outerjoin(Card, and_(Card.learner_id == learner_id, Card.item_id == Item.id))
        .where(Item.id == item_id)
    )
    if version_id is None:
        query = query.where(ItemVersion.id == Item.version_id, Item.state == "published")
    else:
        query = query.where(ItemVersion.id == version_id)
    return session.execute(query).one_or_none()


def review_with_item(session: Session, learner_id: int, review_id: UUID) -> Any:
    """A learner's review with the version it answered and the card as it is now."""
    query = (
        select(
            Review,
            Item.id.label("item_id"),
            Item.deck_id,
            Item.fact_id,
            ItemVersion.content,
            Deck.title.label("deck_title"),
            Card.learner_id.label("card"),
            *CARD_COLUMNS,
        )
        .join(ItemVersion, ItemVersion.id == Review.version_id)
        .join(Item, Item.id == Review.item_id)
        .join(Deck, Deck.id == Item.deck_id)
        .outerjoin(Card, and_(Card.learner_id == Review.learner_id, Card.item_id == Review.item_id))
        .where(Review.id == review_id, Review.learner_id == learner_id, Review.voids.is_(None))
    )
    return session.execute(query).one_or_none()


EVENT_COLUMNS = (
    Review.id,
    Review.at,
    Review.day,
    Review.score,
    Review.chance,
    Review.slip,
    Review.rating,
    Review.hinted,
    Review.prior,
    Review.planned_day,
    Review.voids,
)


def card_log(session: Session, learner_id: int, item_id: int) -> Rows:
    """All events of one card, as the scheduler needs them."""
    query = select(*EVENT_COLUMNS).where(Review.learner_id == learner_id, Review.item_id == item_id)
    return session.execute(query.order_by(Review.at, Review.id)).all()


def newest_answer(session: Session, learner_id: int, day: int) -> UUID | None:
    """The newest answer of a day that has not been undone."""
    query = (
        select(Review.id)
        .where(Review.day == day, *_counted(learner_id))
        .order_by(Review.at.desc(), Review.id.desc())
        .limit(1)
    )
    return session.scalar(query)


def load(
    session: Session, learner_id: int, item_id: int, fact_id: int, low: int, high: int
) -> tuple[dict[int, int], set[int]]:
    """The days around a range: how many other cards are due on each, and on which a sibling is."""
    sibling = func.max(case((Card.fact_id == fact_id, 1), else_=0))
    query = (
        select(Card.due_day, func.count(), sibling)
        .where(
            Card.learner_id == learner_id, Card.due_day.between(low - 1, high + 1), Card.item_id != item_id
        )
        .group_by(Card.due_day)
        .order_by(Card.due_day)
    )
    rows = session.execute(query).all()
    return {day: count for day, count, _ in rows}, {day for day, _, is_sibling in rows if is_sibling}


def met_on(session: Session, learner_id: int, day: int) -> Rows:
    """The items last answered on a day (item, fact, deck), newest last."""
    query = select(Card.item_id, Card.fact_id, Card.deck_id).where(
        Card.learner_id == learner_id, Card.last_day == day
    )
    return session.execute(query.order_by(Card.last_at).limit(5_000)).all()


def day_figures(session: Session, learner_id: int, day: int) -> Any:
    """The learner's day in numbers; None before its first answer."""
    query = select(*DAY_COLUMNS).where(LearnerDay.learner_id == learner_id, LearnerDay.day == day)
    return session.execute(query).one_or_none()


def count_answers(session: Session, learner_id: int) -> int:
    """How many answers a learner has given."""
    return (
        session.scalar(select(func.sum(LearnerDay.answers)).where(LearnerDay.learner_id == learner_id)) or 0
    )


def first_answers(session: Session) -> tuple[int, int]:
    """(items met for the first time, those known) over the whole site."""
    row = session.execute(select(func.sum(LearnerDay.new_items), func.sum(LearnerDay.new_right))).one()
    return int(row[0] or 0), int(row[1] or 0)


def cited_passages(session: Session, version_id: int) -> Rows:
    """The evidence of a version: source, place, and every attached sentence of the cited paragraphs."""
    query = (
        select(
            Source.slug,
            Source.title,
            Source.author,
            Source.publisher,
            Source.about,
            Evidence.paragraph,
            Evidence.sentence,
            Evidence.digest,
            Passage.sentence.label("passage_sentence"),
            Passage.digest.label("passage_digest"),
            Passage.text,
        )
        .join(Source, Source.id == Evidence.source_id)
        .outerjoin(
            Passage, and_(Passage.source_id == Evidence.source_id, Passage.paragraph == Evidence.paragraph)
        )
        .where(Evidence.version_id == version_id)
        .order_by(Evidence.id, Passage.sentence)
        .limit(500)
    )
    return session.execute(query).all()


def calibration(session: Session, learner_id: int) -> Rows:
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
    return session.execute(query).all()


def _counted(learner_id: int) -> tuple[ColumnElement[bool], ...]:
    """What of the log counts: a learner's answers that have not been undone."""
    cancel = Review.__table__.alias("cancel")
    undone = exists().where(cancel.c.voids == Review.id, cancel.c.learner_id == learner_id)
    return (Review.learner_id == learner_id, Review.voids.is_(None), ~undone)


def recount_day(session: Session, learner_id: int, day: int) -> None:
    """Make a learner's day in numbers what the log says."""
    first = Card.first_day == day
    rows = session.execute(
        select(Review.item_id, Review.at, Review.id, Review.score, Review.duration_ms, first)
        .join(Card, and_(Card.learner_id == learner_id, Card.item_id == Review.item_id))
        .where(Review.day == day, *_counted(learner_id))
        .order_by(Review.at, Review.id)
    ).all()
    opening: dict[int, float] = {}
    for row in rows:
        if row[5]:
            opening.setdefault(row.item_id, row.score)
    session.execute(delete(LearnerDay).where(LearnerDay.learner_id == learner_id, LearnerDay.day == day))
    if rows:
        values = LearnerDay(
            learner_id=learner_id,
            day=day,
            answers=len(rows),
            right=sum(row.score >= 1 for row in rows),
            new_items=len(opening),
            new_right=sum(score >= 1 for score in opening.values()),
            duration_ms=sum(row.duration_ms for row in rows),
        )
        session.add(values)
        session.flush()


def recount_calibration(session: Session, learner_id: int, bin_: int) -> None:
    """Make one bin of a learner's predictions what the log says."""
    low, high = bin_ / 10, 2.0 if bin_ == 9 else (bin_ + 1) / 10
    rows = session.execute(
        select(Review.expected, Review.score).where(
            Review.expected >= low, Review.expected < high, *_counted(learner_id)
        )
    ).all()
    session.execute(
        delete(LearnerCalibration).where(
            LearnerCalibration.learner_id == learner_id, LearnerCalibration.bin == bin_
        )
    )
    if rows:
        session.add(
            LearnerCalibration(
                learner_id=learner_id,
                bin=bin_,
                reviews=len(rows),
                expected=sum(round(row.expected * 1_000_000) for row in rows),
                right=sum(round(row.score * 1_000_000) for row in rows),
            )
        )
        session.flush()


def drop_card(session: Session, learner_id: int, item_id: int) -> None:
    """Forget a card whose every answer has been undone; its log stays."""
    session.execute(delete(Card).where(Card.learner_id == learner_id, Card.item_id == item_id))


def _in_deck(query: Any, item_id: ColumnElement[int] | Any, deck_id: int | None) -> Any:
    if deck_id is None:
        return query
    return query.join(DeckItem, and_(DeckItem.item_id == item_id, DeckItem.deck_id == deck_id))
