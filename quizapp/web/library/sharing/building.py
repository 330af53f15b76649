"""Building the page on sharing a deck."""

from __future__ import annotations

from sqlalchemy.orm import Session

from quizapp.storage.accounts import deck_rights as queries
from quizapp.storage.library.tables import Deck
from quizapp.web.library.sharing.forms import ShareForm
from quizapp.web.library.sharing.pages import ClassRow, ColleagueRow, SharingPage


def sharing_page(session: Session, deck: Deck, form: ShareForm) -> SharingPage:
    """Whom a deck is shared with, and the classes that learn it."""
    return SharingPage(
        slug=deck.slug,
        deck_title=deck.title,
        public=deck.public,
        department=deck.department,
        review=deck.review,
        colleagues=tuple(
            ColleagueRow(id=row.id, name=row.name or "", can_edit=row.can_edit)
            for row in queries.colleagues(session, deck.id)
        ),
        classes=tuple(
            ClassRow(
                id=row.id,
                name=row.name,
                founder=row.founder or "",
                archived=row.archived_at is not None,
            )
            for row in queries.classes(session, deck.id)
        ),
        form=form,
    )
