"""A second factor: codes of an app (TOTP), ten recovery codes, and whether an account has any."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

import pyotp
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from quizapp.domain.classes.codes import ALPHABET
from quizapp.services.accounts.encryption import Sealer
from quizapp.storage.accounts.tables import Account, CodeApp, Passkey, RecoveryCode

RECOVERY_CODES = 10
RECOVERY_LENGTH = 16  # letters of 32: 80 bits
STEP = 30  # seconds (RFC 6238)
UNSEALED_LENGTH = 32  # letters of a secret in base 32
ISSUER = "Quizapp"


def has_any(session: Session, account: Account) -> bool:
    """Whether signing in takes more than the password."""
    app = select(CodeApp.account_id).where(
        CodeApp.account_id == account.id, CodeApp.confirmed_at.is_not(None)
    )
    passkey = select(Passkey.id).where(Passkey.account_id == account.id)
    return bool(session.scalar(select(app.exists() | passkey.exists())))


def code_app(session: Session, account: Account) -> CodeApp | None:
    """The account's app, confirmed or not."""
    return session.get(CodeApp, account.id)


def begin_app(session: Session, account: Account, sealer: Sealer, *, now: datetime) -> None:
    """Make a secret for an app, in place of one that was never confirmed."""
    session.execute(delete(CodeApp).where(CodeApp.account_id == account.id, CodeApp.confirmed_at.is_(None)))
    if session.get(CodeApp, account.id, populate_existing=True) is None:
        secret = sealer.seal(pyotp.random_base32())
        session.add(CodeApp(account_id=account.id, secret=secret, made_at=now, last_step=0))
        session.flush()


def secret_of(app: CodeApp, sealer: Sealer) -> str:
    """The app's secret in base 32; "" where the site's key is another since: recovery codes work still."""
    opened = sealer.open(app.secret)
    if opened is None and len(app.secret) == UNSEALED_LENGTH:  # from before secrets were sealed
        return app.secret
    return opened or ""


def app_address(secret: str, account: Account) -> str:
    """What an app reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=account.name or "", issuer_name=ISSUER)


def confirm_app(
    session: Session, account: Account, code: str, sealer: Sealer, *, now: datetime
) -> list[str] | None:
    """The recovery codes, if the code shows that the app works; None else."""
    if not _use_code(session, account, code, sealer, now=now, confirmed=False):
        return None
    session.execute(update(CodeApp).where(CodeApp.account_id == account.id).values(confirmed_at=now))
    session.expire_all()
    return new_recovery_codes(session, account)


def new_recovery_codes(session: Session, account: Account) -> list[str]:
    """Ten fresh codes; those of before are worth nothing."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    codes = ["".join(map(secrets.choice, [ALPHABET] * RECOVERY_LENGTH)) for _ in range(RECOVERY_CODES)]
    session.add_all(RecoveryCode(digest=_digest(account.id, code), account_id=account.id) for code in codes)
    session.flush()
    return ["-".join(code[at : at + 4] for at in range(0, RECOVERY_LENGTH, 4)) for code in codes]


def recovery_codes_left(session: Session, account: Account) -> int:
    """How many have not been used."""
    return session.scalars(select(func.count()).where(RecoveryCode.account_id == account.id)).one()


def use(session: Session, account: Account, typed: str, sealer: Sealer, *, now: datetime) -> bool:
    """Whether this is a code of the app that was not used yet, or a recovery code, which is gone then."""
    text = "".join(letter for letter in typed[:100].upper() if letter.isalnum())
    if len(text) == RECOVERY_LENGTH:
        mine = (RecoveryCode.digest == _digest(account.id, text), RecoveryCode.account_id == account.id)
        return bool(session.execute(delete(RecoveryCode).where(*mine)).rowcount == 1)  # type: ignore[attr-defined]
    return _use_code(session, account, text, sealer, now=now, confirmed=True)


def _use_code(
    session: Session, account: Account, typed: str, sealer: Sealer, *, now: datetime, confirmed: bool
) -> bool:
    """A clock may be one step off; a code, and any before it, works once."""
    app = session.get(CodeApp, account.id)
    if app is None or (app.confirmed_at is not None) != confirmed:
        return False
    code, moment = "".join(typed.split()), int(now.timestamp()) // STEP
    secret = secret_of(app, sealer)
    if not secret:
        return False
    totp = pyotp.TOTP(secret)
    for step in (moment, moment - 1, moment + 1):
        if secrets.compare_digest(totp.generate_otp(step).encode(), code.encode("utf-8", "replace")):
            newer = (CodeApp.account_id == account.id, CodeApp.last_step < step)
            used = session.execute(update(CodeApp).where(*newer).values(last_step=step))
            return bool(used.rowcount == 1)  # type: ignore[attr-defined]
    return False


def remove_app(session: Session, account: Account) -> None:
    """Take the app and its recovery codes off the account."""
    session.execute(delete(CodeApp).where(CodeApp.account_id == account.id))
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    session.expire_all()


def remove_all(session: Session, account: Account) -> None:
    """Take every second factor off an account: anyone who lost theirs signs in with the password again."""
    remove_app(session, account)
    session.execute(delete(Passkey).where(Passkey.account_id == account.id))


def _digest(account_id: int, code: str) -> str:
    return hashlib.sha256(f"{account_id} {code}".encode()).hexdigest()
