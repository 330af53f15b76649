"""A learner's limits: their own where set, else the site's."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from quizapp.services.study.learner import learner_of
from quizapp.settings import Settings
from tests import factories

SITE = Settings(new_per_day=7, desired_retention=0.85, maximum_interval=100)


def test_a_learner_without_wishes_gets_the_sites(session: Session) -> None:
    account = factories.add_account(session)
    learner = learner_of(account, SITE)
    assert (learner.id, learner.new_per_day, learner.four_ratings) == (account.id, 7, False)
    assert (learner.parameters.retention, learner.parameters.maximum) == (0.85, 100)


@pytest.mark.parametrize("new_per_day", [0, 30])
def test_a_learners_own_wishes_come_first(session: Session, new_per_day: int) -> None:
    account = factories.add_account(
        session, new_per_day=new_per_day, desired_retention=0.95, four_ratings=True
    )
    learner = learner_of(account, SITE)
    assert (learner.new_per_day, learner.parameters.retention, learner.four_ratings) == (
        new_per_day,
        0.95,
        True,
    )


@pytest.mark.parametrize(
    ("zone", "day"), [("UTC", 1), ("Asia/Tokyo", 2), ("America/New_York", 1), ("Europe/Moscow", 2)]
)
def test_the_study_day_is_the_learners_own(session: Session, zone: str, day: int) -> None:
    learner = learner_of(factories.add_account(session, zone=zone), SITE)
    assert learner.today(datetime(2026, 3, 2, 2, 0, tzinfo=UTC)) == date(2026, 3, day).toordinal()
