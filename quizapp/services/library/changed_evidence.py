"""A person looks at a question whose cited sentence has changed or is gone, and says what becomes of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.errors import Conflict, Invalid
from quizapp.domain.language.translation import _
from quizapp.domain.library.review import Step
from quizapp.services.library.review import take_step
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Item
from quizapp.storage.sources.tables import Anchor


def settle(session: Session, anchor: Anchor, item: Item, outcome: str, *, by: Account, now: datetime) -> None:
    """outcome: kept (the question is based on the sentence that is there now), dismissed (it stays as it
    is), retired (it is no longer asked; only a teacher's own can be).

    Raises Invalid where that cannot be, Conflict where someone has settled it already.
    """
    query = select(Anchor).where(Anchor.id == anchor.id).with_for_update()
    anchor = session.scalars(query.execution_options(populate_existing=True)).one()
    possible = {"changed": {"kept", "dismissed", "retired"}, "gone": {"dismissed", "retired"}}
    if anchor.settled_at is not None:
        raise Conflict(_("This has already been decided. Nothing was changed."))
    if outcome not in possible.get(anchor.standing, ()):
        raise Invalid(_("Choose one of the buttons next to the question. Nothing was changed."))
    if outcome == "retired" and item.deck.owner_id is None:
        raise Invalid(_("This question comes with the site; only a new version of its bank can archive it."))
    if outcome == "retired":
        take_step(session, item, Step.RETIRE, by)
    anchor.outcome, anchor.settled_at, anchor.settled_by = outcome, now, by.id
    session.flush()
