"""Quizzes: an attempt is a drawn list of items, answered one by one, and finished once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.storage.base import Base
from quizapp.storage.library.tables import Deck

OPEN = "finished_at IS NULL AND assignment_id IS NOT NULL"


class Attempt(Base):
    """One learner's go at a quiz on a deck. id: made by the form that started it, so a double
    click starts one. feedback: `now` (after each answer), `end` (after finishing) or `due` (after finishing,
    and when nobody can answer any more; shown_at: when the learner opened the answers then).

    assignment_id: what it was begun for (None: of the learner's own accord, or the assignment is gone);
    number: which of the learner's attempts at it, from 1. One of them may be open at a time.
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

    deck: Mapped[Deck] = relationship()


class AttemptQuestion(Base):
    """One question of an attempt. `response` is "" until answered; `grade` is written with it.
    graded_by: as in a review."""

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
