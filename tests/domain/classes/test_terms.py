"""Terms: the due moment itself still counts, late is late, extensions only lengthen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.classes.terms import LateRule, Terms, shown_from

OPENS = datetime(2026, 3, 2, 8, tzinfo=UTC)
DUE = datetime(2026, 3, 6, 12, tzinfo=UTC)
INSTANT, HOUR, DAY = timedelta(microseconds=1), timedelta(hours=1), timedelta(days=1)
CLOSED = Terms(opens_at=OPENS, due_at=DUE)
FOR_EVER = Terms(opens_at=OPENS, due_at=DUE, late_rule=LateRule.LATE)
A_DAY_MORE = Terms(opens_at=OPENS, due_at=DUE, late_rule=LateRule.LATE, last_at=DUE + DAY)


@pytest.mark.parametrize(
    ("terms", "at", "takes", "late"),
    [
        (CLOSED, OPENS - INSTANT, False, False),
        (CLOSED, OPENS, True, False),
        (CLOSED, DUE, True, False),
        (CLOSED, DUE + INSTANT, False, True),
        (FOR_EVER, DUE, True, False),
        (FOR_EVER, DUE + INSTANT, True, True),
        (FOR_EVER, DUE + 900 * DAY, True, True),
        (A_DAY_MORE, DUE + DAY, True, True),
        (A_DAY_MORE, DUE + DAY + INSTANT, False, True),
    ],
)
def test_what_is_taken_and_what_is_late(terms: Terms, at: datetime, takes: bool, late: bool) -> None:
    assert terms.takes(at) is takes
    assert terms.is_late(at) is late
    assert terms.has_closed(at) is (at > OPENS and not takes)


def test_without_a_last_moment_late_answers_are_taken_for_ever() -> None:
    assert FOR_EVER.closes_at is None
    assert A_DAY_MORE.closes_at == DUE + DAY
    assert CLOSED.closes_at == DUE


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 hypothesis asks for naive bounds
TERMS = st.builds(
    Terms,
    opens_at=MOMENTS,
    due_at=MOMENTS,
    late_rule=st.sampled_from(LateRule),
    last_at=st.none() | MOMENTS,
)


@given(TERMS, st.none() | MOMENTS, MOMENTS)
def test_an_extension_takes_nothing_away(terms: Terms, extension: datetime | None, at: datetime) -> None:
    extended = terms.extended(extension)
    assert extended.takes(at) or not terms.takes(at)
    assert terms.is_late(at) or not extended.is_late(at)
    if extension is not None and terms.opens_at <= at <= extension:
        assert extended.takes(at)
        assert not extended.is_late(at)


@given(TERMS, st.lists(MOMENTS, max_size=3), MOMENTS)
def test_answers_are_shown_when_no_one_can_answer_any_more(
    terms: Terms, extensions: list[datetime], at: datetime
) -> None:
    shown = shown_from(terms, extensions)
    everybody = [terms, *map(terms.extended, extensions)]
    if at > shown:
        assert all(each.is_late(at) for each in everybody)
        assert terms.closes_at is None or not any(each.takes(at) for each in everybody)


def test_answers_of_a_quiz_taken_late_for_ever_are_shown_after_the_last_due_moment() -> None:
    assert shown_from(FOR_EVER, []) == DUE
    assert shown_from(FOR_EVER, [DUE + HOUR, DUE - HOUR]) == DUE + HOUR
    assert shown_from(A_DAY_MORE, [DUE + HOUR]) == DUE + DAY


def test_without_a_due_moment_of_their_own_the_terms_are_everyones() -> None:
    assert CLOSED.extended(None) == CLOSED
    assert CLOSED.extended(DUE - DAY) == CLOSED
    assert CLOSED.extended(DUE + DAY).due_at == DUE + DAY
