"""Reads for the mails that remind: who wants one, and when."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.storage.accounts.tables import Account, EmailAddress
from quizapp.storage.rows import all_as

MOST = 20_000


class Remindable(NamedTuple):
    """An account that wants a mail a day, at an hour of its zone; reminded_day: ordinal of the last one's."""

    id: int
    zone: str
    remind_hour: int
    reminded_day: int
    address: str


def remindable(session: Session) -> list[Remindable]:
    """Everyone who wants to be reminded and has a confirmed address."""
    query = (
        select(Account.id, Account.zone, Account.remind_hour, Account.reminded_day, EmailAddress.address)
        .join(EmailAddress, EmailAddress.account_id == Account.id)
        .where(
            Account.remind_hour.is_not(None),
            Account.disabled_at.is_(None),
            EmailAddress.verified_at.is_not(None),
        )
        .order_by(Account.id)
        .limit(MOST)
    )
    return all_as(Remindable, session.execute(query))
