"""How long things are held: what is due to go, in steps small enough for a transaction each.

Each step removes a few things that are older than the settings allow, and says how many; it is called
again until it says 0 (`storage/batches.py`). 0 days in a setting: held for ever.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Select, and_, delete, func, or_, select
from sqlalchemy.orm import Session

from quizapp.services.accounts.accounts import SIGN_IN_LIVES, STAFF_SIGN_IN_LIVES
from quizapp.services.library import pictures
from quizapp.services.privacy.erasure import erase
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import (
    Account,
    FailedSignIn,
    MailOrder,
    RecentCount,
    SentForm,
    SetupLink,
    SignIn,
)
from quizapp.storage.audit.tables import AuditEntry, BackgroundFailure, DailyRun
from quizapp.storage.base import Base
from quizapp.storage.classes.tables import Classroom, Enrolment, SignInLink
from quizapp.storage.exchange.tables import ImportFile
from quizapp.storage.migrating import drop_old_copies
from quizapp.storage.study.tables import LearnerDay
from quizapp.storage.upserts import insert_once

ERASED_AT_ONCE = 5  # people: some sixty statements each
DELETED_AT_ONCE = 500  # rows
PICTURES_KEPT = timedelta(days=30)  # that no question shows: someone may be writing it still
FAILURES_KEPT = timedelta(days=30)
LINKS_KEPT = timedelta(days=30)  # none works so long
ATTEMPTS_KEPT = timedelta(
    days=2
)  # failed sign-ins, wrong join codes, sent forms, files, mail that was ordered
COPIES = "copies from before an update"
MOST_DAYS_BETWEEN = 2  # two rounds; more, and the clock may be wrong
STAFF = ("teacher", "admin")

Step = Callable[[Session], int]


def steps(settings: Settings, *, now: datetime) -> dict[str, Step]:
    """What is to be done, by what it removes."""
    found: dict[str, Step] = {}
    if settings.keep_guests:
        found["guests"] = partial(_guests, before=_ago(now, settings.keep_guests), now=now)
    if settings.keep_archived_classes:
        found["archived classes"] = partial(
            _archived_classes, before=_ago(now, settings.keep_archived_classes), now=now
        )
    if settings.keep_log:
        found["log entries"] = _older(AuditEntry, AuditEntry.at, _ago(now, settings.keep_log))
    minute = int((now - ATTEMPTS_KEPT).timestamp()) // 60
    return found | {
        "sign-ins": partial(_sign_ins, now=now),
        "links": _older(SetupLink, SetupLink.created_at, now - LINKS_KEPT),
        "sign-in links": _older(SignInLink, SignInLink.created_at, now - LINKS_KEPT),
        "failed sign-ins": _older(FailedSignIn, FailedSignIn.at, now - ATTEMPTS_KEPT),
        "noted failures": _older(BackgroundFailure, BackgroundFailure.at, now - FAILURES_KEPT),
        "sent forms": _older(SentForm, SentForm.at, now - ATTEMPTS_KEPT),
        "files to be imported": _older(ImportFile, ImportFile.at, now - ATTEMPTS_KEPT),
        "mail orders": _older(MailOrder, MailOrder.created_at, now - ATTEMPTS_KEPT),
        "pictures": partial(pictures.drop_unused, before=now - PICTURES_KEPT, at_once=DELETED_AT_ONCE),
        COPIES: partial(_copies, settings.sqlalchemy_url, now),
        "counts of a moment": partial(_counts, before=minute),
    }


def is_clock_doubtful(session: Session, *, now: datetime) -> bool:
    """Whether today lies before the last round or more than two days after it, and did not yesterday too.

    A wrong clock would erase what is not due. A site that was switched off for a summer goes on by
    itself a day later, or at once by `quizapp upkeep`.
    """
    day = now.toordinal()
    last = session.scalar(select(func.max(DailyRun.day)).where(DailyRun.task == "retaining"))
    if last is None or last <= day <= last + MOST_DAYS_BETWEEN:
        return False
    return session.get(DailyRun, ("held", day - 1)) is None


def is_first_held_today(session: Session, *, now: datetime) -> bool:
    """Whether no one else has put today's round off; from now on someone has."""
    return insert_once(session, DailyRun, {"task": "held", "day": now.toordinal()})


def is_first_today(session: Session, *, now: datetime) -> bool:
    """Whether no one else has begun today's round (UTC); from now on someone has."""
    day = now.toordinal()
    session.execute(delete(DailyRun).where(DailyRun.day < day - 7))
    return insert_once(session, DailyRun, {"task": "retaining", "day": day})


def _ago(now: datetime, days: int) -> datetime:
    return now - timedelta(days=days)


def _older(entity: type[Base], column: Any, before: Any) -> Step:
    return partial(_delete_older, entity, column, before)


def _delete_older(entity: type[Base], column: Any, before: Any, session: Session) -> int:
    return _delete(session, entity, select(*entity.__table__.primary_key).where(column < before))


def _delete(session: Session, entity: type[Base], due: Select[Any]) -> int:
    """Delete the first of these rows by their keys, which are of one column."""
    [key] = entity.__table__.primary_key
    keys = list(session.scalars(due.order_by(key).limit(DELETED_AT_ONCE)))
    session.execute(delete(entity).where(key.in_(keys)), execution_options={"synchronize_session": False})
    return len(keys)


def _copies(url: str, now: datetime, _session: Session) -> int:
    return drop_old_copies(url, now=now)


def _counts(session: Session, *, before: int) -> int:
    """Counts of the oldest minutes; each minute has as many rows as places."""
    old = select(RecentCount.minute).where(RecentCount.minute < before).distinct()
    minutes = list(session.scalars(old.order_by(RecentCount.minute).limit(10)))
    session.execute(delete(RecentCount).where(RecentCount.minute.in_(minutes)))
    return len(minutes)


def _sign_ins(session: Session, *, now: datetime) -> int:
    """Sign-ins that open nothing any more: not seen for as long as they live."""
    seen = func.coalesce(SignIn.last_seen_at, SignIn.created_at)
    staff = and_(Account.role.in_(STAFF), seen < now - STAFF_SIGN_IN_LIVES)
    due = select(SignIn.token_digest).join(Account, Account.id == SignIn.account_id)
    return _delete(session, SignIn, due.where(or_(seen < now - SIGN_IN_LIVES, staff)))


def _guests(session: Session, *, before: datetime, now: datetime) -> int:
    """Guests who have done nothing since; nothing but their browser knows them."""
    seen = func.coalesce(SignIn.last_seen_at, SignIn.created_at)
    back = select(SignIn.account_id).where(SignIn.account_id == Account.id, seen >= before)
    studied = select(LearnerDay.learner_id).where(
        LearnerDay.learner_id == Account.id, LearnerDay.day >= before.toordinal()
    )
    due = select(Account).where(
        Account.role == "guest", Account.created_at < before, ~back.exists(), ~studied.exists()
    )
    return _erase(session, due, now)


def _archived_classes(session: Session, *, before: datetime, now: datetime) -> int:
    """Classes dismissed since: first the students whom only this class knows, then the class."""
    due = select(Classroom.id).where(Classroom.archived_at < before)
    elsewhere = select(Enrolment.learner_id).where(Enrolment.classroom_id.not_in(due))
    only_here = (
        select(Account)
        .join(Enrolment, Enrolment.learner_id == Account.id)
        .where(
            Enrolment.classroom_id.in_(due),
            Enrolment.founding,
            Account.password_hash.is_(None),
            Account.id.not_in(elsewhere),
        )
        .distinct()
    )
    erased = _erase(session, only_here, now)
    return erased or _delete(session, Classroom, due)


def _erase(session: Session, due: Select[Account], now: datetime) -> int:
    found = session.scalars(due.order_by(Account.id).limit(ERASED_AT_ONCE)).all()
    for account in found:
        erase(session, account, now=now)
    return len(found)
