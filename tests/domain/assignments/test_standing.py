"""How an assignment stands: each state, at its edges."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.assignments.standing import OVER, Standing, standing
from quizapp.domain.assignments.terms import LateRule, Terms

OPENS = datetime(2026, 3, 2, 8, tzinfo=UTC)
DUE = datetime(2026, 3, 6, 12, tzinfo=UTC)
INSTANT, DAY = timedelta(microseconds=1), timedelta(days=1)
CLOSED = Terms(opens_at=OPENS, due_at=DUE)
LATE = Terms(opens_at=OPENS, due_at=DUE, late_rule=LateRule.LATE, last_at=DUE + DAY)


@pytest.mark.parametrize(
    ("terms", "now", "begun", "expected"),
    [
        (CLOSED, OPENS - INSTANT, False, Standing.NOT_OPEN),
        (CLOSED, OPENS, False, Standing.OPEN),
        (CLOSED, DUE - DAY - INSTANT, True, Standing.OPEN),
        (CLOSED, DUE - DAY, False, Standing.DUE_SOON),
        (CLOSED, DUE, True, Standing.DUE_SOON),
        (CLOSED, DUE + INSTANT, True, Standing.CLOSED),
        (CLOSED, DUE + INSTANT, False, Standing.MISSED),
        (LATE, DUE + INSTANT, False, Standing.OVERDUE),
        (LATE, DUE + DAY, True, Standing.OVERDUE),
        (LATE, DUE + DAY + INSTANT, True, Standing.CLOSED),
    ],
)
def test_what_is_not_done_stands_by_the_clock(
    terms: Terms, now: datetime, begun: bool, expected: Standing
) -> None:
    assert standing(terms, now, begun=begun, done=False, late=False) is expected


@given(st.datetimes(datetime(2026, 3, 1), datetime(2026, 3, 9), timezones=st.just(UTC)), st.booleans())  # noqa: DTZ001 hypothesis asks for naive bounds
def test_what_is_done_stays_done(now: datetime, late: bool) -> None:
    found = standing(LATE, now, begun=True, done=True, late=late)
    assert found is (Standing.LATE if late else Standing.DONE)
    assert found in OVER
