"""What a learner reads about a date by which they are to know a deck: how much of it is today's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from quizapp.domain.language.translation import _, ngettext
from quizapp.domain.study.scheduling.goals import Pace
from quizapp.services.study.dates.goals import GoalToday
from quizapp.services.study.next_question import Backlog
from quizapp.web.frame.page import counted

AWAY = 3  # days, from which someone is welcomed back


def pace_words(goal: GoalToday) -> str:
    """ "46 facts in 3 days: 16 new a day, today 10 of 16." """
    pace = goal.pace
    if not pace.facts:
        return ""
    facts = ngettext("{count} new fact", "{count} new facts", pace.facts).format(count=pace.facts)
    days = ngettext("{count} day", "{count} days", pace.days).format(count=pace.days)
    said = _("{facts} in {days}: {share} new a day, today {met} of {share}.").format(
        facts=facts, days=days, share=pace.share, met=min(pace.met, pace.share)
    )
    if pace.feasible:
        return said
    return said + " " + _("That’s more than most people can learn in a day. Ask your teacher for more time.")


def together(goals: Sequence[GoalToday]) -> GoalToday:
    """The goals of one date, which has one for each of its decks, as one."""
    first, paces = goals[0], [goal.pace for goal in goals]
    facts, met, share = (sum(getattr(pace, name) for pace in paces) for name in ("facts", "met", "share"))
    return replace(first, pace=Pace(facts, met, first.pace.days, share))


def pace_lines(goals: Sequence[GoalToday]) -> tuple[str, ...]:
    """A line for each date with something new for it today, with its title."""
    dates = groupby(goals, key=lambda goal: (goal.due_at, goal.assignment_id, goal.goal_id))
    found = [together(list(group)) for _date, group in dates]
    return tuple(f"{goal.title}: {words}" for goal in found if (words := pace_words(goal)))


def backlog_words(backlog: Backlog | None) -> str:
    """Kind words on what a day leaves for the coming ones, and until when; "" without a backlog."""
    if backlog is None:
        return ""
    over = date.fromordinal(backlog.over_day)
    words = ngettext(
        "{count} more waits for the days to come: with each day’s share you’re caught up by {day}.",
        "{count} more wait for the days to come: with each day’s share you’re caught up by {day}.",
        backlog.later,
    ).format(count=counted(backlog.later), day=f"{over:%a} {over.day} {over:%B}")
    if backlog.away < AWAY:
        return words
    return _("Good to have you back after {days} days.").format(days=backlog.away) + " " + words
