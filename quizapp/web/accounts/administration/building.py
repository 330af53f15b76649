"""From rows to the pages of everyone's accounts."""

from __future__ import annotations

from datetime import tzinfo
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from quizapp.domain.language.moments import day_words, minute_words
from quizapp.domain.language.translation import _, marked
from quizapp.services.accounts import second_factor
from quizapp.services.audit import failures
from quizapp.storage.accounts import directory as queries
from quizapp.storage.accounts.directory import NamedAccount
from quizapp.storage.accounts.tables import Account
from quizapp.storage.migrating import copies, copy_goes
from quizapp.web.accounts.administration.pages import (
    AccountRow,
    AccountsPage,
    Failure,
    KeptCopy,
    ManagedAccountPage,
    RoleCount,
)

ROLE_NAMES = {
    "": marked("All"),
    "student": marked("Students"),
    "teacher": marked("Teachers"),
    "admin": marked("Admins"),
}
TASKS = {
    "mail": marked("Mail"),
    "upkeep": marked("Upkeep"),
    "regrading": marked("Regrading"),
    "backup": marked("Backup"),
    "clock": marked("Clock"),
}
LAST_PAGE = 2_000


def accounts_page(
    session: Session, *, wanted: str, role: str, number: str, database: str, zone: tzinfo
) -> AccountsPage:
    """A page of those whose name holds what is wanted, by the clock of this zone. database: where it is, for
    the copies beside it."""
    wanted, role = wanted[:80], role if role in ROLE_NAMES else ""
    page = min(int(number), LAST_PAGE) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    page = max(page, 1)
    counts = queries.count_by_role(session, wanted=wanted)
    counts = {"": sum(counts.values()), **counts}
    rows = queries.named_accounts(session, wanted=wanted, role=role, page=page)
    return AccountsPage(
        wanted=wanted,
        role=role,
        roles=tuple(
            RoleCount(name, _(label), counts[name], chosen=name == role) for name, label in ROLE_NAMES.items()
        ),
        rows=tuple(_row(row, zone) for row in rows[: queries.PAGE]),
        number=page,
        more=len(rows) > queries.PAGE,
        failures=tuple(
            Failure(_(TASKS[row.task]), row.what, row.reason, minute_words(row.at, zone))
            for row in failures.recent(session)
        ),
        copies=tuple(KeptCopy(copy.name, day_words(copy_goes(copy), zone)) for copy in copies(database)),
    )


def _row(row: Account | NamedAccount, zone: tzinfo) -> AccountRow:
    """Of an account, or of the columns that a list reads of one."""
    return AccountRow(
        id=row.id,
        name=row.name or "",
        role=row.role,
        since=day_words(row.created_at, zone),
        disabled=row.disabled_at is not None,
        has_password=row.has_password,
    )


def account_page(session: Session, account: Account, admin: Account) -> ManagedAccountPage:
    """One account."""
    classes = queries.classes_of(session, account.id)
    return ManagedAccountPage(
        account=_row(account, ZoneInfo(admin.zone)),
        oneself=account.id == admin.id,
        browsers=queries.sign_in_count(session, account.id),
        second_factor=second_factor.has_any(session, account),
        teaches=tuple(row.name for row in classes if row.teaches),
        attends=tuple(row.name for row in classes if not row.teaches),
    )
