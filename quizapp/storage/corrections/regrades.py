"""Reads for grading again: whose answers there are to an item, their logs, and the keys that count."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from quizapp.domain.library.kinds.base import Content
from quizapp.storage.accounts.tables import Account
from quizapp.storage.corrections.tables import Regrade
from quizapp.storage.library.responsibility import tended
from quizapp.storage.library.tables import Deck, Item, ItemVersion
from quizapp.storage.quizzes.tables import Attempt, AttemptQuestion
from quizapp.storage.rows import all_as, one_as
from quizapp.storage.study.history import FullEvent
from quizapp.storage.study.tables import Card, Review

MOST_KEYS = 200
MOST_ANSWERS = 200_000


class Key(NamedTuple):
    """A content as a key: the id and number of its version (of one that is not written yet: made up)."""

    id: int
    number: int
    content: Content


def keys(session: Session, item_id: int) -> list[Key]:
    """The versions whose keys count for earlier answers too, newest first: id, number, content."""
    query = (
        select(ItemVersion.id, ItemVersion.number, ItemVersion.content)
        .where(
            ItemVersion.id.in_(
                select(Regrade.to_version_id).where(
                    Regrade.item_id == item_id, Regrade.change == "key", Regrade.undone_at.is_(None)
                )
            )
        )
        .order_by(ItemVersion.number.desc())
        .limit(MOST_KEYS)
    )
    return all_as(Key, session.execute(query))


def versions(session: Session, item_id: int) -> dict[int, Key]:
    """Every version of an item by its id: id, number, content."""
    query = select(ItemVersion.id, ItemVersion.number, ItemVersion.content)
    found = session.execute(query.where(ItemVersion.item_id == item_id).order_by(ItemVersion.number))
    return {key.id: key for key in all_as(Key, found)}


def met_before_change(session: Session, learner_id: int, item_id: int, number: int) -> Content | None:
    """What an item said when a learner answered it last, where a version since then, up to this one,
    changed its meaning; None else."""
    cancel = Review.__table__.alias("cancel").c
    last = (
        select(ItemVersion.number, ItemVersion.content)
        .join(Review, Review.version_id == ItemVersion.id)
        .where(Review.learner_id == learner_id, Review.item_id == item_id, Review.voids.is_(None))
        .where(~exists().where(cancel.voids == Review.id))
        .order_by(Review.at.desc(), Review.id.desc())
        .limit(1)
        .subquery()
    )
    since = exists().where(
        ItemVersion.item_id == item_id,
        ItemVersion.change == "meaning",
        ItemVersion.number > last.c.number,
        ItemVersion.number <= number,
    )
    return session.scalar(select(last.c.content).where(since))


def content_of(session: Session, version_id: int) -> Content | None:
    """What a version says."""
    return session.scalar(select(ItemVersion.content).where(ItemVersion.id == version_id))


def contents_of(session: Session, version_ids: Collection[int]) -> dict[int, Content]:
    """What these versions say, by their ids."""
    if not version_ids:
        return {}
    rows = session.execute(select(ItemVersion.id, ItemVersion.content).where(ItemVersion.id.in_(version_ids)))
    return dict(rows.tuples().all())


def _learners(item_id: int) -> tuple[Select[int], Select[int]]:
    """Anyone who has a card of the item, and anyone who has answered it in a quiz."""
    quizzed = (
        select(Attempt.learner_id)
        .join(AttemptQuestion, AttemptQuestion.attempt_id == Attempt.id)
        .where(AttemptQuestion.item_id == item_id, AttemptQuestion.answered_at.is_not(None))
    )
    return select(Card.learner_id).where(Card.item_id == item_id), quizzed


def learners_after(
    session: Session, item_id: int, cursor: int, most: int, most_answers: int
) -> tuple[list[int], bool]:
    """The next learners with answers to an item, in order of their ids, so many or so many answers'
    worth (one learner at least); and whether others follow."""
    _, quizzed = _learners(item_id)
    studied = (
        select(Card.learner_id, Card.reps)
        .where(Card.item_id == item_id, Card.learner_id > cursor)
        .order_by(Card.learner_id)
        .limit(most + 1)
    )
    only_quizzed = quizzed.where(Attempt.learner_id > cursor).distinct().order_by(Attempt.learner_id)
    answers = dict.fromkeys(session.scalars(only_quizzed.limit(most + 1)), 1)
    answers.update((learner_id, reps) for learner_id, reps in session.execute(studied))
    ids, total = sorted(answers), 0
    for place, learner_id in enumerate(ids):
        total += answers[learner_id]
        if place == most or (place and total > most_answers):
            return ids[:place], True
    return ids, False


def count_learners(session: Session, item_id: int) -> int:
    """How many learners have answered an item."""
    studied, quizzed = _learners(item_id)
    both = studied.union(quizzed).subquery()
    return session.scalar(select(func.count()).select_from(both)) or 0


def accounts(session: Session, ids: Collection[int]) -> list[Account]:
    """Accounts by id, in order."""
    return list(session.scalars(select(Account).where(Account.id.in_(ids)).order_by(Account.id)))


def logs(session: Session, item_id: int, learner_ids: Collection[int]) -> list[FullEvent]:
    """Everything that these learners' logs hold of an item, learner by learner in order of time."""
    query = (
        select(*Review.__table__.columns, Item.deck_id, Item.fact_id)
        .join(Item, Item.id == Review.item_id)
        .where(Review.item_id == item_id, Review.learner_id.in_(learner_ids))
        .order_by(Review.learner_id, Review.at, Review.id)
    )
    return all_as(FullEvent, session.execute(query))


class QuizAnswer(NamedTuple):
    """A learner's answer to a question of a quiz. unrecorded: it does not be in their log yet."""

    attempt_id: UUID
    position: int
    version_id: int
    format: str
    response: str
    score: float | None
    learner_id: int
    marked: bool
    unrecorded: bool


def quiz_answers(session: Session, item_id: int, learner_ids: Collection[int]) -> list[QuizAnswer]:
    """These learners' answers to an item in quizzes. marked: scored by a teacher's hand; unrecorded: not in
    their logs yet, and what was right not shown to them."""
    ended = Attempt.finished_at.is_not(None)
    recorded = or_(
        Attempt.feedback == "now",
        and_(Attempt.feedback == "end", ended),
        and_(Attempt.feedback == "due", Attempt.shown_at.is_not(None)),
    )
    query = (
        select(
            AttemptQuestion.attempt_id,
            AttemptQuestion.position,
            AttemptQuestion.version_id,
            AttemptQuestion.format,
            AttemptQuestion.response,
            AttemptQuestion.score,
            Attempt.learner_id,
            AttemptQuestion.marked,
            (~recorded).label("unrecorded"),
        )
        .join(Attempt, Attempt.id == AttemptQuestion.attempt_id)
        .where(AttemptQuestion.item_id == item_id, AttemptQuestion.answered_at.is_not(None))
        .where(Attempt.learner_id.in_(learner_ids))
        .order_by(Attempt.learner_id, AttemptQuestion.attempt_id, AttemptQuestion.position)
    )
    return all_as(QuizAnswer, session.execute(query))


class CountingAnswer(NamedTuple):
    """An answer of someone's log that counts. called: its grade, where it counts only on their word."""

    learner_id: int
    version_id: int
    format: str
    response: str
    score: float
    called: str


def counting_answers(session: Session, version_ids: Collection[int]) -> list[CountingAnswer]:
    """Every answer to these versions that counts: learner, version, format, response, score."""
    cancel = Review.__table__.alias("cancel").c
    called = case((Review.weight < 1, Review.grade), else_="").label("called")
    query = (
        select(Review.learner_id, Review.version_id, Review.format, Review.response, Review.score, called)
        .where(Review.version_id.in_(version_ids), Review.voids.is_(None))
        .where(~exists().where(cancel.voids == Review.id))
        .order_by(Review.at, Review.id)
        .limit(MOST_ANSWERS)
    )
    return all_as(CountingAnswer, session.execute(query))


def has_answers(session: Session, item_id: int) -> bool:
    """Whether anyone has answered an item, in study or in a quiz."""
    studied, quizzed = _learners(item_id)
    return any(session.execute(query.limit(1)).first() is not None for query in (studied, quizzed))


def unfinished(session: Session) -> int | None:
    """The regrade that is to be carried on with; None when all are through."""
    waiting = (Regrade.finished_at.is_(None), Regrade.failed_at.is_(None))
    return session.scalar(select(Regrade.id).where(*waiting).order_by(Regrade.id).limit(1))


def in_force(session: Session, item_id: int, version_id: int) -> Regrade | None:
    """The regrade that made this version's key count, unless it was undone."""
    query = select(Regrade).where(
        Regrade.item_id == item_id, Regrade.to_version_id == version_id, Regrade.undone_at.is_(None)
    )
    return session.scalars(query.order_by(Regrade.id.desc()).limit(1)).first()


def of_item(session: Session, item_id: int) -> list[Regrade]:
    """An item's regrades, newest first."""
    query = select(Regrade).where(Regrade.item_id == item_id).order_by(Regrade.id.desc()).limit(MOST_KEYS)
    return list(session.scalars(query))


class RegradeOfDeck(NamedTuple):
    """A regrade and the deck of its item."""

    regrade: Regrade
    slug: str
    deck_title: str


def regrade(session: Session, regrade_id: int, author: Account) -> RegradeOfDeck | None:
    """A regrade of an item that this teacher answers for, with the item's deck; None if there is none."""
    query = (
        select(Regrade, Deck.slug, Deck.title.label("deck_title"))
        .join(Item, Item.id == Regrade.item_id)
        .join(Deck, Deck.id == Item.deck_id)
        .options(joinedload(Regrade.to_version))
        .where(Regrade.id == regrade_id, tended(author))
    )
    return one_as(RegradeOfDeck, session.execute(query))
