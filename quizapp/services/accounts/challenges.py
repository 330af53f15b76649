"""Steps of signing in that wait for a browser's answer: kept on the server, for ten minutes, taken once."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from quizapp.storage.accounts.tables import Account, Challenge

LIVES = timedelta(minutes=10)


def make(session: Session, purpose: str, account: Account | None, *, now: datetime) -> tuple[str, bytes]:
    """(token for the browser, what a passkey is to sign) of a new step."""
    session.execute(delete(Challenge).where(Challenge.created_at < now - LIVES))
    token, secret = secrets.token_urlsafe(24), secrets.token_bytes(32)
    row = Challenge(token_digest=_digest(token), purpose=purpose, secret=secret, created_at=now)
    row.account_id = account.id if account is not None else None
    session.add(row)
    session.flush()
    return token, secret


def look(session: Session, purpose: str, token: str, *, now: datetime) -> Challenge | None:
    """The step if it still waits."""
    query = select(Challenge).where(
        Challenge.token_digest == _digest(token),
        Challenge.purpose == purpose,
        Challenge.created_at > now - LIVES,
    )
    return session.scalar(query)


def take(session: Session, purpose: str, token: str, *, now: datetime) -> Challenge | None:
    """The step, which is over with this; None where it is over already."""
    found = look(session, purpose, token, now=now)
    if found is None:
        return None
    session.expunge(found)
    gone = session.execute(delete(Challenge).where(Challenge.token_digest == found.token_digest))
    return found if gone.rowcount == 1 else None  # type: ignore[attr-defined]


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
