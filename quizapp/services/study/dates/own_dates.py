"""Dates by which decks are to be known: set by a learner for themselves, or by a teacher for a class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import delete
from sqlalchemy.orm import Session

from quizapp.domain.errors import Invalid, Problem
from quizapp.domain.language.translation import _
from quizapp.domain.study.scheduling.goals import MOST_A_DAY, Pace, pace
from quizapp.domain.study.scheduling.outlook import Outlook, Plan, Start, outlook
from quizapp.services.study.dates.goals import STUDYING, GoalToday
from quizapp.services.study.learner import Learner
from quizapp.storage.study import goals as queries
from quizapp.storage.study.tables import Goal, GoalDeck

LONGEST_TITLE = 100
MOST_GOALS = 20
MOST_DECKS = 20
LAST_YEAR = 2100
TARGETS = (0.80, 0.85, 0.90, 0.95)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A date, what is to be known by it, and how well. deck_ids: decks that anyone who wishes may choose."""

    title: str
    deck_ids: tuple[int, ...]
    due_at: datetime
    target: float


def create(
    session: Session,
    wish: Wish,
    *,
    learner_id: int | None = None,
    classroom_id: int | None = None,
    now: datetime,
) -> Goal:
    """Set a date for a learner or for a class. Raises Invalid for what cannot be or is too much."""
    title = " ".join(wish.title.split())
    problems = _problems(wish, title, now)
    if not problems and len(queries.dates_of(session, learner_id, classroom_id, now)) >= MOST_GOALS:
        problems.append(
            Problem("title", _("You can have {most} dates. Remove one first.").format(most=MOST_GOALS))
        )
    if not problems:
        facts = queries.count_unmet(session, wish.deck_ids, learner_id)
        wanted = _pace(facts, now, wish.due_at)
        if not wanted.feasible:
            text = _(
                "That’s {share} new facts a day, and the most is {most}. Choose a later date or fewer decks."
            ).format(share=wanted.share, most=MOST_A_DAY)
            problems.append(Problem("date", text))
    if problems:
        raise Invalid(_("The date was not saved yet."), tuple(problems))
    made = Goal(
        learner_id=learner_id,
        classroom_id=classroom_id,
        title=title or _("Exam"),
        due_at=wish.due_at,
        target=wish.target,
        created_at=now,
    )
    session.add(made)
    session.flush()
    session.add_all(GoalDeck(goal_id=made.id, deck_id=deck_id) for deck_id in sorted(set(wish.deck_ids)))
    session.flush()
    return made


def remove(
    session: Session, goal_id: int, *, learner_id: int | None = None, classroom_id: int | None = None
) -> bool:
    """Take a date back; what was learnt for it stays. False where they have no such date."""
    whose = Goal.learner_id == learner_id if learner_id is not None else Goal.classroom_id == classroom_id
    done = session.execute(delete(Goal).where(Goal.id == goal_id, whose))
    return bool(done.rowcount)  # type: ignore[attr-defined]


def looking_ahead(
    session: Session, learner: Learner, goals: Sequence[GoalToday], today: int, target: float | None = None
) -> Outlook:
    """What is to be expected on the day of a date (its decks' goals), and what it takes from today on.
    target: another than the date's."""
    facts, recalled, answers = 0, 0.0, 0.0
    for goal in goals:
        plan = Plan(
            weights=learner.parameters.weights,
            today=today,
            last_day=max(goal.last_day, today),
            due_day=max(goal.due_day, today),
            share=goal.pace.share,
            target=goal.target if target is None else target,
            retention=learner.parameters.retention if target is None else target,
        )
        starts = _starts(session, learner, goal, today)
        unmet = goal.pace.facts - goal.pace.met
        found = outlook(plan, starts, unmet)
        count = len(starts) + unmet
        facts, recalled, answers = facts + count, recalled + found.recall * count, answers + found.answers
    return Outlook(recalled / facts if facts else 0.0, answers)


def _starts(session: Session, learner: Learner, goal: GoalToday, today: int) -> list[Start]:
    """Of each fact met the item that is remembered least: the first to be due."""
    first: dict[int, Start] = {}
    for card in queries.goal_cards(session, learner.id, goal.deck_id, today):  # the first due comes first
        memory = card.stability, card.fast, card.difficulty
        first.setdefault(card.fact_id, Start(memory, card.last_day, card.due_day))
    return list(first.values())


def _pace(facts: int, now: datetime, due_at: datetime) -> Pace:
    return pace(facts, 0, ceil((due_at - STUDYING - now) / timedelta(days=1)))


def _problems(wish: Wish, title: str, now: datetime) -> list[Problem]:
    problems = []
    if len(title) > LONGEST_TITLE or not title.isprintable():
        text = _("Choose a title of at most {longest} visible characters.").format(longest=LONGEST_TITLE)
        problems.append(Problem("title", text))
    if not 1 <= len(set(wish.deck_ids)) <= MOST_DECKS:
        problems.append(Problem("decks", _("Choose 1 to {most} decks.").format(most=MOST_DECKS)))
    if wish.due_at <= now:
        problems.append(Problem("date", _("Choose a date that is still to come.")))
    elif wish.due_at.year > LAST_YEAR:
        problems.append(Problem("date", _("Choose a date before {year}.").format(year=LAST_YEAR + 1)))
    if wish.target not in TARGETS:
        problems.append(Problem("target", _("Choose one of the levels offered.")))
    return problems
