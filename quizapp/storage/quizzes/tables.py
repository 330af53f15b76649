"""Quizzes: an attempt is a drawn list of items, answered one by one, and finished once; what teachers decide
about one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.storage.base import Base, Id
from quizapp.storage.library.tables import Deck

OPEN = "finished_at IS NULL AND assignment_id IS NOT NULL AND set_aside_at IS NULL"


class Attempt(Base):
    """One learner's go at a quiz on a deck. id: made by the form that started it, so a double
    click starts one. feedback: `now` (after each answer), `end` (after finishing) or `due` (after finishing,
    and when no one can answer any more; shown_at: when the learner opened the answers then).

    assignment_id: what it was begun for (None: of the learner's own accord, or the assignment is gone);
    number: which of the learner's attempts at it, from 1. One of them may be open at a time.
    set_aside_at: a teacher reset it then: it counts for nothing, and another may begin in its place.
    ends_at: its own time limit (None: the assignment's dates alone).
    """

    __tablename__ = "attempt"
    __table_args__ = (
        Index(None, "learner_id", "started_at"),
        Index(None, "assignment_id", "learner_id", "number", unique=True),
        Index(
            "ix_attempt_open_assigned",
            *("assignment_id", "learner_id"),
            unique=True,
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    deck_id: Mapped[int] = mapped_column(ForeignKey("deck.id"), index=True)
    feedback: Mapped[str] = mapped_column(String(10))
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignment.id", ondelete="SET NULL"))
    number: Mapped[int | None] = mapped_column(Integer)
    shown_at: Mapped[datetime | None]
    set_aside_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]

    deck: Mapped[Deck] = relationship()


class AttemptQuestion(Base):
    """One question of an attempt. `response` is "" until answered; `grade` is written with it.
    graded_by: as in a review. points: what the question is worth; score: the share of them, in [0, 1].
    marked: a teacher gave the score by hand; later keys leave it."""

    __tablename__ = "attempt_question"

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("item_version.id"), index=True)
    format: Mapped[str] = mapped_column(String(20))
    response: Mapped[str] = mapped_column(Text, default="")
    grade: Mapped[str] = mapped_column(Text, default="")
    score: Mapped[float | None]
    answered_at: Mapped[datetime | None]
    duration_ms: Mapped[int] = mapped_column(Integer, default=0)
    graded_by: Mapped[int | None]
    points: Mapped[float] = mapped_column(default=1.0, server_default="1")
    marked: Mapped[bool] = mapped_column(default=False, server_default=false())


class AttemptDecision(Base):
    """What a teacher decided about a student's attempt, and why: a mark by hand (position, before and score
    are set; score None: the mark by the key again), or that the attempt is reset (position None).

    learner_id: whose attempt it is. author_id None: the teacher has been erased since.
    """

    __tablename__ = "attempt_decision"
    __table_args__ = (Index(None, "attempt_id", "position"),)

    id: Mapped[Id]
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"))
    learner_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    position: Mapped[int | None] = mapped_column(Integer)
    before: Mapped[float | None]
    score: Mapped[float | None]
    reason: Mapped[str] = mapped_column(String(300))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    made_at: Mapped[datetime]
