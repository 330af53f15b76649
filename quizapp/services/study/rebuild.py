"""Making cards and rollups what the log says, or telling where they differ.

The log is the truth; what is folded from it can be thrown away and made again, bit for bit. A card that
was folded by an older model, other weights or another target is rescheduled, learner by learner; until
then it is asked as it is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import msgspec
from sqlalchemy import Engine, and_, delete, insert, select
from sqlalchemy.orm import Session

from quizapp.domain.study.scheduling.card import CardState
from quizapp.domain.study.scheduling.due_spread import Brought, spread
from quizapp.services.study.figures import calibration_figures, first_figures
from quizapp.services.study.folding import RESTART, astray, event_of, follow
from quizapp.services.study.learner import Learner, learner_of
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account
from quizapp.storage.engine import READ
from quizapp.storage.study.decks import targets
from quizapp.storage.study.history import FullEvent, RollupEvent, learner_log
from quizapp.storage.study.marks import unpass
from quizapp.storage.study.tables import Card, LearnerCalibration, LearnerDay, LearnerFirst, Review, StudyDeck
from quizapp.storage.upserts import lock_all_learners, lock_learner

PAUSE = 0.01  # seconds between two learners, in which others write

Rows = dict[tuple[Any, ...], dict[str, Any]]
Wanted = dict[type[Any], Rows]


@dataclass
class Rebuilt:
    """What a rebuild found. outdated: cards folded by an older model or other settings; different: other
    rows that are not what the log says. differences: a line for each of those, at most the first hundred."""

    learners: int = 0
    events: int = 0
    cards: int = 0
    outdated: int = 0
    different: int = 0
    differences: list[str] = field(default_factory=list)

    def add(self, other: Rebuilt) -> None:
        """What was found in another part."""
        self.learners, self.events = self.learners + other.learners, self.events + other.events
        self.cards, self.different = self.cards + other.cards, self.different + other.different
        self.outdated += other.outdated
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


def replan_each(
    engine: Engine, settings: Settings, *, now: datetime, tell: Callable[[int, int], object]
) -> Rebuilt:
    """Replan every learner in a transaction of their own, so that no one waits for all of them; stopped, it
    has lost nothing. tell: is told how many are done, of how many."""
    result = Rebuilt()
    with Session(engine.execution_options(**READ)) as session:
        ids = session.scalars(select(Account.id).order_by(Account.id)).all()
    for done, account_id in enumerate(ids, start=1):
        with Session(engine, expire_on_commit=False, autoflush=False) as session, session.begin():
            account = session.get(Account, account_id)
            if account is not None:
                result.add(replan(session, account, settings, now=now))
        tell(done, len(ids))
        time.sleep(PAUSE)
    return result


def replan(session: Session, account: Account, settings: Settings, *, now: datetime) -> Rebuilt:
    """Rebuild one learner's cards; what other settings bring forward to today is spread over a week, by
    events, so that the log says it too."""
    lock_learner(session, account.id)
    learner, result = learner_of(account, settings), Rebuilt()
    log = learner_log(session, learner.id)
    moves = _moves(session, learner, log, now)
    if moves:
        session.execute(insert(Review), moves)
        log = learner_log(session, learner.id)
    _write(session, learner, _folded(session, learner, log, result), result)
    return result


def outdated(session: Session, settings: Settings) -> list[int]:
    """The learners who have cards that were folded by an older model or other settings."""
    own = and_(StudyDeck.learner_id == Card.learner_id, StudyDeck.deck_id == Card.deck_id)
    query = select(Card.learner_id, Card.folded, StudyDeck.target).outerjoin(StudyDeck, own)
    marks = session.execute(query.distinct().order_by(Card.learner_id)).all()
    accounts = select(Account).where(Account.id.in_({learner_id for learner_id, *_ in marks}))
    now = {each.id: learner_of(each, settings) for each in session.scalars(accounts)}
    return sorted(
        {
            learner_id
            for learner_id, folded, target in marks
            if folded != now[learner_id].aiming(target).parameters.mark
        }
    )


def replan_next(session: Session, settings: Settings, *, now: datetime) -> int:
    """Replan one learner whose cards are outdated; how many are done by that: 0 when there is none."""
    waiting = outdated(session, settings)
    if waiting:
        replan(session, session.get_one(Account, waiting[0]), settings, now=now)
    return len(waiting[:1])


def _rebuild_learner(session: Session, learner: Learner, result: Rebuilt, *, only_check: bool) -> None:
    wanted = _folded(session, learner, learner_log(session, learner.id), result)
    if only_check:
        for entity, rows in wanted.items():
            _differs(session, entity, learner.id, rows, result)
    else:
        _write(session, learner, wanted, result)
    for deck in astray(session, learner.id):
        result.differ(f"study_deck {(learner.id, deck)}: paused or left otherwise than its log says")
        if not only_check:
            follow(session, learner.id, deck)


def _folded(session: Session, learner: Learner, log: Sequence[RollupEvent], result: Rebuilt) -> Wanted:
    """What a learner's log says: cards, days, first answers and calibration."""
    own = targets(session, [learner.id])
    result.learners += 1
    result.events += len(log)
    wanted: Wanted = {Card: {}, LearnerDay: {}, LearnerFirst: {}, LearnerCalibration: {}}
    for item_id, group in groupby(log, key=lambda row: row.item_id):
        rows = list(group)
        aiming = learner.aiming(own.get((learner.id, rows[0].deck_id)))
        state = aiming.parameters.replay(map(event_of, rows))
        if state is not None:
            wanted[Card][learner.id, item_id] = _card(aiming, rows[0], state)
        roll_up(wanted, learner.id, rows)
    result.cards += len(wanted[Card])
    return wanted


def _write(session: Session, learner: Learner, wanted: Wanted, result: Rebuilt) -> None:
    for entity, rows in wanted.items():
        if _differs(session, entity, learner.id, rows, result):
            session.execute(delete(entity).where(entity.learner_id == learner.id))
            if rows:
                session.execute(insert(entity), list(rows.values()))
    unpass(session, learner_id=learner.id)


def _moves(
    session: Session, learner: Learner, log: Sequence[RollupEvent], now: datetime
) -> list[dict[str, Any]]:
    """The events that spread what would be brought forward to today."""
    today, own = learner.today(now), targets(session, [learner.id])
    query = select(Card.item_id, Card.due_day, Card.folded).where(Card.learner_id == learner.id)
    before = {row[0]: (row[1], row[2]) for row in session.execute(query)}
    last: dict[int, tuple[Learner, RollupEvent]] = {}
    brought = []
    for item_id, group in groupby(log, key=lambda row: row.item_id):
        rows = list(group)
        aiming = learner.aiming(own.get((learner.id, rows[0].deck_id)))
        due_before, folded = before.get(item_id, (0, ""))
        if due_before <= today or folded == aiming.parameters.mark:
            continue
        state = aiming.parameters.replay(map(event_of, rows))
        if state is None or state.learning or state.due_day > today:
            continue
        last[item_id] = aiming, rows[-1]
        brought.append(Brought(item_id, due_before, aiming.parameters.recall(state, today)))
    return [_move(*last[item], day, now) for item, day in spread(brought, today).items()]


def _move(learner: Learner, last: RollupEvent, day: int, now: datetime) -> dict[str, Any]:
    """The event that puts a card, whose newest event is `last`, on a day."""
    id_ = uuid5(NAMESPACE_OID, f"quizapp:move:{learner.id}:{last.id}:{day}:{learner.parameters.mark}")
    return {
        "id": id_,
        "learner_id": learner.id,
        "item_id": last.item_id,
        "version_id": last.version_id,
        "at": max(now, last.at),
        "zone": learner.zone.key,
        "day": learner.today(now),
        "source": "move",
        "format": last.format,
        "score": 0.0,
        "chance": 0.0,
        "prior": last.prior,
        "planned_day": day,
        "voids": id_,
    }


def _card(learner: Learner, row: RollupEvent, state: CardState) -> dict[str, Any]:
    keys = {"learner_id": learner.id, "item_id": row.item_id, "deck_id": row.deck_id, "fact_id": row.fact_id}
    return keys | msgspec.structs.asdict(state) | {"folded": learner.parameters.mark}


def roll_up(wanted: dict[type[Any], Rows], learner_id: int, log: Sequence[RollupEvent | FullEvent]) -> None:
    """Add one item's answers to the learner's days, first answers and calibration."""
    voided = {row.voids for row in log if row.voids is not None}
    answers = [row for row in log if row.voids is None and row.id not in voided]
    first = _openings(log, answers)
    for row in answers:
        day = _sums(wanted[LearnerDay], {"learner_id": learner_id, "day": row.day}, LearnerDay)
        day["answers"] += 1
        day["right"] += int(row.score >= 1)
        day["new_items"] += int(row.id in first)
        day["new_right"] += int(row.id in first and row.score >= 1)
        day["quizzed"] += int(row.id in first and row.source == "quiz")
        day["duration_ms"] += row.duration_ms
        if row.id in first:
            _add(wanted[LearnerFirst], LearnerFirst, *first_figures(learner_id, row))
        if row.expected is not None:
            _add(wanted[LearnerCalibration], LearnerCalibration, *calibration_figures(learner_id, row))


def _openings(
    log: Sequence[RollupEvent | FullEvent], answers: Sequence[RollupEvent | FullEvent]
) -> set[UUID]:
    """Of an item's answers the first, and the first after each restart. The log is in order of time."""
    cancelled = {row.voids for row in log if row.voids is not None and row.voids != row.id}
    counted, found, fresh = {row.id for row in answers}, set(), True
    for row in log:
        if row.source == RESTART and row.id not in cancelled:
            fresh = True
        elif fresh and row.id in counted:
            found.add(row.id)
            fresh = False
    return found


def _add(rows: Rows, entity: type[Any], keys: dict[str, Any], amounts: dict[str, int]) -> None:
    sums = _sums(rows, keys, entity)
    for name, amount in amounts.items():
        sums[name] += amount


def _sums(rows: Rows, keys: dict[str, Any], entity: type[Any]) -> dict[str, Any]:
    empty = dict.fromkeys((column.name for column in entity.__table__.columns), 0)
    return rows.setdefault(tuple(keys.values()), empty | keys)


def _differs(session: Session, entity: type[Any], learner_id: int, wanted: Rows, result: Rebuilt) -> bool:
    """Whether the table differs from what is wanted; tells each row that does, and counts cards that were
    folded otherwise."""
    columns = entity.__table__.columns
    keys = [column.name for column in entity.__table__.primary_key]
    present: Rows = {}
    for row in session.execute(select(*columns).where(entity.learner_id == learner_id)).mappings():
        present[tuple(row[key] for key in keys)] = dict(row)
    before = result.different + result.outdated
    for key in sorted(present.keys() | wanted.keys()):
        old, new = present.get(key), wanted.get(key)
        if old == new:
            continue
        if old and new and old.get("folded") != new.get("folded"):
            result.outdated += 1
        else:
            name = f"{entity.__tablename__} {dict(zip(keys, key, strict=True))}"
            result.differ(f"{name}: {_change(old, new)}")
    return result.different + result.outdated > before


def _change(present: dict[str, Any] | None, wanted: dict[str, Any] | None) -> str:
    if present is None:
        return "missing"
    if wanted is None:
        return "has no answer in the log"
    return ", ".join(
        f"{name} {present[name]} ≠ {wanted[name]}" for name in wanted if present[name] != wanted[name]
    )
