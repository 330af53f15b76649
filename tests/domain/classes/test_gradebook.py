"""Which of several attempts a gradebook counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from quizapp.domain.classes.attempts import Attempted
from quizapp.domain.classes.gradebook import Rule, mark

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DUE = NOW + timedelta(days=1)


def attempt(points: float, *, begun: int = 0, answered: int = 4, finished: bool = True) -> Attempted:
    """One with four questions, begun this many hours from NOW."""
    begun_at = NOW + timedelta(hours=begun)
    ended = begun_at + timedelta(minutes=10)
    return Attempted(
        points=points,
        questions=4,
        answered=answered,
        begun_at=begun_at,
        last_at=ended if answered else None,
        finished_at=ended if finished else None,
        possible=4,
    )


@pytest.mark.parametrize(("rule", "share"), [(Rule.BEST, 1.0), (Rule.LAST, 0.25), (Rule.MEAN, 0.5)])
def test_each_rule_counts_what_it_is_called_after(rule: Rule, share: float) -> None:
    attempts = [attempt(1, begun=0), attempt(1, begun=9), attempt(4, begun=5)]
    assert mark(rule, attempts, DUE, closed=False) == share


@pytest.mark.parametrize("rule", Rule)
def test_without_a_finished_attempt_there_is_no_mark_yet(rule: Rule) -> None:
    assert mark(rule, [], DUE, closed=True) is None
    assert mark(rule, [attempt(4, finished=False)], DUE, closed=False) is None


@pytest.mark.parametrize("rule", Rule)
def test_what_was_answered_counts_once_the_assignment_is_over(rule: Rule) -> None:
    assert mark(rule, [attempt(2, answered=2, finished=False)], DUE, closed=True) == 0.5
    assert mark(rule, [attempt(0, answered=0, finished=False)], DUE, closed=True) is None


def test_an_open_attempt_does_not_lower_the_mean() -> None:
    attempts = [attempt(3), attempt(0, begun=2, answered=0, finished=False)]
    assert mark(Rule.MEAN, attempts, DUE, closed=True) == 0.75
