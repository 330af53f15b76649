"""The mail that reminds of what waits, written when it is sent."""

from __future__ import annotations

from datetime import datetime

from flask import current_app
from sqlalchemy.orm import Session

from quizapp.domain.language.translation import _
from quizapp.services.accounts.mail_delivery import Links, Mail
from quizapp.services.study import reminders
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account, EmailAddress, MailOrder


def write_reminder(session: Session, wanted: MailOrder, links: Links, *, now: datetime) -> Mail | None:
    """None for who has turned reminders off since, has no such address any more, or is done already."""
    account = session.get(Account, wanted.account_id)
    address = session.get(EmailAddress, wanted.account_id)
    if account is None or address is None or account.remind_hour is None or address.verified_at is None:
        return None
    settings: Settings = current_app.config["SETTINGS"]
    waiting = reminders.words(session, account, settings, now=now)
    if not waiting:
        return None
    stop = links.stop_reminders(account.id)
    text = _("{waiting}\n\nStudy now: {study}\n\nNo more of these mails: {stop}").format(
        waiting=waiting, study=links.study(), stop=stop
    )
    return Mail(address.address, waiting, text, unsubscribe=stop)
