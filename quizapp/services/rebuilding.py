"""Making cards and rollups what the log says, or telling where they differ.

The log is the truth; what is folded from it can be thrown away and made again, bit for bit.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import msgspec
from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.orm import Session

from quizapp.domain.scheduling.card import CardState
from quizapp.services.learner import Learner, learner_of
from quizapp.services.recording import MILLION, calibration_bin, event_of
from quizapp.settings import Settings
from quizapp.storage.accounts import Account
from quizapp.storage.engine import READ
from quizapp.storage.library import Item
from quizapp.storage.queries import study as queries
from quizapp.storage.queries.waiting import unpass
from quizapp.storage.study import Card, LearnerCalibration, LearnerDay, Review
from quizapp.storage.writing import lock_all_learners, lock_learner

PAUSE = 0.01  # seconds between two learners, in which others write

Rows = dict[tuple[Any, ...], dict[str, Any]]


@dataclass
class Rebuilt:
    """What a rebuild found. differences: a line each, at most the first hundred."""

    learners: int = 0
    events: int = 0
    cards: int = 0
    different: int = 0
    differences: list[str] = field(default_factory=list)

    def add(self, other: Rebuilt) -> None:
        """What was found in another part."""
        self.learners, self.events = self.learners + other.learners, self.events + other.events
        self.cards, self.different = self.cards + other.cards, self.different + other.different
        self.differences = (self.differences + other.differences)[:100]

    def differ(self, line: str) -> None:
        self.different += 1
        if len(self.differences) < 100:
            self.differences.append(line)


def rebuild(
    session: Session, settings: Settings, *, only_check: bool = False, learner_id: int | None = None
) -> Rebuilt:
    """Fold every learner's log (or one learner's) and write, or with `only_check` compare, the outcome.

    Answers given meanwhile wait until the caller's transaction ends; with `only_check` nobody waits, and
    the caller's transaction sees one moment's state.
    """
    result = Rebuilt()
    query = select(Account).order_by(Account.id)
    if only_check:
        query = query if learner_id is None else query.where(Account.id == learner_id)
    elif learner_id is None:
        lock_all_learners(session)
    else:
        lock_learner(session, learner_id)
        query = query.where(Account.id == learner_id)
    for account in session.scalars(query).all():
        _rebuild_learner(session, learner_of(account, settings), result, only_check=only_check)
    return result


def rebuild_each(engine: Engine, settings: Settings) -> Rebuilt:
    """Rebuild every learner in a transaction of their own, so that nobody waits for all of them."""
    result = Rebuilt()
    with Session(engine.execution_options(**READ)) as session:
        ids = session.scalars(select(Account.id).order_by(Account.id)).all()
    for account_id in ids:
        with Session(engine, expire_on_commit=False, autoflush=False) as session, session.begin():
            result.add(rebuild(session, settings, learner_id=account_id))
        time.sleep(PAUSE)
    return result


def _rebuild_learner(session: Session, learner: Learner, result: Rebuilt, *, only_check: bool) -> None:
    log = list(_log(session, learner.id))
    result.learners += 1
    result.events += len(log)
    wanted: dict[type[Any], Rows] = {Card: {}, LearnerDay: {}, LearnerCalibration: {}}
    for item_id, group in groupby(log, key=lambda row: row.item_id):
        rows = list(group)
        state = learner.parameters.replay(map(event_of, rows))
        if state is not None:
            wanted[Card][learner.id, item_id] = _card(learner.id, rows[0], state)
        roll_up(wanted, learner.id, rows)
    result.cards += len(wanted[Card])
    for entity, rows_wanted in wanted.items():
        if _differs(session, entity, learner.id, rows_wanted, result) and not only_check:
            session.execute(delete(entity).where(entity.learner_id == learner.id))
            if rows_wanted:
                session.execute(insert(entity), list(rows_wanted.values()))
    if not only_check:
        unpass(session, learner_id=learner.id)


def _log(session: Session, learner_id: int) -> Iterator[Any]:
    """A learner's events, item by item, in order of time."""
    query = (
        select(
            Review.item_id,
            Item.deck_id,
            Item.fact_id,
            Review.expected,
            Review.duration_ms,
            *queries.EVENT_COLUMNS,
        )
        .join(Item, Item.id == Review.item_id)
        .where(Review.learner_id == learner_id)
        .order_by(Review.item_id, Review.at, Review.id)
    )
    return iter(session.execute(query))


def _card(learner_id: int, row: Any, state: CardState) -> dict[str, Any]:
    keys = {"learner_id": learner_id, "item_id": row.item_id, "deck_id": row.deck_id, "fact_id": row.fact_id}
    return keys | msgspec.structs.asdict(state)


def roll_up(wanted: dict[type[Any], Rows], learner_id: int, log: Sequence[Any]) -> None:
    """Add one item's answers to the learner's days and calibration."""
    voided = {row.voids for row in log if row.voids is not None}
    answers = [row for row in log if row.voids is None and row.id not in voided]
    for index, row in enumerate(answers):
        day = _sums(wanted[LearnerDay], {"learner_id": learner_id, "day": row.day}, LearnerDay)
        day["answers"] += 1
        day["right"] += int(row.score >= 1)
        day["new_items"] += int(index == 0)
        day["new_right"] += int(index == 0 and row.score >= 1)
        day["duration_ms"] += row.duration_ms
        if row.expected is not None:
            keys = {"learner_id": learner_id, "bin": calibration_bin(row.expected)}
            bin_ = _sums(wanted[LearnerCalibration], keys, LearnerCalibration)
            bin_["reviews"] += 1
            bin_["expected"] += round(row.expected * MILLION)
            bin_["right"] += round(row.score * MILLION)


def _sums(rows: Rows, keys: dict[str, int], entity: type[Any]) -> dict[str, Any]:
    empty = dict.fromkeys((column.name for column in entity.__table__.columns), 0)
    return rows.setdefault(tuple(keys.values()), empty | keys)


def _differs(session: Session, entity: type[Any], learner_id: int, wanted: Rows, result: Rebuilt) -> bool:
    """Whether the table differs from what is wanted; tells each row that does."""
    columns = entity.__table__.columns
    keys = [column.name for column in entity.__table__.primary_key]
    present: Rows = {}
    for row in session.execute(select(*columns).where(entity.learner_id == learner_id)).mappings():
        present[tuple(row[key] for key in keys)] = dict(row)
    before = result.different
    for key in sorted(present.keys() | wanted.keys()):
        if present.get(key) != wanted.get(key):
            name = f"{entity.__tablename__} {dict(zip(keys, key, strict=True))}"
            result.differ(f"{name}: {_change(present.get(key), wanted.get(key))}")
    return result.different > before


def _change(present: dict[str, Any] | None, wanted: dict[str, Any] | None) -> str:
    if present is None:
        return "missing"
    if wanted is None:
        return "has no answer in the log"
    return ", ".join(
        f"{name} {present[name]} ≠ {wanted[name]}" for name in wanted if present[name] != wanted[name]
    )
