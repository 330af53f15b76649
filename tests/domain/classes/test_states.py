"""How an assignment stands: each state, at its edges."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.classes.attempts import Attempted
from quizapp.domain.classes.progress import Progress
from quizapp.domain.classes.states import OVER, Status, quiz_status, status, study_status
from quizapp.domain.classes.terms import LateRule, Terms

OPENS = datetime(2026, 3, 2, 8, tzinfo=UTC)
DUE = datetime(2026, 3, 6, 12, tzinfo=UTC)
INSTANT, DAY = timedelta(microseconds=1), timedelta(days=1)
CLOSED = Terms(opens_at=OPENS, due_at=DUE)
LATE = Terms(opens_at=OPENS, due_at=DUE, late_rule=LateRule.LATE, last_at=DUE + DAY)


@pytest.mark.parametrize(
    ("terms", "now", "begun", "expected"),
    [
        (CLOSED, OPENS - INSTANT, False, Status.NOT_OPEN),
        (CLOSED, OPENS, False, Status.OPEN),
        (CLOSED, DUE - DAY - INSTANT, True, Status.OPEN),
        (CLOSED, DUE - DAY, False, Status.DUE_SOON),
        (CLOSED, DUE, True, Status.DUE_SOON),
        (CLOSED, DUE + INSTANT, True, Status.CLOSED),
        (CLOSED, DUE + INSTANT, False, Status.MISSED),
        (LATE, DUE + INSTANT, False, Status.OVERDUE),
        (LATE, DUE + DAY, True, Status.OVERDUE),
        (LATE, DUE + DAY + INSTANT, True, Status.CLOSED),
    ],
)
def test_what_is_not_done_stands_by_the_clock(
    terms: Terms, now: datetime, begun: bool, expected: Status
) -> None:
    assert status(terms, now, begun=begun, done=False, late=False) is expected


@given(st.datetimes(datetime(2026, 3, 1), datetime(2026, 3, 9), timezones=st.just(UTC)), st.booleans())  # noqa: DTZ001 hypothesis asks for naive bounds
def test_what_is_done_stays_done(now: datetime, late: bool) -> None:
    found = status(LATE, now, begun=True, done=True, late=late)
    assert found is (Status.LATE if late else Status.DONE)
    assert found in OVER


def attempt(points: float, *, last: datetime, finished: bool) -> Attempted:
    return Attempted(points, 4, 4, OPENS, last, last if finished else None, 4)


def test_a_quiz_is_done_with_its_first_finished_attempt() -> None:
    open_one, done = attempt(4, last=DUE, finished=False), attempt(2, last=DUE, finished=True)
    assert quiz_status(CLOSED, [], OPENS) == (Status.OPEN, None)
    assert quiz_status(CLOSED, [open_one], OPENS) == (Status.OPEN, None)
    assert quiz_status(CLOSED, [open_one, done], DUE) == (Status.DONE, done)
    late = attempt(2, last=DUE + INSTANT, finished=True)
    assert quiz_status(LATE, [late], DUE + DAY) == (Status.LATE, late)
    assert quiz_status(LATE, [done, late], DUE + DAY) == (Status.DONE, done)


def test_a_quiz_that_was_not_finished_counts_when_it_is_over() -> None:
    open_one, done = attempt(4, last=DUE, finished=False), attempt(2, last=DUE, finished=True)
    assert quiz_status(CLOSED, [open_one], DUE + INSTANT) == (Status.CLOSED, open_one)
    assert quiz_status(CLOSED, [open_one, done], DUE + INSTANT) == (Status.DONE, open_one)
    assert quiz_status(CLOSED, [], DUE + INSTANT) == (Status.MISSED, None)


def test_a_deck_is_done_when_all_of_it_will_be_known() -> None:
    none, some, every = Progress(0, 0, 4), Progress(3, 4, 4), Progress(4, 4, 4)
    assert study_status(CLOSED, none, none, OPENS) is Status.OPEN
    assert study_status(CLOSED, every, every, DUE + DAY) is Status.DONE
    assert study_status(CLOSED, some, some, DUE + DAY) is Status.CLOSED
    assert study_status(CLOSED, none, none, DUE + DAY) is Status.MISSED
    assert study_status(LATE, some, every, DUE + DAY) is Status.LATE
    assert study_status(LATE, some, some, DUE + DAY) is Status.OVERDUE
