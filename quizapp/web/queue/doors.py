"""The doors to what a teacher settles. Whoever does not answer for a question gets 404."""

from __future__ import annotations

from quizapp.domain.errors import Missing
from quizapp.storage.library import Item
from quizapp.storage.queries.tending import tended_item
from quizapp.web import access
from quizapp.web.database import session


def item(item_id: int) -> Item:
    """A question that this teacher answers for (`storage/queries/tending.py`)."""
    found = tended_item(session(), item_id, access.account()) if item_id < access.LARGEST_ID else None
    if found is None:
        raise Missing("There is no such question.")
    return found
