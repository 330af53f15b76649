"""What waits for a learner: due cards and new items, listed and counted.

A learner may have a hundred thousand cards. So every statement here reads only what it returns (plus
items withdrawn by their authors, which are few), counts stop at COUNTED, and the search for new
items begins where the learner's mark in the deck says that everything before has been met.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Float,
    FromClause,
    Select,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    true,
    union,
)
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import Session

from quizapp.domain.library.sharing import Act
from quizapp.domain.study.scheduling.card import AWAY
from quizapp.domain.study.scheduling.evidence import PASS
from quizapp.storage.accounts.deck_rights import may_with
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.decks import MOST_DECKS, withdrawn
from quizapp.storage.library.tables import Deck, DeckItem, Item, ItemApart
from quizapp.storage.rows import all_as, all_with
from quizapp.storage.study.decks import resting
from quizapp.storage.study.goals import MOST_GOALS, OpenGoal, open_goals
from quizapp.storage.study.tables import Card, LearnerDay, Review, StudyDeck
from quizapp.storage.types import UtcDateTime

CANDIDATES = 200  # due cards read to choose the next one from: the longest overdue
FRESH = 30  # new items read to choose the next one from
USUAL_DAYS = 14  # days of study whose answers tell a usual day
COUNTED = 1_000  # what waits is counted so far; pages say “999+”

# Statements over tables, made once: an entity's costs twice as much to run, a new one ten times.
CARD, ITEM, DAY = Card.__table__.c, Item.__table__.c, LearnerDay.__table__.c
DECK_ITEM, STUDY_DECK = DeckItem.__table__.c, StudyDeck.__table__.c
LEARNER: ColumnElement[int] = bindparam("learner")
TODAY: ColumnElement[int] = bindparam("today")
DECK: ColumnElement[int] = bindparam("deck")
MOST: ColumnElement[int] = bindparam("most", type_=ITEM.id.type)

PUBLISHED = ITEM.id == DECK_ITEM.item_id, ITEM.state == "published"
MET = exists().where(CARD.learner_id == LEARNER, CARD.item_id == DECK_ITEM.item_id)


class DueCard(NamedTuple):
    """A card that is due, or was missed last time, with what its recall follows from."""

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


def due_cards(session: Session, learner_id: int, today: int, deck_id: int | None) -> list[DueCard]:
    """The cards longest due, at most CANDIDATES, and those missed last time: item, fact, deck, and what
    their recall follows from."""
    return all_as(
        DueCard, session.execute(_due_cards(deck_id is not None), _values(learner_id, today, deck_id))
    )


class ItemPlace(NamedTuple):
    """An item, the fact it tests, and its deck."""

    item_id: int
    fact_id: int
    deck_id: int


def new_items(
    session: Session,
    learner_id: int,
    today: int,
    deck_id: int | None,
    unmet: bool = False,
    apart: int = 0,
) -> list[ItemPlace]:
    """The next items never seen, at most FRESH, in their decks' order; no sibling of anything met today, or,
    with `apart`, on that many days before.
    Of all decks (`deck_id` None), only those that the learner may study, still. unmet: only of facts none
    of whose items was ever met."""
    values = _values(learner_id, today, deck_id) | {"since": today - apart}
    return all_as(ItemPlace, session.execute(_new_items(deck_id is not None, unmet), values))


class WaitingToday(NamedTuple):
    """What waits, and what was done today; None before the day's first answer. quizzed: how many of the new
    items were seen in a quiz; missed: cards among `due` whose last answer was a miss; usual: answers a day
    on the learner's last days of study before this one, last_day: the last of them; goal: what is to be known
    by a moment; there is a row for each, or one without."""

    due: int
    new: int
    answers: int | None
    right: int | None
    new_items: int | None
    new_right: int | None
    duration_ms: int | None
    quizzed: int | None
    missed: int
    usual: float | None
    last_day: int | None
    goal: OpenGoal | None


def waiting(
    session: Session, learner_id: int, now: datetime, today: int, deck_id: int | None, most_new: int
) -> list[WaitingToday]:
    """What waits and what was done today, the same in each row: `due` as `count_due` counts; `new`, the
    facts that wait to be met, counted up to `most_new`; and the columns of `day_figures`, None before the
    day's first answer. There is a row for each goal, the next due first, or one row without."""
    values = _values(learner_id, today, deck_id) | {"most": min(most_new, COUNTED), "now": now}
    return all_with(WaitingToday, OpenGoal, session.execute(_waiting(deck_id is not None), values))


def due_by_deck(session: Session, learner_id: int, day: int) -> dict[int, int]:
    """How many facts will be asked of each deck on a day, as `count_due` counts them; of theme decks too."""
    rows = session.execute(_due_by_deck(), _values(learner_id, day, None))
    return {row[0]: row[1] for row in rows}


def practice_cards(
    session: Session, learner_id: int, today: int, deck_id: int | None, since: datetime, *, missed: bool
) -> list[DueCard]:
    """Cards to go over beside the plan, at most CANDIDATES: of a deck or of all, not answered since a moment;
    missed: only those answered wrongly today or on the day before."""
    values = _values(learner_id, today, deck_id) | {"moment": since, "since": today - 1}
    return all_as(DueCard, session.execute(_practice_cards(deck_id is not None, missed), values))


def count_due(session: Session, learner_id: int, day: int, deck_id: int | None = None) -> int:
    """How many cards will come on a day, counted up to COUNTED: of the items of one fact only one, and
    none whose fact has been answered that day by another item."""
    return session.scalar(_count_due(deck_id is not None), _values(learner_id, day, deck_id)) or 0


def due_by() -> Select[Any]:
    """`count_due` of all decks as a statement; parameters learner and today."""
    return _count_due(False)


def met_on(session: Session, learner_id: int, day: int) -> list[ItemPlace]:
    """The items last answered on a day (item, fact, deck), newest last."""
    return all_as(ItemPlace, session.execute(_met_on(), {"learner": learner_id, "today": day}))


@cache
def _due_cards(in_deck: bool) -> Select[Any]:
    # Which ones, indexes know; only their rows are read.
    wanted = CARD.learner_id == LEARNER, _published(), _asked_of(in_deck)
    order = CARD.due_day, CARD.deck_id, CARD.fact_id, CARD.last_day
    due = select(CARD.item_id).where(*wanted, CARD.due_day <= TODAY).order_by(*order).limit(CANDIDATES)
    missed = select(CARD.item_id).where(*wanted, CARD.due_day <= TODAY, CARD.learning)
    missed = missed.order_by(CARD.due_day.desc(), CARD.item_id).limit(CANDIDATES)
    chosen = union(*(select(each.subquery().c.item_id) for each in (due, missed))).subquery()
    return (
        select(
            CARD.item_id,
            CARD.fact_id,
            CARD.deck_id,
            CARD.stability,
            CARD.fast,
            CARD.difficulty,
            CARD.last_day,
            CARD.due_day,
            CARD.learning,
            CARD.last_at,
        )
        .select_from(chosen)
        .join(Card.__table__, and_(CARD.learner_id == LEARNER, CARD.item_id == chosen.c.item_id))
        .order_by(CARD.due_day, CARD.item_id)
        .limit(2 * CANDIDATES)
    )


@cache
def _practice_cards(in_deck: bool, missed: bool) -> Select[Any]:
    review = Review.__table__.c
    wrong = select(review.item_id).where(
        review.learner_id == LEARNER,
        review.day >= bindparam("since"),
        review.voids.is_(None),
        review.score < PASS,
    )
    query = (
        select(*(CARD[name] for name in DueCard._fields))
        .where(CARD.learner_id == LEARNER, _published(), _asked_of(in_deck))
        .where(CARD.last_at < bindparam("moment", type_=UtcDateTime()), CARD.due_day < AWAY)
        .order_by(CARD.due_day, CARD.item_id)
        .limit(CANDIDATES)
    )
    return query.where(CARD.item_id.in_(wrong)) if missed else query


@cache
def _new_items(in_deck: bool, unmet: bool = False) -> Select[Any]:
    asked = select(CARD.due_day).where(CARD.learner_id == LEARNER, CARD.fact_id == ITEM.fact_id).exists()
    query = (
        select(ITEM.id.label("item_id"), ITEM.fact_id, ITEM.deck_id)
        .select_from(_in_decks(in_deck))
        .where(*_from_mark(in_deck), ~MET, ITEM.fact_id.not_in(_answered_since()), ITEM.id.not_in(_told()))
        .limit(FRESH)
    )
    if unmet:
        query = query.where(~asked)
    if in_deck:
        return query.order_by(DECK_ITEM.position)
    return query.order_by(STUDY_DECK.position, STUDY_DECK.deck_id, DECK_ITEM.position)


@cache
def _waiting(in_deck: bool) -> Select[Any]:
    account = Account.__table__.c
    days = and_(DAY.learner_id == account.id, DAY.day == TODAY)
    goals = open_goals(in_deck).subquery()
    past = LearnerDay.__table__.alias("past").c
    before = (
        select(past.day, past.answers)
        .where(past.learner_id == LEARNER, past.day < TODAY)
        .order_by(past.day.desc())
        .limit(USUAL_DAYS)
        .subquery()
    )
    return (
        select(
            _count_due(in_deck).scalar_subquery().label("due"),
            _count_new(in_deck).scalar_subquery().label("new"),
            DAY.answers,
            DAY.right,
            DAY.new_items,
            DAY.new_right,
            DAY.duration_ms,
            DAY.quizzed,
            _count_missed(in_deck).scalar_subquery().label("missed"),
            select(func.avg(sql_cast(before.c.answers, Float(53)))).scalar_subquery().label("usual"),
            select(func.max(before.c.day)).scalar_subquery().label("last_day"),
            *goals.c,
        )
        .select_from(Account.__table__.outerjoin(LearnerDay.__table__, days).outerjoin(goals, true()))
        .where(account.id == LEARNER)
        .order_by(goals.c.due_at, goals.c.assignment_id, goals.c.goal_id, goals.c.deck_id)
        .limit(MOST_GOALS)
    )


@cache
def _count_due(in_deck: bool) -> Select[Any]:
    wanted = CARD.learner_id == LEARNER, CARD.due_day <= TODAY, _published(), _asked_of(in_deck)
    alone = or_(CARD.last_day == TODAY, CARD.fact_id.not_in(_answered()))
    # A sum and no bare column: SQLite would walk all cards by fact to have each fact once.
    facts = select(CARD.fact_id + 0).where(*wanted, alone).distinct()
    return select(func.count()).select_from(facts.limit(COUNTED).subquery())


@cache
def _due_by_deck() -> Select[Any]:
    wanted = CARD.learner_id == LEARNER, CARD.due_day <= TODAY, _published(), _asked_of(in_deck=False)
    alone = or_(CARD.last_day == TODAY, CARD.fact_id.not_in(_answered()))
    deck = Deck.__table__.c
    at_home = select(CARD.deck_id.label("deck_id"), CARD.fact_id).where(*wanted, alone)
    themed = (
        select(DECK_ITEM.deck_id, CARD.fact_id)
        .join_from(Card.__table__, DeckItem.__table__, DECK_ITEM.item_id == CARD.item_id)
        .join(Deck.__table__, and_(deck.id == DECK_ITEM.deck_id, deck.theme_tag.is_not(None)))
        .where(*wanted, alone)
    )
    found = union(at_home, themed).subquery().c
    return select(found.deck_id, func.count()).group_by(found.deck_id).limit(MOST_DECKS)


@cache
def _count_missed(in_deck: bool) -> Select[Any]:
    wanted = (
        CARD.learner_id == LEARNER,
        CARD.due_day <= TODAY,
        CARD.learning,
        _published(),
        _asked_of(in_deck),
    )
    return select(func.count()).select_from(select(CARD.item_id).where(*wanted).limit(COUNTED).subquery())


@cache
def _count_new(in_deck: bool) -> Select[Any]:
    """Counts facts that wait to be met: not those with an item met or due today."""
    fact = CARD.learner_id == LEARNER, CARD.fact_id == ITEM.fact_id
    due = exists().where(*fact, CARD.due_day <= TODAY, _published())
    alone = ~due, ITEM.fact_id.not_in(_answered()), ITEM.id.not_in(_told())
    facts = select(ITEM.fact_id).select_from(_in_decks(in_deck)).where(*_from_mark(in_deck), ~MET, *alone)
    return select(func.count()).select_from(facts.distinct().limit(MOST).subquery())


@cache
def _met_on() -> Select[Any]:
    answered = select(CARD.item_id, CARD.fact_id, CARD.deck_id)
    return (
        answered.where(CARD.learner_id == LEARNER, CARD.last_day == TODAY).order_by(CARD.last_at).limit(5_000)
    )


def _published() -> ColumnElement[bool]:
    return CARD.item_id.not_in(withdrawn())


def _asked_of(in_deck: bool) -> ColumnElement[bool]:
    going_on = CARD.deck_id.not_in(resting())
    if not in_deck:
        return going_on
    # Items of a theme deck have their home elsewhere; for all others the card tells its deck.
    theme = select(Deck.__table__.c.theme_tag).where(Deck.__table__.c.id == DECK).scalar_subquery()
    gathered = exists().where(DECK_ITEM.deck_id == DECK, DECK_ITEM.item_id == CARD.item_id)
    return and_(going_on, or_(CARD.deck_id == DECK, and_(theme.is_not(None), gathered)))


def _answered() -> Select[Any]:
    """Facts answered today."""
    card = Card.__table__.alias("answered").c
    return select(card.fact_id).where(card.learner_id == LEARNER, card.last_day == TODAY)


def _answered_since() -> Select[Any]:
    """Facts answered on a day or later."""
    card = Card.__table__.alias("since").c
    return select(card.fact_id).where(card.learner_id == LEARNER, card.last_day >= bindparam("since"))


def _in_decks(in_deck: bool) -> FromClause:
    """The published items of one deck, or of all that the learner studies."""
    items = DeckItem.__table__.join(Item.__table__, and_(*PUBLISHED))
    if in_deck:
        return items
    studied = and_(STUDY_DECK.deck_id == DECK_ITEM.deck_id, STUDY_DECK.learner_id == LEARNER)
    return items.join(StudyDeck.__table__, studied)


def _from_mark(in_deck: bool) -> tuple[ColumnElement[bool], ...]:
    """Leaves out the places before the learner's mark, and decks that they may no longer study."""
    if in_deck:
        mark = select(STUDY_DECK.met_before).where(
            STUDY_DECK.learner_id == LEARNER, STUDY_DECK.deck_id == DECK
        )
        here = DECK_ITEM.deck_id == DECK, DECK_ITEM.deck_id.not_in(resting())
        return *here, DECK_ITEM.position >= func.coalesce(mark.scalar_subquery(), 0)
    allowed = may_with(Act.STUDY, LEARNER, STUDY_DECK.deck_id)
    return DECK_ITEM.position >= STUDY_DECK.met_before, STUDY_DECK.paused_at.is_(None), allowed


def _values(learner_id: int, today: int, deck_id: int | None) -> dict[str, Any]:
    values = {"learner": learner_id, "today": today}
    return values if deck_id is None else values | {"deck": deck_id}


def _told() -> Select[Any]:
    """Items that must not come on one day with one answered today: either gives the other away."""
    card, apart = Card.__table__.alias("told").c, ItemApart.__table__.c
    return select(apart.other_id).where(
        apart.item_id == card.item_id, card.learner_id == LEARNER, card.last_day == TODAY
    )
