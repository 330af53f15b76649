"""Suspicions that figures raise, and what a teacher has said of them: looked at, nothing wrong."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.base import Base


class PutAside(Base):
    """An item whose suspicions are put aside: of this version, at so many first answers."""

    __tablename__ = "put_aside"

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("item_version.id", ondelete="CASCADE"), index=True)
    answers: Mapped[int] = mapped_column(Integer)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime]


class SuspiciousItem(Base):
    """An item whose figures are worth a look, as upkeep found it at `at` with so many first answers.

    gravity: of the gravest reason, 0 the worst. reasons: a JSON list of words. Only while the item's
    version is still this one.
    """

    __tablename__ = "suspicious_item"

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("item_version.id", ondelete="CASCADE"), index=True)
    gravity: Mapped[int] = mapped_column(Integer)
    answers: Mapped[int] = mapped_column(Integer)
    reasons: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
