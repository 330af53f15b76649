"""The door to a suggestion. Anyone who may not look into the deck as a teacher gets 404."""

from __future__ import annotations

from quizapp.domain.errors import Missing
from quizapp.domain.language.translation import _
from quizapp.domain.library.sharing import Act
from quizapp.storage.library import suggestions
from quizapp.storage.library.tables import Suggestion
from quizapp.web.frame import access
from quizapp.web.frame.database import session


def suggestion(suggestion_id: int, act: Act = Act.TEACH) -> Suggestion:
    """A suggestion that this teacher may look at (or, with Act.EDIT, decide on)."""
    there = suggestion_id < access.LARGEST_ID
    found = suggestions.suggestion(session(), suggestion_id, act, access.account().id) if there else None
    if found is None:
        raise Missing(_("Suggestion not found."))
    return found


def own_suggestion(suggestion_id: int) -> Suggestion:
    """A suggestion that this teacher has made."""
    there = suggestion_id < access.LARGEST_ID
    found = suggestions.own(session(), suggestion_id, access.account().id) if there else None
    if found is None:
        raise Missing(_("Suggestion not found."))
    return found
