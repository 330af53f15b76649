"""Assignments of a deck to a class, with its dates, and students' own due moments."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.storage.base import Base, Id
from quizapp.storage.classrooms import Classroom
from quizapp.storage.library import Deck


class Assignment(Base):
    """What a class has to do until when (`domain/assignments/terms.py` says what the columns mean).

    sort `study`: target is the recall that a fact needs on the due day. sort `quiz`: questions is the
    length drawn, attempts_allowed how many may begin (None: any number), feedback when answers are shown.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        CheckConstraint("sort IN ('study', 'quiz')", name="sort"),
        CheckConstraint("late_rule IN ('closed', 'late')", name="late_rule"),
        CheckConstraint("feedback IN ('now', 'end', 'due')", name="feedback"),
    )

    id: Mapped[Id]
    classroom_id: Mapped[int] = mapped_column(ForeignKey("classroom.id", ondelete="CASCADE"), index=True)
    deck_id: Mapped[int] = mapped_column(ForeignKey("deck.id", ondelete="CASCADE"), index=True)
    sort: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(120))
    opens_at: Mapped[datetime]
    due_at: Mapped[datetime]
    late_rule: Mapped[str] = mapped_column(String(10))
    last_at: Mapped[datetime | None]
    target: Mapped[float]
    questions: Mapped[int] = mapped_column(Integer)
    attempts_allowed: Mapped[int | None] = mapped_column(Integer)
    feedback: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime]

    classroom: Mapped[Classroom] = relationship()
    deck: Mapped[Deck] = relationship()


class AssignmentExtension(Base):
    """A student's own due moment, later than the class's."""

    __tablename__ = "assignment_extension"

    assignment_id: Mapped[int] = mapped_column(
        ForeignKey("assignment.id", ondelete="CASCADE"), primary_key=True
    )
    enrolment_id: Mapped[int] = mapped_column(
        ForeignKey("enrolment.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    due_at: Mapped[datetime]
    granted_at: Mapped[datetime]
