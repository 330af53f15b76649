"""How a learner's memory of an item came about, why it is due when it is, what an answer now would do."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy.orm import Session

from quizapp.domain.errors import Missing
from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.kinds.base import Content, Format
from quizapp.domain.study.scheduling.card import AWAY, CardState, Event
from quizapp.domain.study.scheduling.evidence import DEFAULT_PRIOR, Evidence
from quizapp.domain.study.scheduling.goals import cap
from quizapp.domain.study.scheduling.item_state import recall_now
from quizapp.services.study.folding import RESTART, event_of
from quizapp.services.study.learner import Learner
from quizapp.services.study.next_question import question
from quizapp.storage.study import history as queries
from quizapp.storage.study import step
from quizapp.storage.study.decks import own_plan
from quizapp.storage.study.history import PastEvent


class Why(StrEnum):
    """What its due day follows from."""

    NEW = "new"  # nothing counts yet, or since a restart
    LEARNING = "learning"  # missed last time
    AWAY = "away"
    RESTS = "rests"  # its deck is paused or left
    CALLED = "called"  # asked early, as it was changed
    MOVED = "moved"  # spread out
    DATE = "date"  # a date by which it is to be known keeps the interval short
    RECALL = "recall"  # its recall falls to the target


class Past(NamedTuple):
    """An event as the learner gave it. event: the row; state: the memory after it, None where it does not
    count (it was undone), or nothing does; undone: it was taken back."""

    event: PastEvent
    state: CardState | None
    undone: bool


class Outcome(NamedTuple):
    """What an answer now would do. rating: of a flip card, 0 for a right answer, 1 for a wrong one of another
    format too; low, high: days until the item comes again."""

    rating: int
    low: int
    high: int


class ItemHistory(NamedTuple):
    """An item with a learner. state: the card as it is; low, high: the days among which its due day was
    chosen; recall: now, then: on the due day, as shares; target: the recall wanted; past: newest first."""

    content: Content
    deck_title: str
    deck_slug: str
    state: CardState | None
    why: Why
    low: int
    high: int
    recall: float
    then: float
    target: float
    format: Format
    outcomes: tuple[Outcome, ...]
    past: tuple[Past, ...]


def item_history(session: Session, learner: Learner, item_id: int, *, now: datetime) -> ItemHistory:
    """The history of an item that the learner has answered. Raises Missing for any other."""
    log = queries.past_events(session, learner.id, item_id)
    asked = question(session, learner, item_id, learner.today(now))
    row = step.asked(session, learner.id, item_id, asked.version_id, now) if asked and log else None
    if row is None or asked is None:
        raise Missing(_("You haven’t answered this question."))
    aiming, today = learner.aiming(row.target), learner.today(now)
    trail = dict(aiming.parameters.trail(map(event_of, log)))
    state, capped = row.state, None if row.known_by is None else cap(learner.today(row.known_by) - today)
    low, high = (0, 0) if state is None else aiming.parameters.due_range(state, _last_cap(log, trail))
    plan = own_plan(session, learner.id, row.deck_id)
    return ItemHistory(
        content=row.content,
        deck_title=row.deck_title,
        deck_slug=row.deck_slug,
        state=state,
        why=_why(state, log, trail, rests=plan is not None and plan.paused_at is not None),
        low=low,
        high=high,
        recall=0.0 if state is None else _recall(aiming, state, today),
        then=0.0 if state is None else aiming.parameters.recall(state, min(state.due_day, AWAY - 1)),
        target=aiming.parameters.retention,
        format=asked.format,
        outcomes=_outcomes(aiming, row.content, asked.format, state, now=now, capped=capped),
        past=_past(log, trail),
    )


def _recall(learner: Learner, state: CardState, today: int) -> float:
    weights = learner.parameters.weights
    return recall_now(weights, state.memory, state.last_day, state.learning, today)


def _outcomes(
    learner: Learner,
    content: Content,
    format: Format,
    state: CardState | None,
    *,
    now: datetime,
    capped: int | None,
) -> tuple[Outcome, ...]:
    today = learner.today(now)
    if format is Format.FLIP:
        given = {
            rating: Evidence(1.0, rating=rating)
            for rating in ((1, 2, 3, 4) if learner.four_ratings else (1, 3))
        }
    else:
        given = {0: Evidence(1.0, kind_of(content).chance_of(content, format, 1.0)), 1: Evidence(0.0)}
    found = []
    for rating, evidence in given.items():
        event = Event(id="", at=now, day=today, evidence=evidence, prior=DEFAULT_PRIOR, cap=capped)
        after = learner.parameters.step(state, event)
        low, high = learner.parameters.due_range(after, capped)
        found.append(Outcome(rating, low - today, high - today))
    return tuple(found)


def _past(log: list[PastEvent], trail: dict[str, CardState | None]) -> tuple[Past, ...]:
    """The answers and restarts, newest first; of an answer that was graded again, the grade that holds."""
    taken = {row.voids: row.source for row in log if row.voids is not None and row.voids != row.id}
    return tuple(
        Past(row, trail.get(row.id.hex), row.id in taken)
        for row in reversed(log)
        if (row.voids is None or row.source == RESTART) and taken.get(row.id) != "regrade"
    )


def _last_cap(log: list[PastEvent], trail: dict[str, CardState | None]) -> int | None:
    answers = [row for row in log if row.voids is None and row.id.hex in trail]
    return answers[-1].cap if answers else None


def _why(
    state: CardState | None, log: list[PastEvent], trail: dict[str, CardState | None], *, rests: bool
) -> Why:
    if state is None:
        return Why.NEW
    if state.due_day >= AWAY:
        return Why.AWAY
    if rests:
        return Why.RESTS
    if state.learning:
        return Why.LEARNING
    last = {row.id.hex: row for row in log}[list(trail)[-1]]
    if last.voids is not None:
        return Why.CALLED if last.source == "call" else Why.MOVED
    return Why.DATE if last.cap is not None and state.due_day - state.last_day >= last.cap else Why.RECALL
