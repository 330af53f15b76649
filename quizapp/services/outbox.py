"""Mail that was asked for within a request, to be written and sent outside of it.

An order tells only what somebody asked for. Whether there is an account is looked up when the mail is
written, by a thread of its own: a request takes as long, and stores as much, for one that exists as for one
that does not.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from quizapp.storage.mail import LONGEST_ADDRESS, MailOrder

RETRIES = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 60, 240, 480))
MOST_ORDERS = 3  # an hour for one address; more are left out, without a word
KEPT = timedelta(days=1)  # what is done with


def order(
    session: Session, purpose: str, address: str, *, account_id: int | None = None, now: datetime
) -> None:
    """Ask for a mail. Of many for one address in an hour the first few are written."""
    address = address.strip().replace("\0", "")[:LONGEST_ADDRESS]
    recent = select(func.count()).where(
        MailOrder.address.in_((address, _digest(address))), MailOrder.created_at > now - timedelta(hours=1)
    )
    due = now if session.scalars(recent).one() < MOST_ORDERS else None
    session.add(
        MailOrder(
            purpose=purpose, address=address, account_id=account_id, created_at=now, due_at=due, tries=0
        )
    )
    session.flush()


def is_due(session: Session, *, now: datetime) -> bool:
    """Whether any mail waits to be sent now."""
    return session.scalar(select(MailOrder.id).where(MailOrder.due_at <= now).limit(1)) is not None


def take(session: Session, *, now: datetime) -> MailOrder | None:
    """The next order to be written; to be committed, so that no other process takes it. It comes back
    later unless it is finished."""
    session.execute(delete(MailOrder).where(MailOrder.due_at.is_(None), MailOrder.created_at < now - KEPT))
    query = select(MailOrder).where(MailOrder.due_at <= now).order_by(MailOrder.due_at, MailOrder.id).limit(1)
    found = session.scalar(query)
    if found is None:
        return None
    again = now + RETRIES[found.tries] if found.tries < len(RETRIES) else None
    taken = session.execute(
        update(MailOrder)
        .where(MailOrder.id == found.id, MailOrder.due_at == found.due_at)
        .values(due_at=again, tries=MailOrder.tries + 1)
    )
    return found if taken.rowcount == 1 else None  # type: ignore[attr-defined]


def finish(session: Session, order_id: int) -> None:
    """It is sent, or there is nothing to send. What was typed is forgotten but for a digest, to count by."""
    done = session.get_one(MailOrder, order_id)
    done.due_at, done.address = None, _digest(done.address)
    session.flush()


def _digest(address: str) -> str:
    return hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()[:32]
