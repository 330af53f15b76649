"""Answers summed up by question, in SQL: first answers and standings, options by thirds, later answers.

A first answer is the learner's earliest one that counts, whatever the version; what is summed up are those
given since what is asked has last changed (its meaning or its key: other changes leave the question the
same), without a hint, and not by who may change the question. See `domain/corrections/analysis/figures.py`
for what is made of them.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import CTE, ColumnElement, ScalarSelect, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from quizapp.domain.corrections.analysis.figures import LEAST_REST
from quizapp.domain.corrections.analysis.suspicions import NEW_ANSWERS
from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.sharing import Act
from quizapp.domain.study.scheduling.evidence import PASS
from quizapp.storage.accounts.deck_rights import may
from quizapp.storage.corrections.tables import PutAside, SuspiciousItem
from quizapp.storage.library.tables import Deck, Item, ItemVersion
from quizapp.storage.rows import all_as
from quizapp.storage.study.tables import Review

MOST_ITEMS = 3_000


class AnalysedItem(NamedTuple):
    """A published item with its deck. aside: at how many first answers its suspicions were put aside."""

    id: int
    version_id: int
    content: Content
    deck_id: int
    slug: str
    title: str
    aside: int | None


def items(session: Session, decks: ColumnElement[bool]) -> list[AnalysedItem]:
    """The published items of these decks (a condition on Deck): item, version, content, deck, and at how
    many first answers their suspicions were put aside (None: never, or before the question changed)."""
    query = (
        select(
            Item.id, Item.version_id, ItemVersion.content, Deck.id.label("deck_id"), Deck.slug, Deck.title,
            PutAside.answers.label("aside"),
        )
        .join(Deck, Deck.id == Item.deck_id)
        .join(ItemVersion, ItemVersion.id == Item.version_id)
        .outerjoin(PutAside, and_(PutAside.item_id == Item.id, _same_question(PutAside.version_id)))
        .where(decks, Item.state == "published")
        .order_by(Deck.id, Item.id)
        .limit(MOST_ITEMS)
    )  # fmt: skip
    return all_as(AnalysedItem, session.execute(query))


class SuspectItem(NamedTuple):
    """An item that upkeep found suspicious, with its deck. answers: first answers then."""

    id: int
    answers: int
    reasons: str
    content: Content
    slug: str
    title: str


def suspicious(session: Session, decks: ColumnElement[bool], limit: int, offset: int) -> list[SuspectItem]:
    """The published items of these decks that upkeep found suspicious and no one has put aside, the
    gravest first: item, first answers then, reasons, content, deck."""
    aside = and_(PutAside.item_id == Item.id, _same_question(PutAside.version_id))
    query = (
        select(
            Item.id,
            SuspiciousItem.answers,
            SuspiciousItem.reasons,
            ItemVersion.content,
            Deck.slug,
            Deck.title,
        )
        .select_from(SuspiciousItem)
        .join(Item, and_(Item.id == SuspiciousItem.item_id, _same_question(SuspiciousItem.version_id)))
        .join(Deck, Deck.id == Item.deck_id)
        .join(ItemVersion, ItemVersion.id == Item.version_id)
        .outerjoin(PutAside, aside)
        .where(decks, Item.state == "published")
        .where(or_(PutAside.answers.is_(None), SuspiciousItem.answers >= PutAside.answers + NEW_ANSWERS))
        .order_by(SuspiciousItem.gravity, SuspiciousItem.answers.desc(), Item.id)
        .limit(limit)
        .offset(offset)
    )
    return all_as(SuspectItem, session.execute(query))


class FirstAnswerSums(NamedTuple):
    """First answers to an item, summed up. x: scores, y: rests, of the pairs of both."""

    item_id: int
    answers: int
    score: float
    chance: float
    median_ms: int
    pairs: int
    x: float
    xx: float
    y: float
    yy: float
    xy: float


def first_answers(session: Session, decks: ColumnElement[bool]) -> list[FirstAnswerSums]:
    """By item: answers, Σ score, Σ chance, the sums of (score, rest), and the middle time."""
    first = _present(_standing(_first(decks))).c
    place = func.row_number().over(partition_by=first.item_id, order_by=(first.duration_ms, first.learner_id))
    total = func.count().over(partition_by=first.item_id)
    columns = select(*first, place.label("place"), total.label("total")).cte("placed").c
    middle = columns.place == (columns.total + 1) // 2
    score = case((columns.rest.is_not(None), columns.score))
    query = select(
        columns.item_id,
        func.count().label("answers"),
        func.sum(columns.score).label("score"),
        func.sum(columns.chance).label("chance"),
        func.max(case((middle, columns.duration_ms), else_=0)).label("median_ms"),
        func.count(columns.rest).label("pairs"),
        _sum(score).label("x"),
        _sum(score * score).label("xx"),
        _sum(columns.rest).label("y"),
        _sum(columns.rest * columns.rest).label("yy"),
        _sum(score * columns.rest).label("xy"),
    ).group_by(columns.item_id)
    return all_as(FirstAnswerSums, session.execute(query.order_by(columns.item_id).limit(MOST_ITEMS)))


class OptionChoice(NamedTuple):
    """How many of one third of the learners gave a response."""

    item_id: int
    response: str
    third: int | None
    answers: int


def choices(session: Session, decks: ColumnElement[bool]) -> list[OptionChoice]:
    """First answers given by choosing: item, response as stored, third of the learners (0 the weakest,
    2 the strongest, None: no standing), how many."""
    present = _present(_standing(_first(decks))).c
    chosen = select(*present).where(present.format == "choose").cte("chosen").c
    groups = (chosen.item_id, chosen.rest.is_(None))
    place = func.row_number().over(partition_by=groups, order_by=(chosen.rest, chosen.learner_id))
    total = func.count().over(partition_by=groups)
    columns = select(
        chosen.item_id, chosen.response, chosen.rest, place.label("place"), total.label("total")
    ).cte("ranked").c  # fmt: skip
    third = case(
        (columns.rest.is_(None), None),
        (columns.place <= columns.total // 3, 0),
        (columns.place > columns.total - columns.total // 3, 2),
        else_=1,
    )
    grouped = select(columns.item_id, columns.response, third.label("third")).cte("thirds").c
    each = (grouped.item_id, grouped.response, grouped.third)
    query = select(*each, func.count().label("answers")).group_by(*each)
    return all_as(OptionChoice, session.execute(query.order_by(*each).limit(MOST_ITEMS * 30)))


class RecallSums(NamedTuple):
    """Answers to an item whose recall had been predicted, summed up."""

    item_id: int
    answers: int
    expected: float
    right: float
    spread: float


def recalls(session: Session, decks: ColumnElement[bool]) -> list[RecallSums]:
    """Answers to the question as it is asked now for which recall had been predicted: item, answers, Σ
    predicted, Σ score, Σ p(1 − p). A prediction is of an answer worth half or more, guesses
    allowed for: who gave up would have guessed right so often."""
    predicted = Review.expected + (1 - Review.expected) * Review.guess
    gave_up = (Review.score == 0) & (Review.chance == 0) & Review.rating.is_(None)
    passed = case((Review.score >= PASS, 1.0), (gave_up, Review.guess), else_=0.0)
    columns = (
        select(Review.item_id, passed.label("score"), predicted.label("predicted"))
        .select_from(Deck)
        .join(Item, Item.deck_id == Deck.id)
        .join(ItemVersion, and_(ItemVersion.item_id == Item.id, ItemVersion.number >= _since()))
        .join(Review, Review.version_id == ItemVersion.id)
        .where(decks, *_live(), _by_a_student(), Review.expected.is_not(None), Review.hinted.is_(False))
        .cte("predicted")
        .c
    )
    query = select(
        columns.item_id,
        func.count().label("answers"),
        func.sum(columns.predicted).label("expected"),
        func.sum(columns.score).label("right"),
        func.sum(columns.predicted * (1 - columns.predicted)).label("spread"),
    ).group_by(columns.item_id)
    return all_as(RecallSums, session.execute(query.order_by(columns.item_id).limit(MOST_ITEMS)))


class Share(NamedTuple):
    """First answers to an item since what it asks has last changed, and how many were right."""

    item_id: int
    answers: int
    right: int


HARD = 0.5  # a lower share of right answers is worth a look
ENOUGH = 10  # first answers before that is said


def shares(session: Session, item_ids: Collection[int]) -> dict[int, Share]:
    """How these items do, by id; those that no one has answered are left out."""
    return {row.item_id: row for row in all_as(Share, session.execute(_shares(Item.id.in_(item_ids))))}


def noteworthy(session: Session, teacher_id: int, stat: str) -> set[int]:
    """The items of decks that a teacher may change which are `hard`, or which no one has answered
    (`unused`)."""
    own = may(Act.EDIT, teacher_id)
    counted = _shares(own).subquery().c
    if stat == "hard":
        hard = counted.right < HARD * counted.answers
        return set(session.scalars(select(counted.item_id).where(counted.answers >= ENOUGH, hard)))
    unused = select(Item.id).join(Deck, Deck.id == Item.deck_id).where(own, Item.state == "published")
    return set(session.scalars(unused.where(Item.id.not_in(select(counted.item_id)))))


def _shares(which: ColumnElement[bool]) -> Select[int, int, int]:
    """By item, of those that a condition on Deck and Item picks."""
    first = _first(which).c
    right = func.sum(case((first.score >= 1, 1), else_=0)).label("right")
    query = select(first.item_id, func.count().label("answers"), right)
    return query.where(first.number >= first.since).group_by(first.item_id)


# --- steps -------------------------------------------------------------------------------------------


def _live() -> tuple[ColumnElement[bool], ...]:
    """Answers that count: no cancellings, and none that was cancelled."""
    later = aliased(Review)
    counts = Review.voids.is_(None), ~exists().where(later.voids == Review.id)
    return *counts, Review.source != "import"  # those were answers to another program’s card


def _first(decks: ColumnElement[bool]) -> CTE:
    """Each learner's first answer to each item of these decks."""
    turn = func.row_number().over(
        partition_by=(Review.learner_id, Review.item_id), order_by=(Review.at, Review.id)
    )
    ranked = (
        select(
            Review.learner_id, Review.item_id, Review.version_id, Review.format, Review.response,
            Review.score, Review.chance, Review.hinted, Review.duration_ms, Item.deck_id,
            ItemVersion.number, _since().label("since"), turn.label("turn"),
        )
        .select_from(Deck)
        .join(Item, Item.deck_id == Deck.id)
        .join(ItemVersion, ItemVersion.item_id == Item.id)
        .join(Review, Review.version_id == ItemVersion.id)
        .where(decks, Item.state == "published", *_live(), _by_a_student())
        .cte("ranked_answers")
    )  # fmt: skip
    return select(ranked).where(ranked.c.turn == 1, ranked.c.hinted.is_(False)).cte("first_answers")


def _standing(first: CTE) -> CTE:
    """First answers, each with the learner's rest: their mean lead over the average of the deck's other
    questions; NULL of those who have answered too few."""
    average = func.avg(first.c.score).over(partition_by=first.c.item_id)
    led = select(first, (first.c.score - average).label("lead")).cte("led").c
    of_learner = (led.learner_id, led.deck_id)
    summed = select(
        *led,
        func.sum(led.lead).over(partition_by=of_learner).label("leads"),
        func.count().over(partition_by=of_learner).label("met"),
    ).cte("summed")
    columns = summed.c
    rest = case((columns.met > LEAST_REST, (columns.leads - columns.lead) / (columns.met - 1)))
    return select(summed, rest.label("rest")).cte("standing")


def _present(standing: CTE) -> CTE:
    """Those given since what is asked has last changed."""
    return select(standing).where(standing.c.number >= standing.c.since).cte("present")


def earlier_answers(session: Session, decks: ColumnElement[bool]) -> dict[int, int]:
    """How many first answers were given before what is asked has last changed, by item."""
    first = _first(decks).c
    query = select(first.item_id, func.count()).where(first.number < first.since).group_by(first.item_id)
    return {row[0]: row[1] for row in session.execute(query)}


def _since() -> ScalarSelect[int]:
    """The number of the version since which an item asks the same: the last of another meaning or key."""
    later = ItemVersion.__table__.alias("changing").c
    changed = select(func.coalesce(func.max(later.number), 1)).where(
        later.item_id == Item.id, later.change.in_(("meaning", "key"))
    )
    return changed.correlate(Item).scalar_subquery()


def _same_question(version_id: Any) -> ColumnElement[bool]:
    """A condition on Item: this version of it asks what it asks now."""
    there = aliased(ItemVersion)
    same = (there.id == version_id, there.item_id == Item.id, there.number >= _since())
    return select(there.id).where(*same).correlate_except(there).exists()


def _by_a_student() -> ColumnElement[bool]:
    """A condition on Deck and Review: not by someone who may change the deck's questions."""
    return ~may(Act.EDIT, Review.__table__.c.learner_id)


def _sum(column: ColumnElement[float]) -> ColumnElement[float]:
    return func.coalesce(func.sum(column), 0.0)
