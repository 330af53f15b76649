"""Which backups are kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.site.backup_rules import Rules

NIGHT = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)  # a Sunday
YEAR = [NIGHT + timedelta(days=day) for day in range(-364, 1)]


def days(rules: Rules, made: list[datetime]) -> list[str]:
    return [f"{moment:%m-%d}" for moment in sorted(rules.kept(made))]


def test_the_newest_of_each_of_the_last_days_is_kept() -> None:
    twice = [*YEAR, NIGHT + timedelta(hours=3)]
    assert Rules(daily=2, weekly=0, monthly=0).kept(twice) == {
        NIGHT + timedelta(hours=3),
        NIGHT - timedelta(days=1),
    }


def test_the_newest_of_each_week_and_month_is_kept() -> None:
    assert days(Rules(daily=0, weekly=3, monthly=0), YEAR) == ["02-15", "02-22", "03-01"]
    assert days(Rules(daily=0, weekly=0, monthly=3), YEAR) == ["01-31", "02-28", "03-01"]


def test_by_the_defaults_nothing_older_than_thirty_days_stays_where_one_is_made_a_day() -> None:
    for last in range(365):
        kept = Rules(daily=7, weekly=4, monthly=0).kept(YEAR[: last + 1])
        assert max(kept) - min(kept) < timedelta(days=30)


def test_a_clock_that_is_a_year_ahead_for_a_day_lets_none_go_that_it_should_not() -> None:
    rules = Rules(daily=7, weekly=4, monthly=0)
    before = rules.kept(YEAR)
    after = rules.kept([*YEAR, NIGHT + timedelta(days=365)])
    assert len(before - after) <= 2, "one day and one week made room for the new one"


@pytest.mark.parametrize("rules", [Rules(daily=0, weekly=0, monthly=0), Rules(daily=0, weekly=1, monthly=0)])
def test_with_all_rules_at_nought_none_is_wanted(rules: Rules) -> None:
    assert rules.any == bool(rules.weekly)
    assert len(rules.kept(YEAR)) == rules.weekly


@given(st.sets(st.datetimes(timezones=st.just(UTC)), max_size=40), *[st.integers(0, 5)] * 3)
def test_the_newest_is_always_kept_and_keeping_again_changes_nothing(
    made: set[datetime], daily: int, weekly: int, monthly: int
) -> None:
    rules = Rules(daily=daily, weekly=weekly, monthly=monthly)
    kept = rules.kept(made)
    assert kept <= made
    assert len(kept) <= daily + weekly + monthly
    assert rules.kept(kept) == kept
    if made and rules.any:
        assert max(made) in kept
