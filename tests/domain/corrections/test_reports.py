"""Reasons in words, and how often one may report."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from quizapp.domain.corrections.reports import HOUR, MOST_AN_HOUR, Outcome, Reason, too_often
from quizapp.storage.corrections.tables import OUTCOMES, REASONS

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_every_reason_has_words_of_its_own() -> None:
    assert len({reason.words for reason in Reason}) == len(Reason)


def test_the_database_knows_the_same_reasons_and_outcomes() -> None:
    assert tuple(Reason) == REASONS
    assert tuple(Outcome) == OUTCOMES


@pytest.mark.parametrize(("reports", "wait"), [(0, False), (MOST_AN_HOUR - 1, False), (MOST_AN_HOUR, True)])
def test_after_so_many_in_an_hour_one_waits(reports: int, wait: bool) -> None:
    assert too_often([NOW - HOUR + timedelta(seconds=1)] * reports, NOW) is wait


def test_what_was_reported_an_hour_ago_counts_no_longer() -> None:
    assert not too_often([NOW - HOUR] * 50, NOW)
