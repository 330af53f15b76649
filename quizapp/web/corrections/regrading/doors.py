"""The doors to regrades and to questions whose key someone may decide on."""

from __future__ import annotations

from quizapp.domain.errors import Missing
from quizapp.domain.language.translation import _
from quizapp.storage.corrections import regrades as queries
from quizapp.storage.corrections.regrades import RegradeOfDeck
from quizapp.web.frame import access
from quizapp.web.frame.database import session


def own_regrade(regrade_id: int) -> RegradeOfDeck:
    """A regrade of an item that this teacher may change, with its deck."""
    found = (
        queries.regrade(session(), regrade_id, access.account()) if regrade_id < access.LARGEST_ID else None
    )
    if found is None:
        raise Missing(_("Change not found."))
    return found
