"""Reviews that another program kept, as answers in the log of whoever brings them: their schedule goes on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from sqlalchemy.orm import Session

from quizapp.domain.exchange.bundle import Answered, Entry
from quizapp.domain.library.kinds import encode_grade, encode_response
from quizapp.domain.library.kinds.base import Format, Grade, Rated
from quizapp.domain.study.scheduling.evidence import DEFAULT_PRIOR
from quizapp.services.exchange.imports import stored_items
from quizapp.services.study.learner import Learner, learner_of
from quizapp.services.study.rebuild import rebuild
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library import tables as library
from quizapp.storage.study.tables import Review
from quizapp.storage.upserts import insert_all_once, lock_learner

AT_ONCE = 2_000  # rows of one statement
AGAIN = 1


def keep(
    session: Session, deck: library.Deck, entries: Iterable[Entry], account: Account, settings: Settings
) -> int:
    """Put the reviews of questions that were stored in this deck into the account's log, each once, and fold
    the cards again. Returns how many reviews the file holds for them."""
    learner = learner_of(account, settings)
    rows = [
        _row(learner, item_id, version_id, answered)
        for item, item_id, version_id in stored_items(session, deck, entries)
        for answered in item.history
    ]
    if not rows:
        return 0
    lock_learner(session, learner.id)
    for start in range(0, len(rows), AT_ONCE):
        insert_all_once(session, Review, rows[start : start + AT_ONCE])
    rebuild(session, settings, learner_id=learner.id)
    return len(rows)


def _row(learner: Learner, item_id: int, version_id: int, answered: Answered) -> dict[str, Any]:
    response = Rated(answered.rating)
    # Rated by the learner there, whatever the question is here.
    score = 0.0 if answered.rating == AGAIN else 1.0
    grade = Grade(score, (), rating=answered.rating)
    return {
        "id": uuid5(NAMESPACE_OID, f"quizapp:import:{learner.id}:{item_id}:{answered.at.isoformat()}"),
        "learner_id": learner.id,
        "item_id": item_id,
        "version_id": version_id,
        "at": answered.at,
        "zone": learner.zone.key,
        "day": learner.today(answered.at),
        "source": "import",
        "format": Format.FLIP.value,
        "response": encode_response(response),
        "grade": encode_grade(grade),
        "score": grade.score,
        "chance": 0.0,
        "guess": 0.0,
        "weight": 1.0,
        "rating": answered.rating,
        "hinted": False,
        "duration_ms": answered.duration_ms,
        "prior": DEFAULT_PRIOR,
        "expected": None,
        "planned_day": None,
        "cap": None,
        "voids": None,
        "graded_by": None,
    }
