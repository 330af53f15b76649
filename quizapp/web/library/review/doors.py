"""The doors of reviewing. Anyone who may not look into a deck as a teacher gets 404."""

from __future__ import annotations

from quizapp.domain.errors import Missing
from quizapp.domain.language.translation import _
from quizapp.domain.library.sharing import Act
from quizapp.storage.library import review as queries
from quizapp.storage.library.tables import Item, ItemComment
from quizapp.web.frame import access
from quizapp.web.frame.database import session


def item(item_id: int, act: Act = Act.TEACH) -> Item:
    """A question that this teacher may look at (or do this with)."""
    there = item_id < access.LARGEST_ID
    found = queries.item(session(), item_id, act, access.account().id) if there else None
    if found is None:
        raise Missing(_("Question not found."))
    return found


def own_comment(comment_id: int) -> ItemComment:
    """A comment that this teacher made."""
    there = comment_id < access.LARGEST_ID
    found = queries.own_comment(session(), comment_id, access.account().id) if there else None
    if found is None:
        raise Missing(_("Comment not found."))
    return found
