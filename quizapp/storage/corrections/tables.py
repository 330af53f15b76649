"""What is found wrong with questions, and carried through past answers.

Changed keys and meanings carried through past answers, what students are told, and their claims.

Reports: what learners say is wrong with a question, and what a teacher made of it.

Suspicions that figures raise, and what a teacher has said of them: looked at, nothing wrong.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.storage.base import Base, Id
from quizapp.storage.library.tables import Item, ItemVersion

CLAIM_STATES = ("open", "accepted", "declined")


class Regrade(Base):
    """One change of an item on its way through past answers, learner by learner.

    change: `key` (answers are graded again) or `meaning` (learners are asked early). to_version_id: the
    version whose key counts from now on, until `undone_at`. failed_at: an error stopped it, others go on;
    the next start of the server tries it again. cursor: the last learner done; finished_at
    None: not through yet. An undo goes through all learners once more, with `undone_at` set.
    """

    __tablename__ = "regrade"

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    to_version_id: Mapped[int] = mapped_column(ForeignKey("item_version.id"), index=True)
    change: Mapped[str] = mapped_column(String(10))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    learners: Mapped[int] = mapped_column(Integer)
    learners_done: Mapped[int] = mapped_column(Integer, default=0)
    cursor: Mapped[int] = mapped_column(default=0)
    answers_changed: Mapped[int] = mapped_column(Integer, default=0)
    learners_changed: Mapped[int] = mapped_column(Integer, default=0)
    finished_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]

    item: Mapped[Item] = relationship()
    to_version: Mapped[ItemVersion] = relationship()


class GradeNotice(Base):
    """What a learner is told of a regrade: answers that now count more (gained) or less (lost), and
    the newest of them."""

    __tablename__ = "grade_notice"
    __table_args__ = (Index(None, "learner_id", "dismissed_at"),)

    regrade_id: Mapped[int] = mapped_column(ForeignKey("regrade.id", ondelete="CASCADE"), primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    gained: Mapped[int] = mapped_column(Integer)
    lost: Mapped[int] = mapped_column(Integer)
    response: Mapped[str] = mapped_column(Text)
    told_at: Mapped[datetime]
    dismissed_at: Mapped[datetime | None]


SAID = ("right", "same", "different")


class Claim(Base):
    """“I was right”: a learner's word on one grade. said: that it was right; or, where grading was not sure
    and asked, that it is the same as the key or is not. normal_form: the same for answers that one decision
    is about. seen_at: when the learner put the decision away."""

    __tablename__ = "claim"
    __table_args__ = (
        CheckConstraint(f"state IN {CLAIM_STATES}", name="state"),
        CheckConstraint(f"said IN {SAID}", name="said"),
        Index(None, "item_id", "state", "normal_form"),
        Index(None, "learner_id", "state"),
    )

    review_id: Mapped[UUID] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("item_version.id"), index=True)
    format: Mapped[str] = mapped_column(String(20))
    response: Mapped[str] = mapped_column(Text)
    normal_form: Mapped[str] = mapped_column(String(300))
    said: Mapped[str] = mapped_column(String(10), default="right", server_default="right")
    reason: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10), default="open")
    reply: Mapped[str] = mapped_column(String(300), default="")
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    regrade_id: Mapped[int | None] = mapped_column(ForeignKey("regrade.id", ondelete="SET NULL"), index=True)
    seen_at: Mapped[datetime | None]


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
