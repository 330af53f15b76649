"""Which decks a learner studies."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from quizapp.domain.errors import Missing
from quizapp.domain.language.translation import _
from quizapp.domain.library.sharing import Act
from quizapp.storage.accounts.deck_rights import may
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Deck
from quizapp.storage.study.tables import StudyDeck
from quizapp.storage.upserts import insert_once


def begin(session: Session, account: Account, slug: str = "") -> None:
    """Add a deck to what the learner studies; without a name, and for a learner without decks, every
    deck that ships with the site. Raises Missing for a name of none that they may study."""
    if slug:
        deck_id = session.scalar(select(Deck.id).where(Deck.slug == slug, may(Act.STUDY, account.id)))
        if deck_id is None:
            raise Missing(_("Deck not found."))
        chosen = [deck_id]
    elif session.scalar(select(StudyDeck.deck_id).where(StudyDeck.learner_id == account.id).limit(1)):
        chosen = []
    else:
        shipped = select(Deck.id).where(Deck.owner_id.is_(None), Deck.theme_tag.is_(None))
        chosen = list(session.scalars(shipped.order_by(Deck.position, Deck.id)))
    take(session, account.id, chosen)


def take(session: Session, learner_id: int, deck_ids: Iterable[int]) -> None:
    """Add decks to what a learner studies, behind those they have; one that is there stays in its place."""
    last = select(func.max(StudyDeck.position)).where(StudyDeck.learner_id == learner_id)
    first_free = (session.scalar(last) or 0) + 1
    for position, deck_id in enumerate(deck_ids, start=first_free):
        insert_once(session, StudyDeck, {"learner_id": learner_id, "deck_id": deck_id, "position": position})


def pause(session: Session, learner_id: int, deck_id: int, since: datetime | None) -> None:
    """Let a deck that a learner studies rest since a moment, or (None) go on with it."""
    mine = StudyDeck.learner_id == learner_id, StudyDeck.deck_id == deck_id
    session.execute(update(StudyDeck).where(*mine).values(paused_at=since))
