"""Accounts: guests who begin at once, sign-up that keeps what they did, sign-in, one-time links."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import available_timezones

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from quizapp.domain.accounts.common_passwords import is_easily_guessed
from quizapp.domain.accounts.names import name_key
from quizapp.domain.errors import Invalid, Missing, Problem
from quizapp.domain.language.text import fold_for_search
from quizapp.domain.language.translation import _
from quizapp.services.accounts.passwords import LONGEST, SHORTEST
from quizapp.storage.accounts.tables import Account, SetupLink, SignIn

NAME_LONGEST = 40
LINK_LIVES = timedelta(days=7)
RESET_LIVES = timedelta(days=1)
SIGN_IN_LIVES = timedelta(days=365)  # since it was last seen
STAFF_SIGN_IN_LIVES = timedelta(days=30)
SEEN_EVERY = timedelta(hours=1)


def create_guest(session: Session, *, zone: str, now: datetime) -> Account:
    """An account without a name, so that a visitor can study at once."""
    account = Account(role="guest", zone=known_zone(zone), created_at=now)
    session.add(account)
    session.flush()
    return account


def known_zone(zone: str, default: str = "UTC") -> str:
    """The zone if its name is known (IANA), else the default."""
    return zone if zone in _zones() else default


def _zones() -> frozenset[str]:
    global _known_zones  # noqa: PLW0603 read once; the set of zones does not change while we run
    if not _known_zones:
        _known_zones = frozenset(available_timezones())
    return _known_zones


_known_zones: frozenset[str] = frozenset()


def check_new_name(session: Session, name: str, password: str | None) -> str:
    """The name as it will be shown; raises Invalid with a problem for each field that is wrong. password:
    None where the account is to have none."""
    shown = " ".join(name.split())
    problems: list[Problem] = []
    if not shown or not name_key(shown):
        problems.append(Problem("name", _("Choose a name to sign in with: letters or digits.")))
    elif len(shown) > NAME_LONGEST:
        problems.append(
            Problem(
                "name",
                _("Choose a name of at most {name_longest} characters.").format(name_longest=NAME_LONGEST),
            )
        )
    elif "@" in shown:
        problems.append(Problem("name", _("An @ belongs to an e-mail address. Choose a name without one.")))
    elif not shown.isprintable():
        problems.append(Problem("name", _("The name contains invisible characters. Type it again.")))
    elif session.scalar(select(Account.id).where(Account.name_key == name_key(shown))):
        problems.append(Problem("name", _("That name, or one that looks like it, is taken. Choose another.")))
    if password is not None and (wrong := password_problem(shown, password)):
        problems.append(Problem("password", wrong))
    if problems:
        raise Invalid(_("The account hasn’t been created yet."), tuple(problems))
    return shown


def sign_up(
    session: Session,
    guest: Account | None,
    *,
    name: str,
    password_hash: str,
    role: str = "student",
    zone: str = "UTC",
    now: datetime,
) -> Account:
    """Give a guest, or a student known to a class alone, a name and a password (keeping all they did), or
    make a new account.

    `name` comes from `check_new_name`; a name taken in the meantime raises IntegrityError.
    """
    account = guest if guest is not None and not guest.has_password else None
    if account is None:
        account = Account(zone=known_zone(zone), created_at=now)
        session.add(account)
    account.name, account.name_key = name, name_key(name)
    account.password_hash, account.role = password_hash, role
    session.flush()
    return account


def by_name(session: Session, name: str) -> Account | None:
    """The account that signs in with this name."""
    if "\0" in name:  # PostgreSQL refuses even to look for it
        return None
    return session.scalar(select(Account).where(Account.name_key == name_key(name)))


def sign_in(session: Session, account: Account, *, now: datetime, browser: str) -> str:
    """A new sign-in; returns the token for the cookie (only its digest is stored)."""
    token = secrets.token_urlsafe(32)
    row = SignIn(token_digest=_digest(token), account_id=account.id, browser=browser[:200])
    row.created_at = row.last_seen_at = row.confirmed_at = now
    session.add(row)
    session.flush()
    return token


# Asked at every request, and made once.
_SIGNED_IN = (
    select(SignIn.token_digest, SignIn.last_seen_at, SignIn.created_at, Account)
    .join(Account, SignIn.account_id == Account.id)
    .where(SignIn.token_digest == bindparam("digest"), Account.disabled_at.is_(None))
)


class SignedIn(NamedTuple):
    """Who a token signs in. last_seen: when its browser last sent something, kept to the hour."""

    digest: str
    last_seen: datetime | None
    account: Account


def signed_in(session: Session, token: str, *, now: datetime) -> SignedIn | None:
    """Who this token signs in. A sign-in not seen for a year, or a month where it is a teacher's or an
    admin's, is over."""
    found = session.execute(_SIGNED_IN, {"digest": _digest(token)}).one_or_none()
    if found is None:
        return None
    digest, last_seen, created, account = found
    lives = STAFF_SIGN_IN_LIVES if account.is_teacher else SIGN_IN_LIVES
    return SignedIn(digest, last_seen, account) if now < (last_seen or created) + lives else None


def note_seen(session: Session, digest: str, last_seen: datetime | None, *, now: datetime) -> None:
    """A browser, by its token's digest, sent something: kept to the hour."""
    if last_seen is None or now - last_seen >= SEEN_EVERY:
        mine = SignIn.token_digest == digest
        session.execute(update(SignIn).where(mine).values(last_seen_at=now))


def sign_out(session: Session, token: str) -> None:
    """End one sign-in; its token is worth nothing afterwards."""
    session.execute(delete(SignIn).where(SignIn.token_digest == _digest(token)))


def sign_ins(session: Session, account: Account) -> list[SignIn]:
    """The browsers signed in to an account, newest first."""
    query = select(SignIn).where(SignIn.account_id == account.id)
    return list(session.scalars(query.order_by(SignIn.created_at.desc(), SignIn.token_digest).limit(100)))


def end_sign_in(session: Session, account: Account, handle: str) -> bool:
    """End the one of an account's sign-ins with this handle; False where it is over already."""
    query = select(SignIn).where(SignIn.account_id == account.id)
    found = [row for row in session.scalars(query) if row.handle == handle]
    for row in found:
        session.delete(row)
    session.flush()
    return bool(found)


def sign_out_everywhere(session: Session, account: Account) -> None:
    """End every sign-in of an account; their tokens are worth nothing afterwards."""
    session.execute(delete(SignIn).where(SignIn.account_id == account.id))


def is_token(row: SignIn, token: str) -> bool:
    """Whether this sign-in is the one of a browser's token."""
    return row.token_digest == _digest(token)


def change_password(session: Session, account: Account, password_hash: str) -> None:
    """A new password; every browser signed in with the old one is signed out, and links to reset the old
    one are worth nothing any more."""
    account.password_hash = password_hash
    session.flush()
    sign_out_everywhere(session, account)
    session.execute(delete(SetupLink).where(SetupLink.account_id == account.id, SetupLink.used_at.is_(None)))


def password_problem(name: str, password: str) -> str:
    """What is wrong with a new password, in words; "" when nothing is."""
    if len(password) < SHORTEST:
        return _("Choose a password of at least {shortest} characters.").format(shortest=SHORTEST)
    if len(password) > LONGEST:
        return _("Choose a password of at most {longest} characters.").format(longest=LONGEST)
    if fold_for_search(password) == fold_for_search(name):
        return _("Choose a password that isn’t your name.")
    if is_easily_guessed(password, name):
        return _("That password is easy to guess. A few words in a row are better.")
    return ""


def make_setup_link(session: Session, *, role: str, now: datetime) -> str:
    """A token for a one-time link that makes an account of this role."""
    return _make_link(session, SetupLink(role=role, created_at=now))


def make_reset_link(session: Session, account: Account, *, now: datetime) -> str:
    """A token for a one-time link with which a person chooses a new password; those made before for them
    are worth nothing any more."""
    session.execute(delete(SetupLink).where(SetupLink.account_id == account.id))
    return _make_link(session, SetupLink(role=account.role, created_at=now, account_id=account.id))


def _make_link(session: Session, link: SetupLink) -> str:
    token = secrets.token_urlsafe(24)
    link.token_digest = _digest(token)
    session.add(link)
    session.flush()
    return token


def set_disabled(session: Session, account: Account, *, disabled: bool, now: datetime) -> None:
    """Shut a person out, at once and in every browser, or let them in again; all they did is kept."""
    account.disabled_at = now if disabled else None
    session.flush()
    if disabled:
        sign_out_everywhere(session, account)


def all_accounts(session: Session) -> list[Account]:
    """The accounts that have a name, by name; at most ten thousand."""
    query = select(Account).where(Account.name.is_not(None)).order_by(Account.name_key)
    return list(session.scalars(query.limit(10_000)))


def open_setup_link(session: Session, token: str, *, now: datetime) -> SetupLink:
    """The link if it can still be used; raises Missing else."""
    link = session.get(SetupLink, _digest(token))
    if link is not None and link.created_at + (RESET_LIVES if link.account_id else LINK_LIVES) < now:
        link = None
    if link is None or link.used_at is not None:
        raise Missing(
            _("This link has been used or has expired. Ask the site’s administrator for a new one.")
        )
    return link


def use_setup_link(session: Session, link: SetupLink, *, now: datetime) -> None:
    """Mark the link as used; raises Missing if someone else was faster."""
    used = session.execute(
        update(SetupLink)
        .where(SetupLink.token_digest == link.token_digest, SetupLink.used_at.is_(None))
        .values(used_at=now)
    )
    if used.rowcount != 1:  # type: ignore[attr-defined]
        raise Missing(_("This link has just been used."))


def has_teacher(session: Session) -> bool:
    """Whether anyone can teach on this site yet."""
    return (
        session.scalar(select(Account.id).where(Account.role.in_(("teacher", "admin"))).limit(1)) is not None
    )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
