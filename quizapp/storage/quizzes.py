"""Quizzes: an attempt is a drawn list of items, answered one by one, and finished once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.storage.base import Base
from quizapp.storage.library import Deck


class Attempt(Base):
    """One learner's go at a quiz on a deck. id: made by the form that started it, so a double
    click starts one. feedback: `now` (after each answer) or `end`."""

    __tablename__ = "attempt"
    __table_args__ = (Index(None, "learner_id", "started_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    deck_id: Mapped[int] = mapped_column(ForeignKey("deck.id"), index=True)
    feedback: Mapped[str] = mapped_column(String(10))
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]

    deck: Mapped[Deck] = relationship()


class AttemptQuestion(Base):
    """One question of an attempt. `response` is "" until answered; `grade` is written with it."""

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
