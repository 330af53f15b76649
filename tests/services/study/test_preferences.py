"""A learner's settings: what they change, and that the plan follows a changed target."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.errors import Invalid
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.kinds.base import Chosen, Format, GaveUp
from quizapp.services.accounts.accounts import create_guest
from quizapp.services.study import answer_log, decks, next_question, preferences
from quizapp.services.study.learner import learner_of
from quizapp.services.study.preferences import Preferences, preferences_of, set_preferences, zones
from quizapp.services.study.rebuild import rebuild
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account
from quizapp.storage.study.tables import Card
from tests import factories
from tests.factories import SETTINGS

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SITE = Settings(new_per_day=10, desired_retention=0.90)


@pytest.fixture
def account(session, shipped_bank):
    account = create_guest(session, zone="UTC", now=NOW)
    decks.begin(session, account, now=NOW)
    return account


def study(session, account):
    """Weeks of answers: choices are right, all else is given up."""
    learner = learner_of(account, SITE)
    for day in range(0, 36, 3):
        for answered in range(6):
            at = NOW + timedelta(days=day, seconds=30 * answered)
            waiting = next_question.waiting(session, learner, now=at)
            asked = next_question.next_question(session, learner, waiting, now=at)
            if asked is None:
                break
            row = answer_log.open_item(session, learner, asked.item_id, asked.version_id, now=at)
            keys = kind_of(row.content).outline(row.content).keys
            chosen = asked.prompt.kind in {"single_choice", "true_false"}
            answer = answer_log.Answer(
                review=asked.review,
                item_id=asked.item_id,
                version_id=asked.version_id,
                format=asked.format,
                response=Chosen(keys) if chosen and asked.format is Format.CHOOSE else GaveUp(),
                at=at,
            )
            answer_log.record_answer(session, learner, row, answer)
    session.flush()


def test_without_own_settings_the_sites_hold(account):
    assert preferences_of(account, SITE) == Preferences(
        new_per_day=10, desired_retention=0.90, four_ratings=False, zone="UTC"
    )


def test_settings_are_kept_and_what_equals_the_site_follows_it(session, account):
    wanted = Preferences(new_per_day=3, desired_retention=0.90, four_ratings=True, zone="Asia/Harbin")
    assert not set_preferences(session, account, wanted, SITE, now=NOW)
    assert preferences_of(account, SITE) == wanted
    assert (account.new_per_day, account.desired_retention) == (3, None)
    set_preferences(session, account, replace(wanted, new_per_day=10), SITE, now=NOW)
    assert preferences_of(account, replace(SITE, new_per_day=7)).new_per_day == 7


def test_another_target_moves_due_days_and_leaves_the_log_and_its_fold_at_one(session, account):
    study(session, account)
    before = due_days(session, account)
    assert rebuild(session, SITE, only_check=True).different == 0
    wanted = replace(preferences_of(account, SITE), desired_retention=0.80)
    assert set_preferences(session, account, wanted, SITE, now=NOW)
    after = due_days(session, account)
    assert rebuild(session, SITE, only_check=True).different == 0
    assert any(after[item] > before[item] for item in before)
    assert all(after[item] >= before[item] for item in before)
    assert set_preferences(session, account, replace(wanted, desired_retention=0.90), SITE, now=NOW)
    assert rebuild(session, SITE, only_check=True).different == 0


def due_days(session, account):
    query = select(Card.item_id, Card.due_day).where(Card.learner_id == account.id)
    return {row.item_id: row.due_day for row in session.execute(query)}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("new_per_day", -1),
        ("new_per_day", 201),
        ("desired_retention", 0.79),
        ("desired_retention", 0.96),
        ("zone", "Mars/Olympus"),
        ("zone", ""),
    ],
)
def test_what_cannot_be_is_refused_by_its_field_and_nothing_changes(session, account, field, value):
    before = preferences_of(account, SITE)
    with pytest.raises(Invalid) as refused:
        set_preferences(session, account, replace(before, four_ratings=True, **{field: value}), SITE, now=NOW)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert preferences_of(account, SITE) == before


def test_zones_are_places_and_utc():
    assert zones()[0] == "UTC"
    assert "Europe/Madrid" in zones()
    assert not any(zone.startswith("Etc/") for zone in zones())


def test_a_preview_says_what_another_target_would_do_and_changes_nothing(session: Session) -> None:
    account = factories.add_account(session)
    learner = learner_of(account, SETTINGS)
    items = factories.studied_deck(session, learner, [factories.flip(number) for number in range(6)])
    for days, item in zip((40, 30, 6, 5, 1), items, strict=False):
        factories.answer(session, learner, item, at=NOW - timedelta(days=days))
    before, wanted = factories.everything(session, learner), preferences_of(account, SETTINGS)
    same = preferences.preview(session, account, wanted, SETTINGS, now=NOW)
    assert (same.cards, same.moved, same.today) == (5, 0, 0)
    assert same.before == same.after
    high = preferences.preview(session, account, replace(wanted, desired_retention=0.95), SETTINGS, now=NOW)
    assert high.moved == 5
    assert high.today >= 1
    assert high.after > high.before
    wrong = preferences.preview(session, account, replace(wanted, desired_retention=7.0), SETTINGS, now=NOW)
    assert wrong == same
    assert factories.everything(session, learner) == before


def test_days_follow_another_zone_when_the_learner_says_so(session: Session) -> None:
    account = factories.add_account(session)
    assert preferences.follow_zone(session, account, "Asia/Tokyo")
    assert account.zone == "Asia/Tokyo"
    for zone in ("Asia/Tokyo", "", "Nowhere/Else"):
        assert not preferences.follow_zone(session, account, zone)
    assert account.zone == "Asia/Tokyo"


def test_an_easy_day_gets_about_half_as_many_reviews(session: Session, account: Account) -> None:
    wanted = replace(preferences_of(account, SITE), new_per_day=200, easy_days=frozenset({5, 6}))
    set_preferences(session, account, wanted, SITE, now=NOW)
    learner = learner_of(account, SITE)
    items = factories.studied_deck(session, learner, [factories.flip(number) for number in range(140)])
    for number, item in enumerate(items):
        factories.answer(session, learner, item, at=NOW + timedelta(days=number % 7))
    days = [0] * 7
    for due in session.scalars(select(Card.due_day)):
        days[(due - 1) % 7] += 1
    easy, other = sum(days[5:]) / 2, sum(days[:5]) / 5
    assert 0.3 * other < easy < 0.7 * other
    assert rebuild(session, SITE, only_check=True).different == 0


def test_easy_days_are_days_of_the_week(session: Session, account: Account) -> None:
    before = preferences_of(account, SITE)
    with pytest.raises(Invalid):
        set_preferences(session, account, replace(before, easy_days=frozenset({7})), SITE, now=NOW)
    assert preferences_of(account, SITE) == before
