"""Building the page of a learner's dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from quizapp.domain.classes.wording import clock_words, relative_words
from quizapp.domain.language.text import percent
from quizapp.domain.language.translation import _, ngettext
from quizapp.services.study.dates import goals as service
from quizapp.services.study.dates.goals import GoalToday
from quizapp.services.study.dates.own_dates import TARGETS, looking_ahead
from quizapp.services.study.learner import Learner
from quizapp.services.study.next_question import Waiting
from quizapp.storage.study.goals import SetDate
from quizapp.web.frame.parts.pace import pace_words, together
from quizapp.web.study.goals.pages import DateLine, TradeRow


def date_lines(
    session: Session, learner: Learner, waiting: Waiting, own: Sequence[SetDate], *, now: datetime
) -> tuple[DateLine, ...]:
    """The dates that hold for a learner, the next first: their own, and those of their classes."""
    mine = {row.id for row in own}
    names = {row.deck_id: (row.deck_title, row.deck_slug) for row in own}
    lines = []
    for key, group in groupby(waiting.goals, key=lambda goal: (goal.goal_id, goal.assignment_id)):
        lines.append(_line(session, learner, list(group), key[0] if key[0] in mine else None, names, now))
    return tuple(lines)


def class_lines(rows: Sequence[SetDate], zone: ZoneInfo, now: datetime) -> tuple[DateLine, ...]:
    """The dates of a class."""
    lines = []
    for id_, group in groupby(rows, key=lambda row: row.id):
        decks = list(group)
        lines.append(
            DateLine(
                id=id_,
                name=decks[0].title,
                when=_when(decks[0].due_at, zone, now),
                decks=", ".join(row.deck_title for row in decks),
                deck_slug="",
                expected=percent(decks[0].target),
            )
        )
    return tuple(lines)


def _line(
    session: Session,
    learner: Learner,
    goals: list[GoalToday],
    own_id: int | None,
    names: dict[int, tuple[str, str]],
    now: datetime,
) -> DateLine:
    today, first = learner.today(now), goals[0]
    known = [names[goal.deck_id] for goal in goals if goal.deck_id in names]
    secured = service.secured(session, learner, goals, today)
    plan = looking_ahead(session, learner, goals, today)
    return DateLine(
        id=own_id,
        name=first.title,
        when=_when(first.due_at, learner.zone, now),
        decks=", ".join(title for title, _slug in known),
        deck_slug=known[0][1] if len(known) == 1 else "",
        pace=pace_words(together(goals)),
        secured=secured.known,
        facts=secured.facts,
        expected=percent(plan.recall),
        trade=_trade(session, learner, goals, today),
    )


def _trade(session: Session, learner: Learner, goals: list[GoalToday], today: int) -> tuple[TradeRow, ...]:
    days = max(1, goals[0].last_day - today + 1)
    rows = []
    for target in TARGETS:
        found = looking_ahead(session, learner, goals, today, target)
        minutes = max(1, round(found.answers * service.SECONDS_AN_ANSWER / 60 / days))
        words = ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)
        rows.append(TradeRow(percent(target), words, percent(found.recall)))
    return tuple(rows)


def _when(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    return _("{clock}, {relative}").format(clock=clock_words(at, zone, now), relative=relative_words(at, now))
