"""What the log says now: the id under which an answer counts, and a card folded from its events."""

from __future__ import annotations

from uuid import UUID, uuid5

import msgspec
from sqlalchemy import update
from sqlalchemy.orm import Session

from quizapp.domain.study.deck_log import in_force, rest
from quizapp.domain.study.scheduling.card import CardState, Event
from quizapp.domain.study.scheduling.evidence import Evidence
from quizapp.services.study.learner import Learner
from quizapp.storage.study import marks
from quizapp.storage.study import step as queries
from quizapp.storage.study.decks import deck_log, rests
from quizapp.storage.study.history import AnyEvent, card_log, opening_days
from quizapp.storage.study.step import AskedItem, GradedAnswer
from quizapp.storage.study.tables import Card, StudyDeck
from quizapp.storage.upserts import put

RESTART = "restart"
MOVES = frozenset({"move", "away", "leech"})  # events that put a card on another day, AWAY among them


def event_of(review: AnyEvent) -> Event:
    """A row of the log as the domain's event."""
    if review.voids is not None and review.voids == review.id:
        call = Event(id=review.id.hex, at=review.at, day=review.day)
        if review.source in MOVES:
            return msgspec.structs.replace(call, moved_to=review.planned_day)
        if review.source == RESTART:
            return msgspec.structs.replace(call, restarts=True)
        return msgspec.structs.replace(call, due_by=review.planned_day)
    if review.voids is not None:
        return Event(id=review.id.hex, at=review.at, day=review.day, voids=review.voids.hex)
    return Event(
        id=review.id.hex,
        at=review.at,
        day=review.day,
        evidence=Evidence(
            score=review.score,
            chance=review.chance,
            rating=review.rating,
            hinted=review.hinted,
            weight=review.weight,
        ),
        prior=review.prior,
        planned_day=review.planned_day,
        cap=review.cap,
        ease=review.ease,
    )


def refold(session: Session, learner: Learner, item: AskedItem | GradedAnswer) -> CardState | None:
    """Make one card what its log says."""
    learner = learner.aiming(item.target)
    log = card_log(session, learner.id, item.item_id)
    state = learner.parameters.replay(map(event_of, log))
    if state is None:
        queries.drop_card(session, learner.id, item.item_id)
        marks.unpass_item(session, item.item_id, learner.id)
    else:
        write_card(session, learner, item, state)
    return state


def write_card(session: Session, learner: Learner, item: AskedItem | GradedAnswer, state: CardState) -> None:
    keys = {
        "learner_id": learner.id,
        "item_id": item.item_id,
        "deck_id": item.deck_id,
        "fact_id": item.fact_id,
    }
    mark = learner.aiming(item.target).parameters.mark
    put(session, Card, keys | msgspec.structs.asdict(state) | {"folded": mark})


def recount_days(session: Session, learner_id: int, item_id: int, days: set[int]) -> None:
    """Count days again: those given, and those on which the item counts, or counted, as first seen."""
    for day in sorted(days | opening_days(session, learner_id, item_id)):
        queries.recount_day(session, learner_id, day)


def restated_id(review: UUID) -> UUID:
    """The id of the event that states an answer's grade again."""
    return uuid5(review, "restated")


def counted_as(session: Session, learner_id: int, review: UUID) -> UUID:
    """The id under which an answer counts now: its grade may have been stated again."""
    while queries.has_review(session, learner_id, restated_id(review)):
        review = restated_id(review)
    return review


def follow(session: Session, learner_id: int, deck_id: int) -> None:
    """Let a deck rest, or not, as its log says."""
    paused_at, left_at = rest(in_force(deck_log(session, learner_id, deck_id)))
    mine = StudyDeck.learner_id == learner_id, StudyDeck.deck_id == deck_id
    session.execute(update(StudyDeck).where(*mine).values(paused_at=paused_at, left_at=left_at))


def astray(session: Session, learner_id: int) -> list[int]:
    """The learner's decks that rest, or do not, otherwise than their logs say."""
    log = deck_log(session, learner_id)
    return [
        row.deck_id
        for row in rests(session, learner_id)
        if rest(in_force(deed for deed in log if deed.deck_id == row.deck_id)) != (row.paused_at, row.left_at)
    ]
