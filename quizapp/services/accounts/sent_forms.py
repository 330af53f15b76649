"""Forms that make something, and what they have led to: a double click makes one thing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.storage.accounts.tables import SentForm
from quizapp.storage.upserts import insert_once


def led_to(session: Session, digest: str) -> str | None:
    """What the same form has led to before; None: it was not sent yet."""
    found: str | None = session.scalar(select(SentForm.location).where(SentForm.digest == digest))
    return found


def is_first(session: Session, digest: str, location: str, *, now: datetime) -> bool:
    """Whether this form is the first of its kind to come here; its twin in another request waits until
    this one's transaction has ended, and then is not."""
    return insert_once(session, SentForm, {"digest": digest, "location": location, "at": now})
