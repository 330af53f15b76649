"""A learner's day towards what they are to know by a date: today's share of new facts, and the last round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from quizapp.domain.study.scheduling.goals import REPEATS, Pace, pace, rest
from quizapp.domain.study.scheduling.item_state import recall_now
from quizapp.domain.study.scheduling.queue import Candidate
from quizapp.services.study.learner import Learner
from quizapp.storage.study.goals import GoalCard, OpenGoal, goal_cards

STUDYING = timedelta(hours=12)  # what is due before noon or soon after is studied for on the day before


@dataclass(frozen=True, kw_only=True)
class GoalToday:
    """What is to be known by a date, and today's share of it. last_day: the last study day before it;
    due_day: the study day of the date."""

    assignment_id: int
    title: str
    deck_id: int
    target: float
    last_day: int
    due_day: int
    pace: Pace


@dataclass(frozen=True, kw_only=True)
class LastRound:
    """The cards that a last study day asks beside those due. more: by how much they raise what is due."""

    candidates: tuple[Candidate, ...] = ()
    more: int = 0


def today_of(learner: Learner, goal: OpenGoal, today: int) -> GoalToday:
    """How a goal stands on a study day."""
    due_day, last_day = days_of(learner, goal.due_at)
    resting = rest(goal.target, due_day - last_day)
    return GoalToday(
        assignment_id=goal.assignment_id,
        title=goal.title,
        deck_id=goal.deck_id,
        target=goal.target,
        last_day=last_day,
        due_day=due_day,
        pace=pace(goal.unmet, goal.met, last_day - today + 1, resting),
    )


def days_of(learner: Learner, due_at: datetime) -> tuple[int, int]:
    """The study day of a date, and the last one before it on which a learner can be expected to study."""
    return learner.today(due_at), learner.today(due_at - STUDYING)


def last_round(session: Session, learner: Learner, goals: Sequence[GoalToday], today: int) -> LastRound:
    """On the last study day before a date: all that is expected below the target, siblings too."""
    wanted: dict[int, Candidate] = {}
    counted: set[int] = set()
    for goal in goals:
        if today < goal.last_day:
            continue
        cards = goal_cards(session, learner.id, goal.deck_id)
        answered = {card.fact_id for card in cards if card.last_day == today}
        for card in cards:
            if card.item_id in wanted or not _asked_again(learner, card, goal, today):
                continue
            wanted[card.item_id] = _candidate(card, again=card.last_day == today)
            alone = card.last_day == today or card.fact_id not in answered
            if card.due_day <= today and alone:
                counted.add(card.fact_id)
    return LastRound(candidates=tuple(wanted.values()), more=len(wanted) - len(counted))


def _asked_again(learner: Learner, card: GoalCard, goal: GoalToday, today: int) -> bool:
    memory = card.stability, card.fast, card.difficulty
    recall = recall_now(learner.parameters.weights, memory, card.last_day, card.learning, goal.due_day)
    if recall >= goal.target:
        return False
    return card.learning or card.last_day < today or card.right_streak < REPEATS


def _candidate(card: GoalCard, *, again: bool) -> Candidate:
    """again: answered today, so that it rests before it is asked once more."""
    return Candidate(
        item=card.item_id,
        fact=card.fact_id,
        topic=card.deck_id,
        stability=card.stability,
        fast=card.fast,
        difficulty=card.difficulty,
        last_day=card.last_day,
        due_day=card.due_day,
        learning=again or card.learning,
        last_at=card.last_at,
        wanted=True,
    )
