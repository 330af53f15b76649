"""The only doors to articles. Anyone who may not see one gets 404."""

from __future__ import annotations

from quizapp.domain.errors import Missing
from quizapp.domain.language.translation import _
from quizapp.storage.sources import articles as queries
from quizapp.storage.sources.tables import Source
from quizapp.web.frame import access
from quizapp.web.frame.database import session
from quizapp.web.frame.sign_in import current_account


def readable_source(slug: str) -> Source:
    """An article that anyone who looks may read: a shipped one, their own, or one that a published question
    is based on."""
    someone = current_account()
    found = queries.readable(session(), slug, someone.id if someone is not None else None)
    if found is None:
        raise Missing(_("Article not found."))
    return found


def own_source(slug: str) -> Source:
    """An article that this teacher has added: the one door to changing it."""
    found = queries.owned(session(), slug, access.account().id)
    if found is None:
        raise Missing(_("Article not found."))
    return found
