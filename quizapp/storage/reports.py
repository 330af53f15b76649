"""Reports: what learners say is wrong with a question, and what a teacher made of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.base import Base, Id

REASONS = ("wrong_key", "unclear", "typo", "outdated")
OUTCOMES = ("open", "fixed", "declined")
OPEN = "state = 'open'"
UNREAD = "state <> 'open' AND read_at IS NULL"


class Report(Base):
    """One learner's report on the version they saw; at most one of theirs on it is open.

    learner_id None: the account has been erased since. fixed_version_id: the item's version when it was
    said to be fixed. read_at: the learner has read what became of it.
    """

    __tablename__ = "report"
    __table_args__ = (
        CheckConstraint(f"reason IN {REASONS}", name="reason"),
        CheckConstraint(f"state IN {OUTCOMES}", name="state"),
        Index(
            "ix_report_open",
            *("learner_id", "version_id"),
            unique=True,
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
        Index("ix_report_waiting", "item_id", sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
        Index(None, "learner_id", "made_at"),
        Index(None, "version_id"),
        Index(None, "item_id"),
    )

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"))
    version_id: Mapped[int] = mapped_column(ForeignKey("item_version.id", ondelete="CASCADE"))
    learner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    reason: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(String(500), default="")
    made_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(20), default="open")
    reply: Mapped[str] = mapped_column(String(500), default="")
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    fixed_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("item_version.id", ondelete="SET NULL"), index=True
    )
    read_at: Mapped[datetime | None]
