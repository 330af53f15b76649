"""What a learner may set for themselves: pace, target recall, ratings, time zone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import available_timezones

from sqlalchemy import update
from sqlalchemy.orm import Session

from quizapp.domain.errors import Invalid, Problem
from quizapp.domain.language.translation import _
from quizapp.domain.study.scheduling.interval import interval
from quizapp.domain.study.scheduling.parameters import LEAST_RETENTION, MOST_RETENTION
from quizapp.services.study.learner import Learner, learner_of
from quizapp.services.study.rebuild import replan
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account
from quizapp.storage.study.decks import targets
from quizapp.storage.study.progress import Schedule, schedules
from quizapp.storage.study.tables import StudyDeck
from quizapp.storage.upserts import lock_learner

MOST_NEW_PER_DAY = 200
WEEKDAYS = frozenset(range(7))
ONE_TAP = ("touch", "always", "never")


@dataclass(frozen=True, kw_only=True)
class Preferences:
    """A learner's own settings. desired_retention: 0.80 to 0.95; zone: an IANA name; one_tap: of
    `ONE_TAP`; week_goal: days a week, 0 for no aim; easy_days: weekdays (0 Monday … 6 Sunday)."""

    new_per_day: int
    desired_retention: float
    four_ratings: bool
    zone: str
    one_tap: str = "touch"
    week_goal: int = 0
    easy_days: frozenset[int] = frozenset()


def preferences_of(account: Account, settings: Settings) -> Preferences:
    """What holds for an account now: its own settings, or the site's where it has none."""
    learner = learner_of(account, settings)
    return Preferences(
        new_per_day=learner.new_per_day,
        desired_retention=learner.parameters.retention,
        four_ratings=learner.four_ratings,
        zone=account.zone,
        one_tap=account.one_tap,
        week_goal=account.week_goal,
        easy_days=learner.easy_days,
    )


def set_preferences(
    session: Session, account: Account, wanted: Preferences, settings: Settings, *, now: datetime
) -> bool:
    """Store what a learner wants; raises Invalid, with nothing changed, naming each field that is wrong.

    What equals the site's setting goes on following it. Another target recall moves due days, so
    the learner's cards are folded again from their log, and what that brings forward to today is spread over
    a week: True if they were.
    """
    problems = tuple(_problems(wanted))
    if problems:
        raise Invalid(_("The settings haven’t been saved yet."), problems)
    lock_learner(session, account.id)
    before = learner_of(account, settings).parameters.retention
    account.new_per_day = None if wanted.new_per_day == settings.new_per_day else wanted.new_per_day
    own_target = wanted.desired_retention != settings.desired_retention
    account.desired_retention = wanted.desired_retention if own_target else None
    account.four_ratings = wanted.four_ratings
    account.zone, account.one_tap, account.week_goal = wanted.zone, wanted.one_tap, wanted.week_goal
    account.easy_days = "".join(map(str, sorted(wanted.easy_days)))
    session.flush()
    if wanted.desired_retention == before:
        return False
    replan(session, account, settings, now=now)
    return True


def set_target(
    session: Session,
    account: Account,
    deck_id: int,
    target: float | None,
    settings: Settings,
    *,
    now: datetime,
) -> bool:
    """Set the recall that a learner wants of a deck that they study; None: as for all their decks. What that
    brings forward to today is spread over a week. True if it changed. Raises Invalid outside 0.80 to 0.95."""
    if target is not None and not LEAST_RETENTION <= target <= MOST_RETENTION:
        problem = Problem("target", _("Choose a value from 80 % to 95 %."))
        raise Invalid(_("The target hasn’t been saved yet."), (problem,))
    lock_learner(session, account.id)
    mine = StudyDeck.learner_id == account.id, StudyDeck.deck_id == deck_id
    other = StudyDeck.target.is_distinct_from(target)
    changed = session.execute(update(StudyDeck).where(*mine, other).values(target=target))
    if changed.rowcount:  # type: ignore[attr-defined]
        replan(session, account, settings, now=now)
    return bool(changed.rowcount)  # type: ignore[attr-defined]


class Preview(NamedTuple):
    """What another target recall would do. moved: cards that come on another day, of so many; today: those of
    them that would be due today and are not yet; before, after: answers a day that the cards come to."""

    cards: int
    moved: int
    today: int
    before: float
    after: float


def preview(
    session: Session, account: Account, wanted: Preferences, settings: Settings, *, now: datetime
) -> Preview:
    """What a change would do to the learner's cards, with nothing changed. Wrong settings: as for none."""
    learner = learner_of(account, settings)
    target = wanted.desired_retention
    if not LEAST_RETENTION <= target <= MOST_RETENTION:
        target = learner.parameters.retention
    own = targets(session, [learner.id])
    rows = [row for row in schedules(session, learner.id) if (learner.id, row.deck_id) not in own]
    return _preview(learner, rows, learner.parameters.retention, target, now)


def preview_target(
    session: Session,
    account: Account,
    deck_id: int,
    target: float | None,
    settings: Settings,
    *,
    now: datetime,
) -> Preview:
    """What another target recall would do to the learner's cards of a deck, with nothing changed."""
    learner = learner_of(account, settings)
    own = targets(session, [learner.id]).get((learner.id, deck_id), learner.parameters.retention)
    rows = [row for row in schedules(session, learner.id) if row.deck_id == deck_id]
    return _preview(learner, rows, own, learner.parameters.retention if target is None else target, now)


def _preview(
    learner: Learner, rows: Iterable[Schedule], target: float, wanted: float, now: datetime
) -> Preview:
    today, parameters = learner.today(now), learner.parameters
    cards = moved = due = 0
    before = after = 0.0
    for row in rows:
        memory = row.stability, row.fast, row.difficulty
        old = interval(parameters.weights, memory, target, parameters.maximum)
        new = interval(parameters.weights, memory, wanted, parameters.maximum)
        cards, before, after = cards + 1, before + 1 / old, after + 1 / new
        moved += new != old
        due += new != old and row.last_day + new <= today < row.due_day
    return Preview(cards, moved, due, before, after)


def follow_zone(session: Session, account: Account, zone: str) -> bool:
    """Let a learner's days follow another zone; False for one that is not known, or holds already."""
    if zone not in available_timezones() or zone == account.zone:
        return False
    lock_learner(session, account.id)
    account.zone = zone
    session.flush()
    return True


@lru_cache(maxsize=1)
def zones() -> tuple[str, ...]:
    """The time zones to choose from: places, and UTC."""
    places = (name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return ("UTC", *sorted(places))


def _problems(wanted: Preferences) -> list[Problem]:
    problems: list[Problem] = []
    if not 0 <= wanted.new_per_day <= MOST_NEW_PER_DAY:
        problems.append(
            Problem(
                "new_per_day",
                _("Choose a number from 0 to {most_new_per_day}.").format(most_new_per_day=MOST_NEW_PER_DAY),
            )
        )
    if not LEAST_RETENTION <= wanted.desired_retention <= MOST_RETENTION:
        problems.append(Problem("desired_retention", _("Choose a value from 80 % to 95 %.")))
    if not 0 <= wanted.week_goal <= 7:
        problems.append(Problem("week_goal", _("Choose from 0 to 7 days.")))
    if not wanted.easy_days <= WEEKDAYS:
        problems.append(Problem("easy_days", _("Choose among the days of the week.")))
    if wanted.one_tap not in ONE_TAP:
        problems.append(Problem("one_tap", _("Choose one of the three.")))
    if wanted.zone not in available_timezones():
        problems.append(Problem("zone", _("Choose a time zone from the list.")))
    return problems
