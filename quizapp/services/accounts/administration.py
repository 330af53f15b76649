"""What an admin does to an account: its role, shutting it out, a way back in.

No one changes their own role or shuts themselves out, so that a site never loses its last admin by a
slip; `quizapp user` on the server can do all of it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.errors import Conflict, Malformed
from quizapp.domain.language.translation import _
from quizapp.services.accounts import accounts, second_factor
from quizapp.storage.accounts.tables import Account

GIVEN_ROLES = ("student", "teacher", "admin")


def set_role(session: Session, admin: Account, account: Account, *, role: str) -> bool:
    """Give an account a role; False where it has it. Anyone who gets another is signed out everywhere: their
    next sign-in has the new rights and a token that no one saw before."""
    if role not in GIVEN_ROLES:
        raise Malformed(_("Choose a role: student, teacher or admin."))
    _not_oneself(admin, account, _("You can’t change your own role. Ask another admin."))
    if account.role == role:
        return False
    if role != "student" and not account.has_password:
        raise Conflict(
            _(
                "{name} signs in without a password. Only people who have chosen a name and a password can "
                "teach. Nothing was changed."
            ).format(name=account.name)
        )
    account.role = role
    session.flush()
    accounts.sign_out_everywhere(session, account)
    return True


def follow(session: Session, account: Account, role: str | None) -> bool:
    """Give an account the role that the site's provider gives it (None: it gives none); False where it stays.
    The last admin who can sign in stays one."""
    if role is None or account.role == role or (account.is_admin and not _has_other_admin(session, account)):
        return False
    account.role = role
    session.flush()
    accounts.sign_out_everywhere(session, account)
    return True


def _has_other_admin(session: Session, account: Account) -> bool:
    others = select(Account.id).where(
        Account.role == "admin", Account.id != account.id, Account.disabled_at.is_(None)
    )
    return session.scalar(others.limit(1)) is not None


def set_disabled(
    session: Session, admin: Account, account: Account, *, disabled: bool, now: datetime
) -> None:
    """Shut an account out, at once and in every browser, or let it in again."""
    _not_oneself(admin, account, _("You can’t block yourself. Ask another admin."))
    accounts.set_disabled(session, account, disabled=disabled, now=now)


def sign_out(session: Session, account: Account) -> None:
    """Sign an account out of every browser."""
    accounts.sign_out_everywhere(session, account)


def remove_factors(session: Session, account: Account) -> None:
    """Take a lost second factor off an account, and sign it out everywhere."""
    second_factor.remove_all(session, account)
    accounts.sign_out_everywhere(session, account)


def make_reset_link(session: Session, account: Account, *, now: datetime) -> str:
    """The token of a one-time link with which a person chooses a password. Who is signed in to the account
    is signed out: it may be whoever the link is to keep out."""
    if account.disabled_at is not None:
        raise Conflict(
            _("{name} is blocked. Unblock the account first. Nothing was changed.").format(name=account.name)
        )
    if not account.has_password:
        raise Conflict(
            _("{name} has no password: their class teacher can create a sign-in link.").format(
                name=account.name
            )
        )
    accounts.sign_out_everywhere(session, account)
    return accounts.make_reset_link(session, account, now=now)


def _not_oneself(admin: Account, account: Account, message: str) -> None:
    if admin.id == account.id:
        raise Conflict(_("{message} Nothing was changed.").format(message=message))
