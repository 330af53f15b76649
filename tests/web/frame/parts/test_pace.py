"""What a learner reads about a date by which they are to know a deck."""

from __future__ import annotations

from datetime import timedelta

from quizapp.domain.study.scheduling.goals import pace
from quizapp.services.study.dates.goals import GoalToday
from quizapp.web.frame.parts.pace import pace_lines, pace_words
from tests.factories import NOW


def goal(unmet: int, met: int, days: int, assignment: int = 1) -> GoalToday:
    return GoalToday(
        assignment_id=assignment,
        goal_id=None,
        due_at=NOW + timedelta(days=days),
        title="Rivers",
        deck_id=1,
        target=0.9,
        last_day=days,
        due_day=days,
        pace=pace(unmet, met, days),
    )


def test_it_says_how_many_are_new_a_day_and_how_many_of_them_are_done() -> None:
    assert pace_words(goal(36, 10, 3)) == "46 new facts in 3 days: 16 new a day, today 10 of 16."


def test_more_than_the_share_is_the_share() -> None:
    assert pace_words(goal(0, 1, 1)) == "1 new fact in 1 day: 1 new a day, today 1 of 1."
    assert "today 16 of 16" in pace_words(goal(26, 20, 3))


def test_it_says_what_cannot_be_done() -> None:
    assert "more than most people can learn in a day" in pace_words(goal(61, 0, 1))


def test_only_goals_with_something_new_have_a_line() -> None:
    assert pace_lines([goal(0, 0, 3), goal(3, 0, 3, assignment=2)]) == (
        "Rivers: 3 new facts in 3 days: 1 new a day, today 0 of 1.",
    )
