"""What people who erased their accounts leave to the averages of a class: figures, and nobody's name."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.base import Base, Id


class ErasedResult(Base):
    """What one of them had got of an assignment, as a share in [0, 1]."""

    __tablename__ = "erased_result"

    id: Mapped[Id]
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"), index=True)
    share: Mapped[float]


class ErasedAnswers(Base):
    """How often they all answered a version with this score in an assignment."""

    __tablename__ = "erased_answers"

    assignment_id: Mapped[int] = mapped_column(
        ForeignKey("assignment.id", ondelete="CASCADE"), primary_key=True
    )
    version_id: Mapped[int] = mapped_column(
        ForeignKey("item_version.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    score: Mapped[float] = mapped_column(primary_key=True)
    times: Mapped[int] = mapped_column(Integer)
