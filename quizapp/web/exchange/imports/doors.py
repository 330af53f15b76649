"""The door to a file that waits to be imported: its owner's, into a deck that they may still change."""

from __future__ import annotations

from quizapp.domain.errors import Missing
from quizapp.domain.language.translation import _
from quizapp.storage.exchange.imported import waiting
from quizapp.storage.exchange.tables import ImportFile
from quizapp.storage.library.tables import Deck
from quizapp.web.frame import access
from quizapp.web.frame.database import session


def own_import(key: str) -> tuple[ImportFile, Deck]:
    """A file that this teacher is about to import, and its deck."""
    found = waiting(session(), key, access.account().id)
    if found is None:
        raise Missing(_("This import is over. Choose the file again in the deck."))
    return found.import_file, access.edited_deck(found.slug)
