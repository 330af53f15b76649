"""How easy questions are, told from all who answered them: reckoned anew once a day, a learner at a time."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from quizapp.domain.study.scheduling.card import answers_of
from quizapp.domain.study.scheduling.ease import ease, surprises
from quizapp.domain.study.scheduling.evidence import DEFAULT_PRIOR
from quizapp.domain.study.scheduling.parameters import weights_of
from quizapp.services.study.figures import known_shares
from quizapp.services.study.folding import event_of
from quizapp.storage.accounts.tables import Account
from quizapp.storage.engine import READ
from quizapp.storage.study.history import learner_log
from quizapp.storage.study.tables import ItemEase

LEAST_LEARNERS = 5  # from which on an item's ease says something of the item, and nothing of a person


class Easing:
    """Reckons the ease of all items: a step of upkeep. What it reads, it reads without holding anyone up."""

    def __init__(self) -> None:
        self._after = 0
        self._shares: dict[str, float] | None = None  # known at first, by format
        self._sums: dict[int, tuple[float, float, int, int]] = {}  # slope, information, answers, learners

    def __call__(self, session: Session) -> int:
        """The next learner; after the last one what was found is stored, and 0 returned."""
        with Session(session.get_bind().engine.execution_options(**READ)) as reading:
            query = select(Account.id, Account.weights).where(Account.id > self._after).order_by(Account.id)
            account = reading.execute(query.limit(1)).first()
            if account is not None:
                if self._shares is None:
                    self._shares = known_shares(reading)
                self._after = account.id
                self._read(reading, account.id, account.weights, self._shares)
                return 1
        self._store(session)
        return 0

    def _read(self, session: Session, learner_id: int, weights: str, shares: Mapping[str, float]) -> None:
        for item_id, group in groupby(learner_log(session, learner_id), key=lambda row: row.item_id):
            rows = list(group)
            answers = answers_of(map(event_of, rows))
            if not answers:
                continue
            opening = next(row.format for row in rows if row.id.hex == answers[0].id)
            found = surprises(weights_of(weights), answers, shares.get(opening, DEFAULT_PRIOR))
            slope, information, count, learners = self._sums.get(item_id, (0.0, 0.0, 0, 0))
            self._sums[item_id] = (
                slope + found.slope,
                information + found.information,
                count + len(answers),
                learners + 1,
            )

    def _store(self, session: Session) -> None:
        rows = [
            {"item_id": item_id, "ease": ease(slope, information), "answers": answers, "learners": learners}
            for item_id, (slope, information, answers, learners) in sorted(self._sums.items())
            if learners >= LEAST_LEARNERS
        ]
        session.execute(delete(ItemEase))
        if rows:
            session.execute(insert(ItemEase), rows)
