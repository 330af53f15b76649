"""The one place where the web reads the clock and draws chance; everything below gets them handed."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def fresh_id() -> UUID:
    """An id that nobody has had before."""
    return uuid4()
