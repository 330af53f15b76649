"""A learner reports a question; a teacher settles the report; the learner reads what became of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizapp.domain.corrections.reports import (
    HOUR,
    LONGEST_REPLY,
    LONGEST_TEXT,
    MOST_OPEN,
    Outcome,
    Reason,
    too_often,
)
from quizapp.domain.errors import Conflict, Invalid, Problem
from quizapp.domain.language.text import unstorable
from quizapp.domain.language.translation import _
from quizapp.storage.accounts.tables import Account
from quizapp.storage.corrections import reports as queries
from quizapp.storage.corrections.tables import Report
from quizapp.storage.library.tables import Item


def report(
    session: Session,
    learner: Account,
    *,
    item_id: int,
    version_id: int,
    reason: str,
    text: str,
    now: datetime,
) -> Report:
    """Keep a report on a version that the learner has seen. A second one on the same version, while the
    first is open, takes its place.

    Raises Invalid for a reason that is none, a text that cannot be stored, or too many in an hour.
    """
    text = text.strip()
    if reason not in list(Reason):
        raise Invalid(_("Choose what’s wrong with the question. Nothing has been sent yet."))
    if complaint := unstorable(text, LONGEST_TEXT):
        raise Invalid(_("Your report wasn’t sent. {complaint}").format(complaint=complaint))
    found = _open_report(session, learner.id, version_id)
    if found is None:
        if too_often(queries.made_since(session, learner.id, now - HOUR), now):
            raise Invalid(
                _("You’ve sent many reports in the last hour. Wait a while before sending another.")
            )
        if queries.count_open(session, item_id) >= MOST_OPEN:
            raise Invalid(_("Many students have already reported this question; its author knows."))
        found = Report(item_id=item_id, version_id=version_id, learner_id=learner.id)
        session.add(found)
    found.reason, found.text, found.made_at, found.state = reason, text, now, Outcome.OPEN.value
    session.flush()
    return found


def _open_report(session: Session, learner_id: int, version_id: int) -> Report | None:
    # Locked: two tabs that report at once must not both find none (SQLite has one writer anyhow).
    session.execute(select(Account.id).where(Account.id == learner_id).with_for_update())
    found = session.scalar(
        select(Report).where(
            Report.learner_id == learner_id, Report.version_id == version_id, Report.state == Outcome.OPEN
        )
    )
    return found if isinstance(found, Report) else None


def settle(
    session: Session,
    item: Item,
    report_ids: Collection[int],
    *,
    outcome: str,
    reply: str,
    by: Account,
    now: datetime,
) -> int:
    """Say what became of these open reports on an item; how many there were.

    Declining takes words. Only what has another version now, or is no longer asked, counts as
    fixed. Raises Invalid (the problem names the field), or Conflict where none of them is open.
    """
    reply = reply.strip()
    rows = list(
        session.scalars(
            select(Report)
            .where(Report.item_id == item.id, Report.id.in_(report_ids), Report.state == Outcome.OPEN)
            .order_by(Report.id)
            .with_for_update()
        )
    )
    if not rows:
        raise Conflict(_("These reports have already been closed."))
    _check(item, rows, outcome, reply)
    for row in rows:
        row.state, row.reply, row.settled_at, row.settled_by = outcome, reply, now, by.id
        row.fixed_version_id = item.version_id if outcome == Outcome.FIXED else None
    session.flush()
    return len(rows)


def _check(item: Item, rows: list[Report], outcome: str, reply: str) -> None:
    if complaint := unstorable(reply, LONGEST_REPLY):
        raise Invalid(_("Not closed yet."), (Problem("reply", complaint),))
    if outcome == Outcome.DECLINED:
        if not reply:
            raise Invalid(
                _("Not closed yet."),
                (
                    Problem(
                        "reply", _("Explain in a sentence why nothing changes; the student will read it.")
                    ),
                ),
            )
    elif outcome == Outcome.FIXED:
        unchanged = any(row.version_id == item.version_id for row in rows)
        if unchanged and item.state == "published":
            raise Invalid(
                _("Not closed yet."),
                (
                    Problem(
                        "outcome", _("The question hasn’t changed since then. Edit it first, or archive it.")
                    ),
                ),
            )
    else:
        raise Invalid(_("Not closed yet."), (Problem("outcome", _("Choose an outcome.")),))


def mark_read(session: Session, learner: Account, *, now: datetime) -> None:
    """The learner has read what became of their reports."""
    session.execute(
        update(Report)
        .where(Report.learner_id == learner.id, Report.state != Outcome.OPEN, Report.read_at.is_(None))
        .values(read_at=now)
    )


def hand_over(session: Session, guest_id: int, account_id: int) -> None:
    """A guest's reports become the account's; where both report the same version, the account's stays."""
    own = select(Report.version_id).where(Report.learner_id == account_id, Report.state == Outcome.OPEN)
    taken = list(session.scalars(own))
    session.execute(
        update(Report)
        .where(
            Report.learner_id == guest_id, ~((Report.state == Outcome.OPEN) & Report.version_id.in_(taken))
        )
        .values(learner_id=account_id)
    )
