"""E-mail addresses of accounts, and mail that waits to be sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.storage.accounts import Account
from quizapp.storage.base import Base, Id

LONGEST_ADDRESS = 254  # characters (RFC 5321)
VERIFIED = "verified_at IS NOT NULL"


class EmailAddress(Base):
    """An account's address. key: folded; only one account can have it verified, any number may claim it."""

    __tablename__ = "email_address"
    __table_args__ = (
        Index(None, "key", unique=True, sqlite_where=text(VERIFIED), postgresql_where=text(VERIFIED)),
    )

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    address: Mapped[str] = mapped_column(String(254))
    key: Mapped[str] = mapped_column(String(254))
    verified_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship()


class MailOrder(Base):
    """That somebody asked for a mail; what it says, and whether there is any, is decided when it is sent.

    purpose: reset, verify or changed. address: what was typed; key: a digest of it, the same however it is
    spelt. recipient: a digest of the address that was written to. due_at: the next try; None: done with.
    """

    __tablename__ = "mail_order"

    id: Mapped[Id]
    purpose: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(254))
    key: Mapped[str] = mapped_column(String(32), default="")
    recipient: Mapped[str] = mapped_column(String(32), default="")
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)
