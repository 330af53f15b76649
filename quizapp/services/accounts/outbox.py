"""Mail that was asked for within a request, to be written and sent outside of it.

An order tells only what someone asked for. Whether there is an account is looked up when the mail is
written, by a thread of its own: a request takes as long, and stores as much, for one that exists as for one
that does not.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from quizapp.domain.accounts.names import name_key
from quizapp.storage.accounts.tables import LONGEST_ADDRESS, MailOrder

RETRIES = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 60, 240, 480))
MOST_ORDERS = 3  # an hour for one address, however it is spelt; more are left out, without a word
MOST_OF_ACCOUNT = 6  # an hour, to whatever addresses one account claims
KEPT = timedelta(days=1)  # what is done with


def order(
    session: Session, purpose: str, address: str, *, account_id: int | None = None, now: datetime
) -> None:
    """Ask for a mail. Of many for one address in an hour the first few are written."""
    address = address.strip().replace("\0", "")[:LONGEST_ADDRESS]
    key = digest(address)
    orders = _count(session, MailOrder.key == key, now=now)
    of_account = _count(session, MailOrder.account_id == account_id, now=now) if account_id is not None else 0
    due = now if orders < MOST_ORDERS and of_account < MOST_OF_ACCOUNT else None
    row = MailOrder(purpose=purpose, address=address, key=key, account_id=account_id, created_at=now)
    row.due_at, row.tries = due, 0
    session.add(row)
    session.flush()


def may_write(session: Session, order: MailOrder, recipient: str, *, now: datetime) -> bool:
    """Whether one more mail of this purpose may go to an address in this hour, whatever was typed to ask
    for it; noted if so. To be asked before a link is made: it would end the one that was sent."""
    recipient = digest(recipient)
    sent = _count(session, MailOrder.recipient == recipient, MailOrder.purpose == order.purpose, now=now)
    if order.recipient != recipient and sent >= MOST_ORDERS:
        return False
    session.execute(update(MailOrder).where(MailOrder.id == order.id).values(recipient=recipient))
    return True


def _count(session: Session, *which: ColumnElement[bool], now: datetime) -> int:
    query = select(func.count()).select_from(MailOrder)
    return session.scalars(query.where(*which, MailOrder.created_at > now - timedelta(hours=1))).one()


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
    done.due_at, done.address = None, digest(done.address)
    session.flush()


def is_given_up(session: Session, order_id: int) -> bool:
    """Whether it has been tried for the last time."""
    return session.get_one(MailOrder, order_id, populate_existing=True).due_at is None


def digest(address: str) -> str:
    """The same for every spelling of an address, or of a name."""
    folded = address.strip() if "@" in address else name_key(address)
    return hashlib.sha256(folded.casefold().encode("utf-8", "surrogatepass")).hexdigest()[:32]
