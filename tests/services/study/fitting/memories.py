"""Learners whose memory follows given weights, and the log that they leave."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from quizapp.domain.study.scheduling.fsrs import (
    AGAIN,
    GOOD,
    Memory,
    Weights,
    first_memory,
    next_memory,
    retrievability,
)
from quizapp.services.study.rebuild import rebuild
from quizapp.storage.library.tables import Item
from quizapp.storage.study.tables import Review
from tests.factories import NOW, SETTINGS

GAPS = (1, 2, 4, 8, 16)
DAY = NOW.date().toordinal()


def remember(
    session: Session, learners: Sequence[int], items: Sequence[int], by: Weights, *, seed: int = 1
) -> None:
    """Each of these learners answers each of these items again and again, over two months, with texts that no
    one guesses."""
    chance, rows = random.Random(seed), []
    versions = dict(session.execute(select(Item.id, Item.version_id)).all())
    for learner_id in learners:
        for item_id in items:
            memory: Memory | None = None
            day = chance.randrange(20)
            for gap in (0, *chance.choices(GAPS, k=5)):
                day += gap
                knew = chance.random() < (0.5 if memory is None else retrievability(by, memory, gap))
                rating = GOOD if knew else AGAIN
                memory = next_memory(by, memory, rating, gap) if memory else first_memory(by, rating)
                rows.append(
                    {
                        "id": UUID(int=chance.getrandbits(128)),
                        "learner_id": learner_id,
                        "item_id": item_id,
                        "version_id": versions[item_id],
                        "at": NOW + timedelta(days=day - 60, seconds=len(rows) % 3_000),
                        "zone": "UTC",
                        "day": DAY + day - 60,
                        "source": "review",
                        "format": "text",
                        "score": float(knew),
                        "chance": 0.0,
                        "prior": 0.5,
                    }
                )
    session.execute(insert(Review), rows)
    rebuild(session, SETTINGS)
    session.commit()
