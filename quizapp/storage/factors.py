"""Second factors of accounts, and challenges that wait for an answer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.storage.accounts import Account
from quizapp.storage.base import Base, Id


class CodeApp(Base):
    """An app that shows codes (TOTP, RFC 6238). secret: in base 32, sealed (`services/sealing.py`);
    confirmed_at: None until a code of it was typed; last_step: the time step of the newest code that was
    used, so that none works twice."""

    __tablename__ = "code_app"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    secret: Mapped[str]
    made_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int] = mapped_column(default=0)


class RecoveryCode(Base):
    """A code for when the app is lost; the row goes when it is used. Only its SHA-256 is stored."""

    __tablename__ = "recovery_code"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)


class Passkey(Base):
    """A WebAuthn credential: what its owner calls it, its public key, how often it has signed."""

    __tablename__ = "passkey"

    id: Mapped[Id]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship()


class Challenge(Base):
    """A step that a browser has still to take, named by a token that it alone holds; it can be taken once.

    purpose: second (after a password), register or sign_in (of passkeys). secret: what is to be signed.
    """

    __tablename__ = "challenge"

    token_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(index=True)
