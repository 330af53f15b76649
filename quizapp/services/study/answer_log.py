"""Recording an answer: the log gets one event, the card is folded on, the rollups follow.

Every answer of whatever origin comes this way. The caller's transaction holds all of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import msgspec
from sqlalchemy.orm import Session

from quizapp.domain.errors import Missing
from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds import decode_grade, decode_response, encode_grade, encode_response, kind_of
from quizapp.domain.library.kinds.base import Content, Format, GaveUp, Grade, Response
from quizapp.domain.study.scheduling.card import CardState, Event
from quizapp.domain.study.scheduling.evidence import (
    DEFAULT_PRIOR,
    PASS,
    Evidence,
    prior_of,
)
from quizapp.domain.study.scheduling.goals import cap
from quizapp.domain.study.scheduling.interval import EASY_DAY, choose_day
from quizapp.services.study import counting_keys, figures
from quizapp.services.study.aside import aside_id, bring_back, put_aside
from quizapp.services.study.folding import counted_as, recount_days, refold, write_card
from quizapp.services.study.learner import Learner
from quizapp.storage.study import marks, met
from quizapp.storage.study import step as queries
from quizapp.storage.study.step import AskedItem
from quizapp.storage.study.tables import LearnerDay, Review
from quizapp.storage.upserts import add_up, insert_once, lock_learner

LONGEST_MS = 5 * 60_000  # a question left open over lunch says nothing about thinking
Priors = Mapping[str, float]  # by format
NO_PRIORS: Priors = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a learner answered, and how it was asked. review: the id that this answer has whenever
    it is sent again. called_same: of each part of which grading was not sure, whether the learner
    says that it is the same."""

    review: UUID
    item_id: int
    version_id: int
    format: Format
    response: Response
    at: datetime
    source: str = "review"
    hinted: bool = False
    called_same: tuple[bool, ...] = ()
    duration_ms: int = 0


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """What came of it. new: False when this answer had been recorded before (then nothing changed); undone:
    and had been taken back since, so that it counts for nothing. set_aside: it was one miss too many.
    content, version_id: by whose key it was graded. answered: how many answers the day now has, None
    where they were not counted in passing. own_note: the learner's at the item, "" for none."""

    review: UUID
    new: bool
    content: Content
    deck_title: str
    response: Response
    grade: Grade
    state: CardState | None
    version_id: int
    format: Format
    item_id: int
    own_note: str
    answered: int | None = None
    undone: bool = False
    set_aside: bool = False


def review_id(learner_id: int, item_id: int, events: int) -> UUID:
    """The id of the answer that a learner gives to an item whose card has `events` events: two tabs
    that show the same question send the same id."""
    return uuid5(NAMESPACE_OID, f"quizapp:review:{learner_id}:{item_id}:{events}")


def open_item(
    session: Session, learner: Learner, item_id: int, version_id: int, *, now: datetime
) -> AskedItem:
    """The item version to be answered with the learner's card, held until the transaction ends.

    now: when it is answered; the dates by which it is to be known follow from that.

    Raises Missing if it is not there.
    """
    lock_learner(session, learner.id)
    row = queries.asked(session, learner.id, item_id, version_id, now)
    if row is None:
        raise Missing(_("This question no longer exists. Nothing was saved."))
    return row


def record_answer(
    session: Session, learner: Learner, row: AskedItem, answer: Answer, *, prior: Priors = NO_PRIORS
) -> Recorded:
    """Grade an answer to an opened item and let the learner's memory of it follow.

    prior: the share of first answers known, by format.

    Raises MalformedResponse, with nothing written, for a response that does not fit the item.
    """
    learner = learner.aiming(row.target)
    verdict = counting_keys.grade(session, row, answer.format, answer.response)
    unasked = [False] * len(verdict.grade.undecided)  # where a teacher wants no one asked
    grade = verdict.grade.called((*answer.called_same, *unasked))
    verdict = verdict._replace(grade=grade)
    state = _present_state(session, learner, row)
    ease = None if state is not None else row.ease
    event = _event(learner, row.content, answer, grade, prior.get(answer.format, DEFAULT_PRIOR), ease)
    # Of two answers of one moment the log orders by id, whichever came first.
    late = state is not None and event.at <= state.last_at
    if not late:
        event = _planned(session, learner, row, state, event)
    expected = _expected(learner, state, event)
    values = _review_values(learner, answer, verdict, event, expected)
    if not insert_once(session, Review, values):
        first = recorded(session, learner, answer.review)
        if first is None:
            raise Missing(_("This answer belongs to someone else. Nothing was saved."))
        return first
    answered = None
    state_after = refold(session, learner, row) if late else _folded_on(session, learner, row, state, event)
    if late or _before_restart(state, state_after):
        recount_days(session, learner.id, row.item_id, {event.day})
        figures.recount(session, learner.id)
    else:
        answered = _add_to_day(session, learner.id, event, grade, values, first=state is None)
        figures.add(session, learner.id, values, first=state is None)
    set_aside = _one_miss_too_many(state, state_after)
    if set_aside:
        put_aside(session, learner, row, answer.review, source="leech", now=answer.at)
        state_after = refold(session, learner, row)
    return Recorded(
        review=answer.review,
        new=True,
        set_aside=set_aside,
        content=verdict.content,
        deck_title=row.deck_title,
        response=answer.response,
        grade=grade,
        state=state_after,
        version_id=verdict.graded_by or answer.version_id,
        format=answer.format,
        answered=answered,
        item_id=row.item_id,
        own_note=row.own_note or "",
    )


def _folded_on(
    session: Session, learner: Learner, row: AskedItem, state: CardState | None, event: Event
) -> CardState | None:
    """The card with this event folded on, written; a first one lets the learner's marks move on."""
    if row.logged if state is None else state.events != state.reps:
        after = refold(session, learner, row)  # voids or calls: only the whole log tells
    else:
        after = learner.parameters.step(state, event)
        write_card(session, learner, row, after)
    if state is None:
        marks.pass_met(session, learner.id, row.item_id)
    return after


def _before_restart(before: CardState | None, after: CardState | None) -> bool:
    """Whether an answer to an item without a card belongs before a restart of its deck: a quiz's, say, whose
    answers are recorded when its time is over."""
    return before is None and (after is None or after.reps > 1)


def _one_miss_too_many(before: CardState | None, after: CardState | None) -> bool:
    """Whether this answer was a miss, and the card has now had too many."""
    return after is not None and after.leech and (before is None or after.lapses > before.lapses)


def _present_state(session: Session, learner: Learner, row: AskedItem) -> CardState | None:
    """The card as it is folded now: one that an older model or other settings left is folded again."""
    if row.state is None or row.folded == learner.parameters.mark:
        return row.state
    return refold(session, learner, row)


def _event(
    learner: Learner, content: Content, answer: Answer, grade: Grade, prior: float, ease: float | None
) -> Event:
    """The answer as the scheduler sees it, not planned yet."""
    gave_up = isinstance(answer.response, GaveUp)
    return Event(
        id=answer.review.hex,
        at=answer.at,
        day=learner.today(answer.at),
        evidence=Evidence(
            score=grade.score,
            chance=0.0 if gave_up else _chance(content, answer.format, grade.score),
            rating=grade.rating,
            hinted=answer.hinted,
            weight=counting_keys.weight_of(grade),
        ),
        prior=prior_of(prior, content.difficulty, ease),
        ease=ease or 0.0,
    )


def _chance(content: Content, format: Format, score: float) -> float:
    """The probability of guessing this score or a better one; of a miss, that of guessing right."""
    return kind_of(content).chance_of(content, format, score if score >= PASS else 1.0)


def undo(session: Session, learner: Learner, review: UUID, *, now: datetime) -> int | None:
    """Cancel an answer by a new event; the item's id, or None when there is no such answer.

    Undoing twice is undoing once.
    """
    lock_learner(session, learner.id)
    review = counted_as(session, learner.id, review)
    row = queries.review_with_item(session, learner.id, review)
    if row is None:
        return None
    undone = row.review
    values = {
        "id": uuid5(review, "undo"),
        "learner_id": learner.id,
        "item_id": undone.item_id,
        "version_id": undone.version_id,
        "at": now,
        "zone": learner.zone.key,
        "day": learner.today(now),
        "source": "undo",
        "format": undone.format,
        "score": 0.0,
        "chance": 0.0,
        "guess": 0.0,
        "weight": 1.0,
        "prior": undone.prior,
        "voids": review,
    }
    if insert_once(session, Review, values):
        bring_back(session, learner, row, aside_id(review, "leech"), now=now)
        refold(session, learner, row)
        recount_days(session, learner.id, row.item_id, {undone.day})
        figures.recount(session, learner.id)
    return undone.item_id


def _planned(
    session: Session, learner: Learner, row: AskedItem, state: CardState | None, event: Event
) -> Event:
    """The event with the longest interval that a goal allows, and within it the due day that suits the
    learner's coming days best."""
    if row.known_by is not None:
        event = msgspec.structs.replace(event, cap=cap(learner.today(row.known_by) - event.day))
    after = learner.parameters.step(state, event)
    low, high = learner.parameters.due_range(after, event.cap)
    if low == high:
        return event
    load, siblings = queries.load(session, learner.id, row.item_id, row.fact_id, low, high)
    tie = f"{learner.id}:{row.item_id}:{after.reps}"
    easy = dict.fromkeys(learner.easy_days, EASY_DAY)
    best = choose_day(low, high, load, siblings, easy_days=easy, tie_key=tie)
    return msgspec.structs.replace(event, planned_day=best)


def _expected(learner: Learner, state: CardState | None, event: Event) -> float | None:
    """Predicted recall, where there is a prediction to be held to: not within the same day."""
    if state is None or state.elapsed(event.day) == 0:
        return None
    return learner.parameters.recall(state, event.day)


def _review_values(
    learner: Learner, answer: Answer, verdict: counting_keys.Verdict, event: Event, expected: float | None
) -> dict[str, Any]:
    assert event.evidence is not None
    grade = verdict.grade
    return {
        "id": answer.review,
        "learner_id": learner.id,
        "item_id": answer.item_id,
        "version_id": answer.version_id,
        "at": answer.at,
        "zone": learner.zone.key,
        "day": event.day,
        "source": answer.source,
        "format": answer.format.value,
        "response": encode_response(answer.response),
        "grade": encode_grade(grade),
        "score": grade.score,
        "chance": event.evidence.chance,
        "guess": kind_of(verdict.content).chance_of(verdict.content, answer.format, PASS),
        "weight": event.evidence.weight,
        "rating": grade.rating,
        "hinted": answer.hinted,
        "duration_ms": min(max(answer.duration_ms, 0), LONGEST_MS),
        "prior": event.prior,
        "expected": expected,
        "planned_day": event.planned_day,
        "cap": event.cap,
        "ease": event.ease,
        "voids": None,
        "graded_by": verdict.graded_by,
    }


def recorded(session: Session, learner: Learner, review: UUID) -> Recorded | None:
    """What was recorded under this id the first time, graded as it is now; None if nothing was."""
    review = counted_as(session, learner.id, review)
    row = queries.review_with_item(session, learner.id, review)
    if row is None:
        return None
    return Recorded(
        review=review,
        new=False,
        content=row.content,
        deck_title=row.deck_title,
        response=decode_response(row.review.response),
        grade=decode_grade(row.review.grade),
        state=row.state,
        version_id=row.review.graded_by or row.review.version_id,
        format=Format(row.review.format),
        undone=row.undone,
        item_id=row.item_id,
        own_note=met.note_at(session, learner.id, row.item_id),
    )


def _add_to_day(
    session: Session, learner_id: int, event: Event, grade: Grade, values: Mapping[str, Any], *, first: bool
) -> int:
    """Add an answer, with the values of its row, to its day; how many answers the day then has."""
    amounts = {
        "answers": 1,
        "right": int(grade.right),
        "new_items": int(first),
        "new_right": int(first and grade.right),
        "quizzed": int(first and values["source"] == "quiz"),
        "duration_ms": values["duration_ms"],
    }
    answers, *_ = add_up(session, LearnerDay, {"learner_id": learner_id, "day": event.day}, amounts)
    return answers
