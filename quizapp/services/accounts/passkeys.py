"""Passkeys (WebAuthn): a key that a device keeps and opens by finger, face or PIN.

That the device asked for one of these is demanded, so a passkey stands for both factors. What is signed
holds the site's address, so no other site can ask for it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from quizapp.domain.errors import Invalid, Problem
from quizapp.domain.language.translation import _
from quizapp.services.accounts import challenges
from quizapp.storage.accounts.tables import Account, Passkey

MOST = 10  # of an account
NAME_LONGEST = 60
UNREADABLE = (WebAuthnException, ValueError, KeyError, TypeError)


@dataclass(frozen=True)
class Site:
    """Whom a passkey is for. host: without port; origin: scheme, host and port."""

    host: str
    origin: str


def of_account(session: Session, account: Account) -> list[Passkey]:
    """An account's passkeys, the oldest first."""
    query = select(Passkey).where(Passkey.account_id == account.id)
    return list(session.scalars(query.order_by(Passkey.id).limit(MOST)))


def begin(session: Session, account: Account, site: Site, *, now: datetime) -> tuple[str, str]:
    """(token of the step, JSON for the browser) to make a passkey for an account."""
    token, secret = challenges.make(session, "register", account, now=now)
    options = generate_registration_options(
        rp_id=site.host,
        rp_name="Quizapp",
        user_id=hashlib.sha256(f"quizapp {account.id}".encode()).digest(),
        user_name=account.name or "",
        challenge=secret,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=row.credential_id) for row in of_account(session, account)
        ],
    )
    return token, options_to_json(options)


def add(
    session: Session, account: Account, site: Site, token: str, credential: str, *, name: str, now: datetime
) -> None:
    """Keep the passkey that a device made; raises Invalid where it does not answer the step."""
    step = challenges.take(session, "register", token, now=now)
    if step is None or step.account_id != account.id:
        raise _refused(_("That took too long. Try again."))
    if len(of_account(session, account)) >= MOST:
        raise _refused(_("An account can have {most} passkeys. Remove one first.").format(most=MOST))
    try:
        made = verify_registration_response(
            credential=credential,
            expected_challenge=step.secret,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except UNREADABLE as error:
        raise _refused(_("Your device’s response doesn’t match this site. Try again.")) from error
    row = Passkey(
        account_id=account.id,
        credential_id=made.credential_id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        name=" ".join(name.split())[:NAME_LONGEST] or "Passkey",
        created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError as error:
        raise _refused(_("This passkey is already in use.")) from error


def remove(session: Session, account: Account, passkey_id: int) -> bool:
    """Take one of an account's passkeys off; False where it has none such."""
    mine = (Passkey.id == passkey_id, Passkey.account_id == account.id)
    return bool(session.execute(delete(Passkey).where(*mine)).rowcount == 1)  # type: ignore[attr-defined]


def begin_sign_in(session: Session, site: Site, *, now: datetime) -> tuple[str, str]:
    """(token of the step, JSON for the browser) to sign in as whomever the device knows here."""
    token, secret = challenges.make(session, "sign_in", None, now=now)
    options = generate_authentication_options(
        rp_id=site.host, challenge=secret, user_verification=UserVerificationRequirement.REQUIRED
    )
    return token, options_to_json(options)


def sign_in(session: Session, site: Site, token: str, credential: str, *, now: datetime) -> Account | None:
    """Whom the device signs in; None where its answer is not right, or the account is shut out."""
    step = challenges.take(session, "sign_in", token, now=now)
    if step is None:
        return None
    try:
        row = _named(session, credential)
        if row is None:
            return None
        shown = verify_authentication_response(
            credential=credential,
            expected_challenge=step.secret,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=row.public_key,
            credential_current_sign_count=row.sign_count,
            require_user_verification=True,
        )
    except UNREADABLE:
        return None
    mine = (Passkey.id == row.id, Passkey.sign_count == row.sign_count)
    values = {"sign_count": shown.new_sign_count, "last_used_at": now}
    counted = session.execute(update(Passkey).where(*mine).values(values))
    if counted.rowcount != 1:  # type: ignore[attr-defined]
        return None
    return row.account if row.account.disabled_at is None else None


def _named(session: Session, credential: str) -> Passkey | None:
    """The passkey that the answer says it is signed with."""
    credential_id = base64url_to_bytes(parse_authentication_credential_json(credential).id)
    query = select(Passkey).where(Passkey.credential_id == credential_id)
    return session.scalar(query.options(joinedload(Passkey.account)))


def _refused(message: str) -> Invalid:
    return Invalid(_("No passkey was saved."), (Problem("credential", message),))
