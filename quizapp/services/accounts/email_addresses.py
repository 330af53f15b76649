"""E-mail addresses of accounts: claimed, then verified by a link that only their owner gets."""

from __future__ import annotations

import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizapp.domain.errors import Invalid, Problem
from quizapp.domain.language.translation import _
from quizapp.services.accounts import accounts, outbox
from quizapp.storage.accounts.tables import LONGEST_ADDRESS, Account, EmailAddress

PART = r"[^\s@<>()\[\],;:\\\"]+"
ADDRESS = re.compile(rf"{PART}@{PART}\.[^\s@.<>()\[\],;:\\\"]+")


def read(text: str) -> str:
    """The address as typed, without blanks around; raises Invalid for what is none."""
    address = text.strip()
    if len(address) > LONGEST_ADDRESS or not ADDRESS.fullmatch(address) or not _can_be_written_to(address):
        problem = Problem("email", _("Enter an e-mail address, such as name@example.org."))
        raise Invalid(_("The address wasn’t saved."), (problem,))
    return address


def header_of(address: str) -> Address:
    """The address for a mail's head, made of its parts: nothing in it is read as the head's own signs."""
    username, _, domain = address.rpartition("@")
    return Address(username=username, domain=domain)


def _can_be_written_to(address: str) -> bool:
    """Whether a mail's head can hold it, and holds nothing else then."""
    if not address.isprintable() or "=?" in address:
        return False
    message = EmailMessage()
    try:
        message["To"] = header_of(address)
        found = message["To"].addresses
    except Exception:  # noqa: BLE001 the parser of heads raises what it likes
        return False
    return [each.addr_spec for each in found] == [address]


def key_of(address: str) -> str:
    """Folded: the same for addresses that lead to one mailbox."""
    return address.strip().casefold()[:LONGEST_ADDRESS]


def of_account(session: Session, account: Account) -> EmailAddress | None:
    """An account's address, verified or not."""
    return session.get(EmailAddress, account.id)


def claim(session: Session, account: Account, address: str, *, now: datetime) -> None:
    """Give an account an address, to be verified by a mail; that of before is told."""
    row = session.get(EmailAddress, account.id)
    if row is not None and row.key == key_of(address) and row.verified_at is not None:
        return
    if row is not None and row.verified_at is not None:
        outbox.order(session, "changed", row.address, now=now)
    if row is None:
        row = EmailAddress(account_id=account.id)
        session.add(row)
    row.address, row.key, row.verified_at = address, key_of(address), None
    session.flush()
    outbox.order(session, "verify", address, account_id=account.id, now=now)


def vouch(session: Session, account: Account, address: str, *, now: datetime) -> bool:
    """Give an account an address that the site's provider has verified; that of before is told. False where
    another account has had it verified."""
    row = session.get(EmailAddress, account.id)
    if row is not None and row.verified_at is not None:
        if row.key == key_of(address):
            return True
        outbox.order(session, "changed", row.address, now=now)
    try:
        with session.begin_nested():
            row = row or EmailAddress(account_id=account.id)
            row.address, row.key, row.verified_at = address, key_of(address), now
            session.add(row)
            session.flush()
    except IntegrityError:
        session.expire_all()
        return False
    return True


def remove(session: Session, account: Account, *, now: datetime) -> None:
    """Take an account's address away; it is told, where it was verified."""
    row = session.get(EmailAddress, account.id)
    if row is not None:
        if row.verified_at is not None:
            outbox.order(session, "changed", row.address, now=now)
        session.delete(row)
        session.flush()


def verify(session: Session, account_id: int, key: str, *, now: datetime) -> bool:
    """The owner of the mailbox says that the account is theirs; False where it claims another address by
    now, or another account has had it verified."""
    mine = (EmailAddress.account_id == account_id, EmailAddress.key == key)
    try:
        with session.begin_nested():
            done = session.execute(update(EmailAddress).where(*mine).values(verified_at=now))
    except IntegrityError:
        return False
    return bool(done.rowcount == 1)  # type: ignore[attr-defined]


def owner_of(session: Session, address: str) -> Account | None:
    """Whose verified address this is."""
    query = (
        select(Account)
        .join(EmailAddress, EmailAddress.account_id == Account.id)
        .where(EmailAddress.key == key_of(address), EmailAddress.verified_at.is_not(None))
    )
    return session.scalar(query) if "\0" not in address else None


def by_login(session: Session, typed: str) -> Account | None:
    """Whom someone means who types a name or a verified address."""
    found = owner_of(session, typed) if "@" in typed else None
    return found or accounts.by_name(session, typed)
