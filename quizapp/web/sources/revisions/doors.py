"""The door to an article's versions. Anyone who does not look after it gets 404."""

from __future__ import annotations

from quizapp.domain.errors import Missing
from quizapp.domain.language.translation import _
from quizapp.storage.sources import articles as queries
from quizapp.storage.sources.tables import Source
from quizapp.web.frame import access
from quizapp.web.frame.database import session


def kept_source(slug: str) -> Source:
    """An article that this teacher looks after: their own; of an admin also a shipped one."""
    someone = access.account()
    found = queries.looked_after(session(), slug, someone.id, admin=someone.is_admin)
    if found is None:
        raise Missing(_("Article not found."))
    return found
