"""A mail a day at an hour that the learner chose, where something waits; and what a calendar shows."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import update
from sqlalchemy.orm import Session

from quizapp.domain.errors import Invalid, Problem
from quizapp.domain.language.translation import _, ngettext
from quizapp.domain.study.calendar_feed import Entry
from quizapp.services.accounts import outbox
from quizapp.services.study import next_question
from quizapp.services.study.learner import Learner, learner_of
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account
from quizapp.storage.study import due, progress
from quizapp.storage.study import reminders as queries

PURPOSE = "remind"
DAYS_AHEAD = 60


def set_hour(session: Session, account: Account, hour: int | None, *, now: datetime) -> None:
    """From now on a mail a day at this hour (0–23, in the learner's zone), or none; none any more today where
    the hour is over. Raises Invalid."""
    if hour is not None and not 0 <= hour <= 23:
        raise Invalid(_("Choose an hour."), (Problem("hour", _("Choose an hour.")),))
    local = now.astimezone(ZoneInfo(account.zone))
    if hour is not None and local.hour >= hour:
        account.reminded_day = local.date().toordinal()
    account.remind_hour = hour
    session.flush()


def renew_calendar(session: Session, account: Account, *, on: bool) -> None:
    """A new address for the calendar, so that the one before leads nowhere; or none."""
    account.feed_version = abs(account.feed_version) + 1 if on else -abs(account.feed_version)
    session.flush()


def order_due(session: Session, settings: Settings, *, now: datetime) -> int:
    """Ask for the mail of everyone whose hour it is and for whom something waits; how many. Each day once,
    however many processes ask."""
    ordered = 0
    for row in queries.remindable(session):
        local = now.astimezone(ZoneInfo(row.zone))
        today = local.date().toordinal()
        if local.hour < row.remind_hour or row.reminded_day >= today:
            continue
        taken = session.execute(
            update(Account)
            .where(Account.id == row.id, Account.reminded_day < today)
            .values(reminded_day=today)
            .execution_options(synchronize_session=False)
        )
        account = session.get_one(Account, row.id, populate_existing=True)
        if taken.rowcount == 1 and waits(session, learner_of(account, settings), now=now):  # type: ignore[attr-defined]
            outbox.order(session, PURPOSE, row.address, account_id=row.id, now=now)
            ordered += 1
    return ordered


def waits(session: Session, learner: Learner, *, now: datetime) -> int:
    """How many questions wait for a learner now."""
    return next_question.waiting(session, learner, now=now).left


def words(session: Session, account: Account, settings: Settings, *, now: datetime) -> str:
    """What the mail says, without its links; "" where nothing waits any more."""
    found = next_question.waiting(session, learner_of(account, settings), now=now)
    if not found.left:
        return ""
    waiting = ngettext("{count} question waits for you", "{count} questions wait for you", found.left)
    minutes = ngettext("about {count} minute", "about {count} minutes", found.minutes)
    return f"{waiting.format(count=found.left)}, {minutes.format(count=found.minutes)}."


def entries(session: Session, learner: Learner, *, now: datetime, url: str) -> tuple[Entry, ...]:
    """What is due, today's with all that is overdue, and each day of the next weeks."""
    today = learner.today(now)
    days = progress.due_by_day(session, learner.id, today + 1, today + DAYS_AHEAD)
    waiting = due.count_due(session, learner.id, today)
    counts = ({today: waiting} if waiting else {}) | days
    return tuple(
        Entry(
            uid=f"{day}-{learner.id}@quizapp",
            day=date.fromordinal(day),
            title=ngettext("{count} question to review", "{count} questions to review", count).format(
                count=count
            ),
            url=url,
        )
        for day, count in sorted(counts.items())
    )
