"""The one place where the web reads the clock and draws chance; everything below gets them handed."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4

from flask import request

ARRIVED = "quizapp.arrived"  # in a request's environment: the moment its head arrived


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def arrived() -> datetime:
    """When the request's head arrived: what was sent before a due moment is in time, however long it waited
    here or on its way."""
    found = request.environ.get(ARRIVED)
    return found if isinstance(found, datetime) else now()


def fresh_id() -> UUID:
    """An id that nobody has had before."""
    return uuid4()
