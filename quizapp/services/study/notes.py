"""Notes that learners keep for themselves at items."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from quizapp.domain.errors import Invalid, Missing
from quizapp.domain.language.translation import _
from quizapp.services.study.learner import Learner
from quizapp.storage.study import step
from quizapp.storage.study.tables import ItemNote
from quizapp.storage.upserts import lock_learner, put

LONGEST_NOTE = 1_000  # characters


def write(session: Session, learner: Learner, item_id: int, text: str, *, now: datetime) -> None:
    """Keep a note in place of the one that was there; an empty text takes it away.

    Raises Missing for an item that the learner has neither met nor may study, Invalid for too long a text.
    """
    text = text.replace("\0", "").strip()
    lock_learner(session, learner.id)
    if step.asked(session, learner.id, item_id) is None:
        raise Missing(_("Question not found."))
    if len(text) > LONGEST_NOTE:
        raise Invalid(_("A note has at most {most} characters.").format(most=LONGEST_NOTE))
    if text:
        put(
            session, ItemNote, {"learner_id": learner.id, "item_id": item_id, "text": text, "written_at": now}
        )
    else:
        session.execute(
            delete(ItemNote).where(ItemNote.learner_id == learner.id, ItemNote.item_id == item_id)
        )
