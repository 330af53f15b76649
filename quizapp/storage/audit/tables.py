"""What staff did to accounts, classes, grades, keys and sharing: written once, never changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.base import Base, Id


class AuditEntry(Base):
    """One act. It names rows, never people: who has been erased is no longer in it.

    actor_id: who did it; None for the command line (done_as `operator`) and for one who has been erased.
    account_id, classroom_id, deck_id, item_id: whom and what it touched, as far as it did. action: the name
    of a `domain/audit/actions.py: Action`. detail: a JSON object of plain values, without names and texts.
    """

    __tablename__ = "audit_entry"

    id: Mapped[Id]
    at: Mapped[datetime] = mapped_column(index=True)
    done_as: Mapped[str] = mapped_column(String(20))
    action: Mapped[str] = mapped_column(String(40))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    classroom_id: Mapped[int | None] = mapped_column(
        ForeignKey("classroom.id", ondelete="SET NULL"), index=True
    )
    deck_id: Mapped[int | None] = mapped_column(ForeignKey("deck.id", ondelete="SET NULL"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id", ondelete="SET NULL"), index=True)
    detail: Mapped[str] = mapped_column(Text, default="{}")


class DailyRun(Base):
    """That a day's round of a task has begun (day: ordinal, UTC), so that one worker does it."""

    __tablename__ = "daily_run"

    task: Mapped[str] = mapped_column(String(40), primary_key=True)
    day: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)


class BackgroundFailure(Base):
    """Something that the server does by itself and could not do, for admins to read. task: mail, upkeep or
    regrading; what: which one, by numbers; reason: the kind of error, not its text: that may hold names."""

    __tablename__ = "background_failure"

    id: Mapped[Id]
    task: Mapped[str] = mapped_column(String(20))
    what: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(String(300))
    at: Mapped[datetime] = mapped_column(index=True)
