"""Mail that was ordered (see outbox): written, and handed to the SMTP server."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from types import MappingProxyType
from typing import Protocol

from sqlalchemy.orm import Session

from quizapp.domain.language.translation import _
from quizapp.services.accounts import accounts, email_addresses, outbox
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account, EmailAddress, MailOrder

TIMEOUT = 20  # seconds
NO_WRITERS: Mapping[str, Writer] = MappingProxyType({})
SIGNATURE = "\n\n-- \nQuizapp, {site}\n"


class Links(Protocol):
    """Addresses on this site for a mail."""

    def site(self) -> str: ...
    def setup(self, token: str) -> str: ...
    def forgot(self) -> str: ...
    def confirm(self, account_id: int, key: str) -> str: ...
    def study(self) -> str: ...
    def stop_reminders(self, account_id: int) -> str: ...


@dataclass(frozen=True)
class Mail:
    """What is written to whom."""

    to: str
    subject: str
    text: str
    unsubscribe: str = ""  # an address that a mail program's own button posts to (RFC 8058)


class Writer(Protocol):
    """Writes a mail that another room asked for; None where there is nothing to say any more."""

    def __call__(
        self, session: Session, wanted: MailOrder, links: Links, *, now: datetime
    ) -> Mail | None: ...


def write(
    session: Session,
    wanted: MailOrder,
    links: Links,
    *,
    now: datetime,
    writers: Mapping[str, Writer] = NO_WRITERS,
) -> Mail | None:
    """The mail that was asked for; None where there is no one to write to. Makes the link it holds.
    writers: of other rooms, by purpose."""
    if wanted.purpose in writers:
        return writers[wanted.purpose](session, wanted, links, now=now)
    if wanted.purpose == "reset":
        return _reset(session, wanted, links, now)
    if wanted.purpose == "verify":
        return _verify(session, wanted, links)
    text = _(
        "The e-mail address of your account was changed or removed. If that was you, you don’t need "
        "to do anything. If not, change your password now, or choose a new one: {link}"
    ).format(link=links.forgot())
    return Mail(wanted.address, _("Your account has a new address"), text)


def _reset(session: Session, wanted: MailOrder, links: Links, now: datetime) -> Mail | None:
    account = email_addresses.by_login(session, wanted.address)
    row = email_addresses.of_account(session, account) if account is not None else None
    if account is None or row is None or row.verified_at is None or account.disabled_at is not None:
        return None
    if not outbox.may_write(session, wanted, row.address, now=now):
        return None
    token = accounts.make_reset_link(session, account, now=now)
    text = _(
        "Someone, probably you, asked for a new password for the account “{name}”.\n\nChoose it here "
        "within a day: {link}\n\nIf it wasn’t you, you don’t need to do anything: your password "
        "stays as it is."
    ).format(name=account.name, link=links.setup(token))
    return Mail(row.address, _("A new password"), text)


def _verify(session: Session, wanted: MailOrder, links: Links) -> Mail | None:
    row = session.get(EmailAddress, wanted.account_id)
    if row is None or row.key != email_addresses.key_of(wanted.address) or row.verified_at is not None:
        return None
    owner = email_addresses.owner_of(session, wanted.address)
    if owner is not None:
        text = _(
            "Someone, perhaps you, tried to use this address for a new account. It already belongs to "
            "your account “{name}”, and that hasn’t changed.\n\nIf you’ve forgotten your password, "
            "choose a new one here: {link}"
        ).format(name=owner.name, link=links.forgot())
        return Mail(row.address, _("You already have an account"), text)
    account = session.get_one(Account, row.account_id)
    text = _(
        "Is the account “{name}” yours? Then confirm this address within three days: {link}\n\nAfter "
        "that you can sign in with it, and get a new password if you forget yours. If this account "
        "isn’t yours, ignore this mail."
    ).format(name=account.name, link=links.confirm(account.id, row.key))
    return Mail(row.address, _("Confirm your e-mail address"), text)


def send(settings: Settings, mail: Mail) -> None:
    """Hand a mail to the SMTP server; raises OSError or smtplib.SMTPException where it does not take it."""
    message = EmailMessage()
    message["From"], message["Subject"] = settings.mail_from, mail.subject
    message["To"] = email_addresses.header_of(mail.to)
    message["Auto-Submitted"] = "auto-generated"
    if mail.unsubscribe:
        message["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.text + SIGNATURE.format(site=settings.site_url))
    context = ssl.create_default_context()
    host, port = settings.smtp_host, settings.smtp_port
    if settings.smtp_security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(host, port, timeout=TIMEOUT)
    with server:
        if settings.smtp_security == "starttls":
            server.starttls(context=context)
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password)
        server.send_message(message)
