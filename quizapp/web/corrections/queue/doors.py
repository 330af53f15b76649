"""The doors to what a teacher settles. Anyone who does not answer for a question gets 404."""

from __future__ import annotations

from quizapp.domain.errors import Missing
from quizapp.domain.language.translation import _
from quizapp.storage.library.changed_evidence import waiting_anchor
from quizapp.storage.library.responsibility import tended_item
from quizapp.storage.library.tables import Item
from quizapp.storage.sources.tables import Anchor
from quizapp.web.frame import access
from quizapp.web.frame.database import session


def item(item_id: int) -> Item:
    """A question that this teacher answers for (`storage/library/responsibility.py`)."""
    found = tended_item(session(), item_id, access.account()) if item_id < access.LARGEST_ID else None
    if found is None:
        raise Missing(_("Question not found."))
    return found


def changed_evidence(anchor_id: int) -> tuple[Anchor, Item]:
    """A piece of evidence where it is in a text, and the question of theirs that is based on it."""
    found = waiting_anchor(session(), anchor_id, access.account()) if anchor_id < access.LARGEST_ID else None
    if found is None:
        raise Missing(_("Question not found."))
    return found[0], found[1]
