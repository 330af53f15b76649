"""The log of reviews, the cards folded from it, and the rollups that pages read.

`review` is append-only: nothing here is updated or deleted while the account lives (that of a guest
becomes their account's). `card`, `learner_day` and `learner_calibration` can be rebuilt from it
(`quizapp schedule rebuild`). Days are ordinals of the learner's study day (`date.toordinal()`).
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.base import Base, Id


class StudyDeck(Base):
    """A deck that a learner studies. Its new items come up in the order in which decks were taken.

    paused_at: since when nothing of it is asked; left_at: since when it is none of theirs any more (it rests
    then, too): both follow from `deck_event`. target: recall wanted of this deck, None for that of all.
    met_before: every published item of the deck at a lower position has been met, so that looking for new
    ones need not pass them again. It may lag behind, never run ahead (see `storage/study/due.py`).
    """

    __tablename__ = "study_deck"
    # Unique, though the key alone is: only so SQLite takes rows from it in order without sorting.
    __table_args__ = (Index(None, "learner_id", "position", "deck_id", unique=True),)

    learner_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    deck_id: Mapped[int] = mapped_column(
        ForeignKey("deck.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    position: Mapped[int]
    met_before: Mapped[int] = mapped_column(Integer, default=0)
    paused_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    target: Mapped[float | None]


class DeckEvent(Base):
    """What a learner did with a deck (`domain/study/deck_log.py`), or took back (`voids`). Append-only."""

    __tablename__ = "deck_event"
    __table_args__ = (Index(None, "learner_id", "deck_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    deck_id: Mapped[int] = mapped_column(ForeignKey("deck.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    what: Mapped[str] = mapped_column(String(20))
    voids: Mapped[UUID | None]


class Goal(Base):
    """A date by which decks are to be known: a learner's own, or a class's. target: the recall that a fact
    needs then."""

    __tablename__ = "goal"
    __table_args__ = (
        CheckConstraint("(learner_id IS NULL) <> (classroom_id IS NULL)", name="whose"),
        Index(None, "learner_id", "due_at"),
        Index(None, "classroom_id", "due_at"),
    )

    id: Mapped[Id]
    learner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    classroom_id: Mapped[int | None] = mapped_column(ForeignKey("classroom.id", ondelete="CASCADE"))
    title: Mapped[str] = mapped_column(String(120))
    due_at: Mapped[datetime]
    target: Mapped[float]
    created_at: Mapped[datetime]


class GoalDeck(Base):
    """A deck that belongs to a goal."""

    __tablename__ = "goal_deck"

    goal_id: Mapped[int] = mapped_column(ForeignKey("goal.id", ondelete="CASCADE"), primary_key=True)
    deck_id: Mapped[int] = mapped_column(
        ForeignKey("deck.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Review(Base):
    """One event: an answer; the cancelling of an earlier one (where `voids` is set); a call to ask the
    item early, by `planned_day`; a move to `planned_day`; or a restart, which makes the item new again. The
    `voids` of these three is their own id, so that no one takes them for an answer.

    id: made from learner, item and the card's state when the item was served, so the same
    question answered twice is one row. chance: probability of guessing this score or a better one in the
    format asked (of a miss: of guessing right), 0 for who gave up; guess: of guessing at least half of it.
    cap: the longest interval that a date by which the item is to be known allowed then.
    ease: how much easier the item was known to be at a first answer (`domain/study/scheduling/ease.py`).
    weight: less than 1 where the learner called an unsure answer the same.
    expected: the predicted probability of recall just before. planned_day: the due day chosen
    then, with the load of that moment. graded_by: the version whose key the grade goes by, where it
    is not the one that was asked (see services/corrections/regrades.py).
    """

    __tablename__ = "review"
    __table_args__ = (
        Index(None, "learner_id", "item_id", "at"),
        Index(None, "learner_id", "day", "at"),
        Index(None, "version_id"),
        Index(None, "item_id"),
        Index(
            None, "voids", sqlite_where=text("voids IS NOT NULL"), postgresql_where=text("voids IS NOT NULL")
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("item_version.id"))
    at: Mapped[datetime]
    zone: Mapped[str] = mapped_column(String(60))
    day: Mapped[int] = mapped_column(Integer)
    source: Mapped[str] = mapped_column(
        String(20)
    )  # review, quiz, undo, import, regrade, call, move, away, restart …
    format: Mapped[str] = mapped_column(String(20))
    response: Mapped[str] = mapped_column(Text, default="")
    grade: Mapped[str] = mapped_column(Text, default="")
    score: Mapped[float]
    chance: Mapped[float]
    guess: Mapped[float] = mapped_column(default=0.0)
    weight: Mapped[float] = mapped_column(default=1.0)
    rating: Mapped[int | None] = mapped_column(Integer)
    hinted: Mapped[bool] = mapped_column(default=False)
    duration_ms: Mapped[int] = mapped_column(Integer, default=0)
    prior: Mapped[float]
    expected: Mapped[float | None]
    planned_day: Mapped[int | None] = mapped_column(Integer)
    cap: Mapped[int | None] = mapped_column(Integer)
    ease: Mapped[float] = mapped_column(default=0.0)
    voids: Mapped[UUID | None]
    graded_by: Mapped[int | None]


class Card(Base):
    """What a learner's log says of one item: memory, when it is due, and its history in numbers.

    fast: the second of the memory's two stabilities. folded: by which model, weights, target recall and
    longest interval (`Parameters.mark`).
    """

    __tablename__ = "card"
    __table_args__ = (
        # Each answers its question alone, without a look at the rows.
        Index("ix_card_due", "learner_id", "due_day", "deck_id", "fact_id", "last_day", "item_id"),
        Index("ix_card_deck", "learner_id", "deck_id", "due_day", "item_id"),
        Index("ix_card_fact", "learner_id", "fact_id", "due_day"),
        Index(
            "ix_card_answered",
            *("learner_id", "last_day", "last_at", "fact_id", "deck_id", "item_id", "learning"),
        ),
        Index(
            "ix_card_missed",
            *("learner_id", "due_day", "deck_id", "item_id"),
            sqlite_where=text("learning"),
            postgresql_where=text("learning"),
        ),
        Index(None, "item_id"),
        # Rows lie in the order of their key: a learner's cards side by side, found in one step.
        {"sqlite_with_rowid": False},
    )

    learner_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    deck_id: Mapped[int]  # the item's home deck and fact, kept here so that one index answers
    fact_id: Mapped[int]
    stability: Mapped[float]
    fast: Mapped[float]
    difficulty: Mapped[float]
    first_day: Mapped[int] = mapped_column(Integer)
    last_day: Mapped[int] = mapped_column(Integer)
    last_at: Mapped[datetime]
    due_day: Mapped[int] = mapped_column(Integer)
    reps: Mapped[int] = mapped_column(Integer)
    lapses: Mapped[int] = mapped_column(Integer)
    events: Mapped[int] = mapped_column(Integer)
    learning: Mapped[bool]
    right_streak: Mapped[int] = mapped_column(Integer)
    misses_in_row: Mapped[int] = mapped_column(Integer)
    folded: Mapped[str] = mapped_column(String(16))


class ItemNote(Base):
    """What a learner wrote for themselves at an item."""

    __tablename__ = "item_note"

    learner_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    item_id: Mapped[int] = mapped_column(
        ForeignKey("item.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]


class LearnerDay(Base):
    """A learner's study day in numbers; new_right: items met for the first time and known; quizzed: items
    that were seen for the first time in a quiz."""

    __tablename__ = "learner_day"

    learner_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[int] = mapped_column(Integer, primary_key=True)
    answers: Mapped[int] = mapped_column(Integer)
    right: Mapped[int] = mapped_column(Integer)
    new_items: Mapped[int] = mapped_column(Integer)
    new_right: Mapped[int] = mapped_column(Integer)
    quizzed: Mapped[int] = mapped_column(Integer, default=0)
    duration_ms: Mapped[int]


class LearnerFirst(Base):
    """A learner's first answers to items, by the format they were asked in: how many, and in millionths how
    many were right (`evidence.credit`) and would have been by guessing."""

    __tablename__ = "learner_first"

    learner_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    format: Mapped[str] = mapped_column(String(20), primary_key=True)
    answers: Mapped[int] = mapped_column(Integer)
    right: Mapped[int]
    guessed: Mapped[int]


class LearnerCalibration(Base):
    """How true predictions were: reviews whose probability of a right answer fell into bin 0…9 (tenths).

    expected, right: sums in millionths, so that a sum is the same in whatever order it is made.
    """

    __tablename__ = "learner_calibration"

    learner_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    bin: Mapped[int] = mapped_column(Integer, primary_key=True)
    reviews: Mapped[int] = mapped_column(Integer)
    expected: Mapped[int]
    right: Mapped[int]


class ItemEase(Base):
    """How much easier an item is than others, in log-odds, as the answers of so many learners tell; reckoned
    anew once a day (`services/study/fitting/easing.py`)."""

    __tablename__ = "item_ease"

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), primary_key=True)
    ease: Mapped[float]
    answers: Mapped[int]
    learners: Mapped[int]


class MemorySet(Base):
    """Weights of the memory model, fitted to answers. A row is never changed.

    learner_id: whose answers, None for those of the whole site. weights: as in `Account.weights`. answers:
    how many they were fitted to; held_back: on how many later ones they were tried. loss: log loss on those;
    loss_before: of the weights in force then; loss_default: of the published ones. used: whether they were
    so much better that they hold, until a newer set of the same learner (or the site) does.
    """

    __tablename__ = "memory_set"

    id: Mapped[Id]
    learner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    fitted_at: Mapped[datetime]
    model: Mapped[str] = mapped_column(String(20))
    weights: Mapped[str] = mapped_column(Text)
    answers: Mapped[int]
    held_back: Mapped[int]
    loss: Mapped[float]
    loss_before: Mapped[float]
    loss_default: Mapped[float]
    used: Mapped[bool]
