"""A learner's day towards what they are to know by a date: today's share of new facts, and the last round."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from quizapp.domain.study.scheduling.goals import Pace, pace, repeats, rest, securing
from quizapp.domain.study.scheduling.item_state import recall_now
from quizapp.domain.study.scheduling.queue import Candidate
from quizapp.services.study.learner import Learner
from quizapp.storage.study.goals import GoalCard, OpenGoal, goal_cards

SECONDS_AN_ANSWER = 20  # until a learner's own pace is known
STUDYING = timedelta(hours=12)  # what is due before noon or soon after is studied for on the day before


@dataclass(frozen=True, kw_only=True)
class GoalToday:
    """What is to be known by a date, and today's share of it. last_day: the last study day before it;
    due_day: the study day of the date."""

    assignment_id: int | None
    goal_id: int | None
    title: str
    deck_id: int
    target: float
    due_at: datetime
    last_day: int
    due_day: int
    pace: Pace


@dataclass(frozen=True, kw_only=True)
class LastRound:
    """The cards that the last study days ask beside those due. spared: due cards that are sure to last until
    the date, and that a miss on its eve would spoil; more: by how much all this raises what is due."""

    candidates: tuple[Candidate, ...] = ()
    spared: frozenset[int] = frozenset()
    more: int = 0


def today_of(learner: Learner, goal: OpenGoal, today: int) -> GoalToday:
    """How a goal is on a study day."""
    due_day, last_day = days_of(learner, goal.due_at)
    resting = rest(goal.target, due_day - last_day)
    return GoalToday(
        assignment_id=goal.assignment_id,
        goal_id=goal.goal_id,
        title=goal.title,
        deck_id=goal.deck_id,
        target=goal.target,
        due_at=goal.due_at,
        last_day=last_day,
        due_day=due_day,
        pace=pace(goal.unmet, goal.met, last_day - today + 1, resting),
    )


def days_of(learner: Learner, due_at: datetime) -> tuple[int, int]:
    """The study day of a date, and the last one before it on which a learner can be expected to study."""
    return learner.today(due_at), learner.today(due_at - STUDYING)


def last_round(session: Session, learner: Learner, goals: Sequence[GoalToday], today: int) -> LastRound:
    """On the last study days before a date: all that is expected below the target, on the very last of them
    beside its siblings too."""
    wanted: dict[int, Candidate] = {}
    spared: set[int] = set()
    counted: set[int] = set()
    near = [goal for goal in goals if today >= securing(goal.last_day, goal.due_day)]
    held = _cards_by_deck(session, learner, near, today)
    for goal in near:
        cards = held[goal.deck_id]
        sure = {card.item_id: _expected(learner, card, goal) >= goal.target for card in cards}
        answered = {card.fact_id for card in cards if card.last_day == today}
        due = [card for card in cards if card.due_day <= today and _may_come(card, answered, today)]
        again = [card for card in cards if not sure[card.item_id] and _asked_again(card, goal, today)]
        if today < goal.last_day:
            again = _one_of_a_fact([card for card in again if _may_come(card, answered, today)])
        elif today < goal.due_day:
            unsure = {card.fact_id for card in due if not sure[card.item_id]}
            spared |= {card.item_id for card in due if sure[card.item_id]}
            counted |= {card.fact_id for card in due} - unsure
        fresh = [card for card in again if card.item_id not in wanted]
        wanted |= {card.item_id: _candidate(card, again=card.last_day == today) for card in fresh}
        counted |= {card.fact_id for card in fresh} & {card.fact_id for card in due}
    return LastRound(
        candidates=tuple(wanted.values()),
        spared=frozenset(spared - wanted.keys()),
        more=len(wanted) - len(counted),
    )


class Secured(NamedTuple):
    """known: facts whose recall on the date reaches the target without another answer; facts: all of them."""

    known: int
    facts: int


def secured(session: Session, learner: Learner, goals: Sequence[GoalToday], today: int) -> Secured:
    """How much of a date's decks is sure already. A fact is remembered as well as the least remembered of its
    items."""
    known = facts = 0
    held = _cards_by_deck(session, learner, goals, today)
    for goal in goals:
        sure: dict[int, bool] = {}
        for card in held[goal.deck_id]:
            holds = _expected(learner, card, goal) >= goal.target
            sure[card.fact_id] = holds and sure.get(card.fact_id, True)
        known += sum(sure.values())
        facts += len(sure) + goal.pace.facts - goal.pace.met
    return Secured(known, facts)


def _cards_by_deck(
    session: Session, learner: Learner, goals: Iterable[GoalToday], today: int
) -> dict[int, list[GoalCard]]:
    """The cards of the goals' decks, each deck read once however many dates it has."""
    decks = dict.fromkeys(goal.deck_id for goal in goals)
    return {deck_id: goal_cards(session, learner.id, deck_id, today) for deck_id in decks}


def _expected(learner: Learner, card: GoalCard, goal: GoalToday) -> float:
    """Recall on the date, if the card is not asked before."""
    memory = card.stability, card.fast, card.difficulty
    return recall_now(learner.parameters.weights, memory, card.last_day, card.learning, goal.due_day)


def _asked_again(card: GoalCard, goal: GoalToday, today: int) -> bool:
    enough = repeats(goal.last_day - today)
    return card.learning or card.last_day < today or min(card.right_streak, card.today) < enough


def _may_come(card: GoalCard, answered: Collection[int], today: int) -> bool:
    """Whether no other item on its fact was answered today."""
    return card.last_day == today or card.fact_id not in answered


def _one_of_a_fact(cards: Iterable[GoalCard]) -> list[GoalCard]:
    """The first to be asked of the cards on each fact: that answered today, else the longest due."""
    first: dict[int, GoalCard] = {}
    for card in sorted(cards, key=lambda card: (-card.last_day, card.due_day, card.item_id)):
        first.setdefault(card.fact_id, card)
    return list(first.values())


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
