"""Counting for a while what is done from one place, minute by minute; see `storage/accounts/tables.py`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from quizapp.domain.accounts.budgets import Budget
from quizapp.storage.accounts.tables import RecentCount
from quizapp.storage.upserts import add_up, lock_text

KEPT = 60  # minutes


def note(session: Session, source: str, *, now: datetime) -> None:
    """It was done once more; counts of past hours are forgotten."""
    minute = minute_of(now)
    session.execute(delete(RecentCount).where(RecentCount.minute < minute - KEPT))
    add_up(session, RecentCount, {"source": source, "minute": minute}, {"count": 1})


def recent(session: Session, source: str, *, minutes: int, now: datetime) -> int:
    """How often it was done in these last minutes, the present one among them."""
    lately = RecentCount.minute.between(minute_of(now) - minutes + 1, minute_of(now))
    query = select(func.coalesce(func.sum(RecentCount.count), 0))
    return int(session.scalars(query.where(RecentCount.source == source, lately)).one())


def spend(session: Session, source: str, budget: Budget, *, now: datetime) -> bool:
    """Do it once more, if the budget has some left; False, and nothing is noted, if not."""
    lock_text(session, source)
    if recent(session, source, minutes=budget.minutes, now=now) >= budget.most:
        return False
    note(session, source, now=now)
    return True


def minute_of(now: datetime) -> int:
    """Minutes since 1970."""
    return int(now.timestamp()) // 60
