"""Attempts: how many, and which one counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.classes.attempts import Attempted, counting, is_late, may_begin

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
DUE = NOW + 10 * HOUR


def attempt(
    points: float = 1, *, begun: int = 0, last: int | None = 1, finished: int | None = 2, **more: Any
) -> Attempted:
    """Hours from NOW."""
    return Attempted(
        points=points,
        questions=more.get("questions", 4),
        answered=more.get("answered", 0 if last is None else 4),
        begun_at=NOW + begun * HOUR,
        last_at=None if last is None else NOW + last * HOUR,
        finished_at=None if finished is None else NOW + finished * HOUR,
        possible=more.get("questions", 4),
    )


def test_another_attempt_begins_when_none_is_open_and_some_are_left() -> None:
    assert may_begin([], 1)
    assert not may_begin([attempt()], 1)
    assert may_begin([attempt()], 2)
    assert may_begin([attempt()] * 50, None)
    assert not may_begin([attempt(finished=None)], None)


def test_the_best_attempt_counts() -> None:
    worst, best = attempt(1), attempt(3, begun=4)
    assert counting([worst, best], DUE, closed=False) is best
    assert counting([], DUE, closed=True) is None


def test_of_equals_the_one_in_time_counts_and_of_those_the_first() -> None:
    late, first, second = attempt(3, last=11), attempt(3, begun=4), attempt(3, begun=5)
    assert counting([late, second, first], DUE, closed=False) is first
    assert counting([late, attempt(2)], DUE, closed=False) is late


def test_what_was_not_finished_counts_once_all_is_over() -> None:
    unfinished = attempt(4, finished=None)
    assert counting([unfinished], DUE, closed=False) is None
    assert counting([unfinished], DUE, closed=True) is unfinished
    assert counting([attempt(0, last=None, finished=None)], DUE, closed=True) is None


def test_an_attempt_is_late_by_its_answers_not_by_when_it_was_finished() -> None:
    assert not is_late(attempt(last=10, finished=11), DUE)
    assert is_late(attempt(last=11, finished=11), DUE)
    assert not is_late(attempt(last=None, finished=11), DUE)


def test_figures_of_an_attempt() -> None:
    assert attempt(3).share == 0.75
    assert attempt(0, questions=0).share == 0
    assert attempt(begun=1, last=None, finished=None).active_at == NOW + HOUR
    assert attempt(begun=1, last=3, finished=2).active_at == NOW + 3 * HOUR


@given(
    st.lists(
        st.builds(
            attempt,
            st.integers(0, 4),
            begun=st.integers(0, 9),
            last=st.none() | st.integers(0, 20),
            finished=st.none() | st.integers(0, 20),
        ),
        max_size=5,
    ).flatmap(lambda found: st.tuples(st.just(found), st.permutations(found)))
)
def test_which_counts_does_not_hang_on_the_order(both: tuple[list[Attempted], list[Attempted]]) -> None:
    one, other = (counting(each, DUE, closed=True) for each in both)
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert (one.share, is_late(one, DUE), one.begun_at) == (
            other.share,
            is_late(other, DUE),
            other.begun_at,
        )
        assert all(one.share >= each.share for each in both[0] if each.finished_at)
