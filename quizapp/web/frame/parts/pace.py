"""What a learner reads about a date by which they are to know a deck: how much of it is today's."""

from __future__ import annotations

from collections.abc import Sequence

from quizapp.domain.language.translation import _, ngettext
from quizapp.services.study.goals import GoalToday


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


def pace_lines(goals: Sequence[GoalToday]) -> tuple[str, ...]:
    """A line for each goal with something new in it today, with its title."""
    return tuple(f"{goal.title}: {words}" for goal in goals if (words := pace_words(goal)))
