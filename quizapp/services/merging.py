"""A guest signs in to an account they already have: what they did as a guest joins its log."""

from __future__ import annotations

from uuid import uuid5

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from quizapp.services.learner import learner_of
from quizapp.services.rebuilding import rebuild
from quizapp.settings import Settings
from quizapp.storage.accounts import Account
from quizapp.storage.study import Review, StudyDeck
from quizapp.storage.writing import insert_once, lock_learner


def merge_guest(session: Session, guest: Account, account: Account, settings: Settings) -> int:
    """Copy a guest's events into an account's log, fold it anew, and remove the guest.

    Returns the number of events copied. Ids follow from the old ones, so a repeated merge adds nothing.
    """
    assert guest.is_guest
    learner = learner_of(account, settings)
    lock_learner(session, learner.id)
    columns = Review.__table__.columns
    rows = session.execute(select(*columns).where(Review.learner_id == guest.id)).mappings().all()
    if rows:
        values = [dict(row) for row in rows]
        for value in values:
            value["id"] = uuid5(value["id"], f"merge:{account.id}")
            value["learner_id"] = account.id
            if value["voids"] is not None:
                value["voids"] = uuid5(value["voids"], f"merge:{account.id}")
        session.execute(insert(Review), values)
    decks = select(StudyDeck.deck_id, StudyDeck.position).where(StudyDeck.learner_id == guest.id)
    for deck_id, position in session.execute(decks.order_by(StudyDeck.position)).all():
        keys = {"learner_id": account.id, "deck_id": deck_id, "position": 1_000_000 + position}
        insert_once(session, StudyDeck, keys)
    session.execute(delete(Account).where(Account.id == guest.id))
    session.expunge(guest)
    rebuild(session, settings, learner_id=account.id)
    return len(rows)
