"""The doors of an import: the deck that takes it, and the file that waits, which is its owner's alone."""

from __future__ import annotations

from quizapp.domain.errors import Missing
from quizapp.domain.language.translation import _
from quizapp.storage.exchange.imported import upload
from quizapp.storage.exchange.tables import ImportFile
from quizapp.storage.library.tables import Deck
from quizapp.web.frame import access
from quizapp.web.frame.database import session


def taking_deck(slug: str) -> Deck:
    """A deck that this person may import into: teachers those they may edit, students those of their own."""
    return access.edited_deck(slug) if access.account().is_teacher else access.own_deck(slug)


def own_import(key: str) -> tuple[ImportFile, Deck]:
    """A file that this person is about to import, and its deck."""
    found = upload(session(), key, access.account().id)
    if found is None:
        raise Missing(_("This import is over. Choose the file again in the deck."))
    return found.import_file, taking_deck(found.slug)
