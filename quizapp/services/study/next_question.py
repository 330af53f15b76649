"""Choosing what a learner is asked next, and how; and what waits today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import ceil
from uuid import UUID

from sqlalchemy.orm import Session

from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.kinds.base import Content, Format, Prompt
from quizapp.domain.study.scheduling.card import CardState
from quizapp.domain.study.scheduling.ladder import choose_format
from quizapp.domain.study.scheduling.queue import Candidate, Today, next_card
from quizapp.services.study.answer_log import review_id
from quizapp.services.study.dates.goals import SECONDS_AN_ANSWER, GoalToday, LastRound, last_round, today_of
from quizapp.services.study.learner import Learner
from quizapp.storage.study import due as waiting_queries
from quizapp.storage.study import step as queries
from quizapp.storage.study.due import DueCard, WaitingToday
from quizapp.storage.study.step import AskedItem

NO_ROUND = LastRound()
MORE = 10  # new items for who wants more than the day's share
LARGEST_SHARE = 1.5  # of a usual day, which a day with a backlog asks for
LEAST_USUAL = 20  # answers a day, whatever a learner did before
NEW_BESIDE_BACKLOG = 3


@dataclass(frozen=True, kw_only=True)
class Question:
    """One item, chosen and ready to be shown. events: of its card, see `answer_log.review_id`."""

    item_id: int
    version_id: int
    number: int  # of that version
    events: int
    review: UUID
    content: Content
    format: Format
    prompt: Prompt
    deck_title: str
    deck_slug: str


@dataclass(frozen=True, kw_only=True)
class Backlog:
    """More is due than a day can take. due_left: reviews that today's share still asks for; later: what it
    leaves for the coming days; away: days without an answer before today; over_day: the study day by which
    all is caught up if each day's share is done."""

    due_left: int
    later: int
    away: int
    over_day: int


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What waits today: cards due, new items within the limit, new items beyond it, and minutes. A goal's
    share of the day lifts the limit."""

    due: int
    new: int
    held_back: int
    answered: int
    right: int
    minutes: int
    backlog: Backlog | None = None
    goals: tuple[GoalToday, ...] = ()
    last_round: LastRound = NO_ROUND

    @property
    def urgent(self) -> GoalToday | None:
        """The goal that the next new item is for: that with the nearest date whose share is not done."""
        return next((goal for goal in self.goals if goal.pace.left), None)

    @property
    def left(self) -> int:
        return self.due + self.new


def next_question(
    session: Session, learner: Learner, waiting: Waiting, *, now: datetime, deck_id: int | None = None
) -> Question | None:
    """The item most worth asking now; None when nothing waits."""
    day = learner.today(now)
    last = waiting.last_round.candidates
    asked = {each.item for each in last} | waiting.last_round.spared
    due = waiting_queries.due_cards(session, learner.id, day, deck_id)
    candidates = [*last, *(_candidate(card) for card in due if card.item_id not in asked)]
    if waiting.new:
        goal = waiting.urgent
        home = goal.deck_id if goal else deck_id
        fresh = waiting_queries.new_items(session, learner.id, day, home, unmet=goal is not None, apart=1)
        if not fresh:  # siblings of yesterday's facts come only where there is nothing else
            fresh = waiting_queries.new_items(session, learner.id, day, home, unmet=goal is not None)
        if goal and not fresh:  # what is left of it must not come beside what was answered today
            fresh = waiting_queries.new_items(session, learner.id, day, deck_id)
        candidates += [
            Candidate(item=row.item_id, fact=row.fact_id, topic=row.deck_id, position=place)
            for place, row in enumerate(fresh)
        ]
    met = waiting_queries.met_on(session, learner.id, day)
    today = Today(
        day=day,
        now=now,
        seen_facts=frozenset(row.fact_id for row in met),
        recent_topics=[row.deck_id for row in met[-2:]],
        new_left=waiting.new,
        due_left=waiting.backlog.due_left if waiting.backlog else None,
    )
    choice = next_card(candidates, today, learner.parameters.weights)
    return question(session, learner, choice.candidate.item, day) if choice is not None else None


def one_more(session: Session, learner: Learner, *, now: datetime, deck_id: int | None = None) -> int | None:
    """The next new item, for a learner who wants more than the day's share; None when all is met."""
    today = learner.today(now)
    for apart in (1, 0):
        if fresh := waiting_queries.new_items(session, learner.id, today, deck_id, apart=apart):
            return fresh[0].item_id
    return None


def question(session: Session, learner: Learner, item_id: int, today: int) -> Question | None:
    """This item as it would be asked now; None when it is not there to be asked."""
    row = queries.asked(session, learner.id, item_id)
    if row is None:
        return None
    state = row.state
    format_ = choose_format(formats_of(row.content, row.formats), state, _recall(learner, state, today), None)
    events = state.events if state is not None else row.logged
    return served_question(learner, row, format_, events)


def served_question(learner: Learner, row: AskedItem, format: Format, events: int) -> Question:
    """A question just as it was served: the same version, format and order of options."""
    review = review_id(learner.id, row.item_id, events)
    return Question(
        item_id=row.item_id,
        version_id=row.version_id,
        number=row.number,
        events=events,
        review=review,
        content=row.content,
        format=format,
        prompt=kind_of(row.content).prompt(row.content, format, review.hex),
        deck_title=row.deck_title,
        deck_slug=row.deck_slug,
    )


def formats_of(content: Content, formats: str) -> tuple[Format, ...]:
    """The formats a version may be asked in: its kind's, less those the author ruled out."""
    allowed = kind_of(content).formats(content)
    wished = set(filter(None, formats.split(",")))
    return tuple(format_ for format_ in allowed if format_ in wished) or allowed


def waiting(
    session: Session, learner: Learner, *, now: datetime, deck_id: int | None = None, more: bool = False
) -> Waiting:
    """What waits for a learner today, in all their decks or in one. more: beyond today's share, for who wants
    to go on."""
    today = learner.today(now)
    most = learner.new_per_day + 100
    rows = waiting_queries.waiting(session, learner.id, now, today, deck_id, most)
    row = rows[0]
    goals = tuple(today_of(learner, each.goal, today) for each in rows if each.goal is not None)
    last = last_round(session, learner, goals, today)
    studied = (row.new_items or 0) - (row.quizzed or 0)
    answered, limit = row.answers or 0, max(0, learner.new_per_day - studied)
    pace = (row.duration_ms or 0) / 1000 / answered if answered >= 5 else SECONDS_AN_ANSWER
    backlog = None if more else _backlog(row, today)
    due = row.due + last.more
    if backlog is not None:
        due, limit = due - backlog.later, min(limit, max(0, NEW_BESIDE_BACKLOG - (row.new_items or 0)))
    if more:
        limit = max(limit, MORE)
    new = max(min(limit, row.new), sum(goal.pace.left for goal in goals))
    return Waiting(
        due=due,
        backlog=backlog,
        new=new,
        held_back=max(0, row.new - new),
        answered=answered,
        right=row.right or 0,
        minutes=max(1, round((due + new) * max(pace, 4) / 60)),
        goals=goals,
        last_round=last,
    )


def _backlog(row: WaitingToday, today: int) -> Backlog | None:
    """What is due beyond one and a half times the learner's usual day waits for the coming days."""
    share = ceil(LARGEST_SHARE * max(row.usual or 0, LEAST_USUAL))
    given = (row.answers or 0) - (row.new_items or 0)
    reviews = row.due - row.missed
    if reviews <= max(0, share - given) or row.last_day is None:
        return None
    due_left = max(0, share - given)
    later = reviews - due_left
    # On the days to come the usual day falls due again; the rest of the share wears the backlog down.
    spare = share - share / LARGEST_SHARE
    return Backlog(
        due_left=due_left, later=later, away=today - row.last_day - 1, over_day=today + ceil(later / spare)
    )


def _candidate(card: DueCard) -> Candidate:
    return Candidate(
        item=card.item_id,
        fact=card.fact_id,
        topic=card.deck_id,
        stability=card.stability,
        fast=card.fast,
        difficulty=card.difficulty,
        last_day=card.last_day,
        due_day=card.due_day,
        learning=card.learning,
        last_at=card.last_at,
    )


def _recall(learner: Learner, state: CardState | None, today: int) -> float | None:
    if state is None:
        return None
    return learner.parameters.recall(state, today)
