"""Questions whose figures are worth a look: found deck by deck once a day, and read from a table then.

Analysing reads every answer of a deck, which takes seconds where there are many; no page waits for it.
"""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from quizapp.domain.corrections.analysis.suspicions import RULES
from quizapp.services.corrections.analysis import Analysed, analyse
from quizapp.storage.corrections.tables import SuspiciousItem
from quizapp.storage.engine import snapshot
from quizapp.storage.library.tables import Deck, Item

GRAVITY = {name: place for place, (name, _) in enumerate(RULES)}


class Looker:
    """Looks at the decks one after another: a step of upkeep."""

    def __init__(self, now: datetime) -> None:
        self._after, self._now = 0, now

    def __call__(self, session: Session) -> int:
        """The next deck; 0 when all are done. What it reads, it reads before it holds any writer up."""
        engine = session.get_bind().engine
        with Session(engine.execution_options(**snapshot(engine))) as reading:
            query = select(Deck.id).where(Deck.id > self._after).order_by(Deck.id).limit(1)
            deck_id = reading.scalar(query)
            found = analyse(reading, Deck.id == deck_id) if deck_id is not None else []
        if deck_id is None:
            return 0
        self._after = deck_id
        _store(session, deck_id, found, self._now)
        return 1


def refresh(session: Session, deck_id: int, *, now: datetime) -> None:
    """Look at one deck now."""
    _store(session, deck_id, analyse(session, Deck.id == deck_id), now)


def _store(session: Session, deck_id: int, found: list[Analysed], now: datetime) -> None:
    items = select(Item.id).where(Item.deck_id == deck_id)
    session.execute(
        delete(SuspiciousItem).where(SuspiciousItem.item_id.in_(items)),
        execution_options={"synchronize_session": False},
    )
    versions = session.execute(select(Item.id, Item.version_id).where(Item.deck_id == deck_id)).all()
    there = dict(versions)
    rows = [
        {
            "item_id": each.item_id,
            "version_id": there[each.item_id],
            "gravity": GRAVITY[each.suspicions[0].rule],
            "answers": each.figures.first.answers,
            "reasons": msgspec.json.encode([suspicion.reason for suspicion in each.suspicions]).decode(),
            "at": now,
        }
        for each in found
        if each.suspicions and there.get(each.item_id) is not None
    ]
    if rows:
        session.execute(insert(SuspiciousItem), rows)
