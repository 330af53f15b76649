"""What teachers say about a question to one another, and how they would have it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.storage.accounts import Account
from quizapp.storage.base import Base, Id
from quizapp.storage.library import Item
from quizapp.storage.types import ContentType

OUTCOMES = ("open", "taken", "declined")
OPEN = "state = 'open'"


class ItemComment(Base):
    """A remark on a question, in its thread. author_id None: the account has been erased since."""

    __tablename__ = "item_comment"
    __table_args__ = (Index(None, "item_id", "made_at"),)

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    text: Mapped[str] = mapped_column(String(2_000))
    made_at: Mapped[datetime]

    author: Mapped[Account | None] = relationship()
    item: Mapped[Item] = relationship()


class Suggestion(Base):
    """A question as another teacher would have it, made from one version; at most one of theirs is open.

    evidence: JSON, a list of [source, paragraph, sentence, digest]. taken_version_id: the version that came
    of it. author_id None: the account has been erased since.
    """

    __tablename__ = "suggestion"
    __table_args__ = (
        CheckConstraint(f"state IN {OUTCOMES}", name="state"),
        Index(
            "ix_suggestion_open",
            *("item_id", "author_id"),
            unique=True,
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
        Index(None, "item_id", "made_at"),
        Index(None, "base_version_id"),
    )

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"))
    base_version_id: Mapped[int] = mapped_column(ForeignKey("item_version.id", ondelete="CASCADE"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    content: Mapped[Any] = mapped_column(ContentType)
    formats: Mapped[str] = mapped_column(String(100), default="")
    tags: Mapped[str] = mapped_column(String(500), default="")
    evidence: Mapped[str] = mapped_column(Text, default="[]")
    note: Mapped[str] = mapped_column(String(300), default="")
    made_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(20), default="open")
    reply: Mapped[str] = mapped_column(String(500), default="")
    settled_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]  # when its author put away what became of it
    taken_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("item_version.id", ondelete="SET NULL"), index=True
    )

    author: Mapped[Account | None] = relationship()
    item: Mapped[Item] = relationship()
