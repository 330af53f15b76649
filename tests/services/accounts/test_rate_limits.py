"""Counts of what is done from one place, by the minute."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from quizapp.domain.accounts.budgets import Budget
from quizapp.services.accounts import rate_limits
from tests.factories import NOW

MINUTE = timedelta(minutes=1)


def test_a_budget_lasts_for_its_minutes_and_for_one_place(session: Session) -> None:
    budget = Budget(most=2, minutes=3)
    assert [rate_limits.spend(session, "a", budget, now=NOW) for _ in range(3)] == [True, True, False]
    assert rate_limits.spend(session, "b", budget, now=NOW)
    assert not rate_limits.spend(session, "a", budget, now=NOW + 2 * MINUTE)
    assert rate_limits.spend(session, "a", budget, now=NOW + 3 * MINUTE)


def test_who_spends_at_once_spends_no_more_than_there_is(engine: Engine) -> None:
    def spend(_number: int) -> bool:
        with Session(engine) as own, own.begin():
            return rate_limits.spend(own, "a", Budget(most=5, minutes=10), now=NOW)

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(spend, range(12))) == 5
