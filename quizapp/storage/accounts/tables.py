"""Accounts, how they sign in, their second factors and their mail.

Who uses the app: accounts (guests are accounts without a name) and their sign-ins.

Second factors of accounts, and challenges that wait for an answer.

E-mail addresses of accounts, and mail that waits to be sent.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.storage.base import Base, Id

ROLES = ("guest", "student", "teacher", "admin")


class Account(Base):
    """A person. A guest has neither name nor password, and becomes a student by signing up.

    name_key: the name folded so that look-alike names collide; unique.
    new_per_day, desired_retention: None = the site's setting. one_tap: where one tap on an option answers,
    "touch" (on a touch screen), "always" or "never". easy_days: weekdays on which they want less, "56" for
    Saturday and Sunday. week_goal: days a week on which they want to study, 0
    for no such aim. remind_hour: of their zone, when a mail reminds them; reminded_day: ordinal of the last
    one's day. feed_version: of their calendar's address, below 1 while there is none. weights: of the memory
    model that their cards are scheduled by (`fsrs.weights_of`), "" for the published ones; a copy of the set
    that holds for them, so that a study step reads it with the account.
    """

    __tablename__ = "account"
    __table_args__ = (CheckConstraint(f"role IN {ROLES}", name="role"),)

    id: Mapped[Id]
    role: Mapped[str] = mapped_column(String(20))
    name: Mapped[str | None] = mapped_column(String(80))
    name_key: Mapped[str | None] = mapped_column(String(200), unique=True)
    password_hash: Mapped[str | None]
    zone: Mapped[str] = mapped_column(String(60))
    new_per_day: Mapped[int | None]
    desired_retention: Mapped[float | None]
    four_ratings: Mapped[bool] = mapped_column(default=False)
    one_tap: Mapped[str] = mapped_column(String(10), default="touch", server_default="touch")
    week_goal: Mapped[int] = mapped_column(default=0, server_default="0")
    easy_days: Mapped[str] = mapped_column(String(7), default="", server_default="")
    remind_hour: Mapped[int | None]
    reminded_day: Mapped[int] = mapped_column(default=0, server_default="0")
    feed_version: Mapped[int] = mapped_column(default=0, server_default="0")
    weights: Mapped[str] = mapped_column(Text, default="", server_default="")
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]  # no one can sign in or go on; everything is kept

    @property
    def is_teacher(self) -> bool:
        """Whether they may teach; an admin may."""
        return self.role in {"teacher", "admin"}

    @property
    def is_admin(self) -> bool:
        """Whether they look after everyone's accounts."""
        return self.role == "admin"

    @property
    def has_password(self) -> bool:
        """Whether they can sign in by themselves: by name, or through the site's provider. A guest cannot,
        nor a student known to their class alone."""
        return self.password_hash is not None

    @property
    def has_no_password_yet(self) -> bool:
        """Whether they have only ever come through the provider: no password fits an empty hash."""
        return self.password_hash == ""

    @property
    def is_guest(self) -> bool:
        return self.role == "guest"


class SignIn(Base):
    """One signed-in browser. Only the SHA-256 of its random token is stored.

    last_seen_at: when it last sent something, to the hour (looking changes nothing). confirmed_at: when
    its person last proved who they are, for what needs it fresh.
    """

    __tablename__ = "sign_in"

    token_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    browser: Mapped[str] = mapped_column(String(200), default="")
    last_seen_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship()

    @property
    def handle(self) -> str:
        """What a page calls it by: the digest's beginning, from which nothing follows."""
        return self.token_digest[:16]


class SetupLink(Base):
    """A one-time link: to make an account of a role, or (where account_id is set) to choose a new
    password for one. Only its token's SHA-256 is stored."""

    __tablename__ = "setup_link"

    token_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    role: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)


class FailedSignIn(Base):
    """An attempt that was not right (or is being looked at). who, place, area, address,
    browser: keyed digests (see `services/accounts/failed_sign_ins.py: Attempt`)."""

    __tablename__ = "failed_sign_in"
    __table_args__ = (Index(None, "who", "at"), Index(None, "address", "at"))

    id: Mapped[Id]
    at: Mapped[datetime] = mapped_column(index=True)
    who: Mapped[str] = mapped_column(String(32))
    place: Mapped[str] = mapped_column(String(32))
    area: Mapped[str] = mapped_column(String(32))
    address: Mapped[str] = mapped_column(String(32))
    browser: Mapped[str] = mapped_column(String(32))
    known: Mapped[bool] = mapped_column(default=False)


class RecentCount(Base):
    """How often something was done from one place in a minute (counted since 1970): wrong join codes,
    sign-ups, joins. source: a keyed digest of what and where; "" in it: on the whole site."""

    __tablename__ = "recent_count"

    source: Mapped[str] = mapped_column(String(32), primary_key=True)
    minute: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, index=True)
    count: Mapped[int]


class SentForm(Base):
    """A form that has made something, kept for a while so that the same form sent again makes nothing.

    digest: of what was sent, by whom and where to (keyed). location: what the answer led to.
    """

    __tablename__ = "sent_form"

    digest: Mapped[str] = mapped_column(String(32), primary_key=True)
    location: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(index=True)


class CodeApp(Base):
    """An app that shows codes (TOTP, RFC 6238). secret: in base 32, sealed
    (`services/accounts/encryption.py`); confirmed_at: None until a code of it was typed; last_step: the time
    step of the newest code that was used, so that none works twice."""

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
    """That someone asked for a mail; what it says, and whether there is any, is decided when it is sent.

    purpose: reset, verify, changed or remind. address: what was typed; key: a digest of it, the same however
    it is spelt. recipient: a digest of the address that was written to. due_at: the next try; None: done.
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
