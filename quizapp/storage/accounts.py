"""Who uses the app: accounts (guests are accounts without a name) and their sign-ins."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.storage.base import Base, Id

ROLES = ("guest", "student", "teacher", "admin")


class Account(Base):
    """A person. A guest has neither name nor password, and becomes a student by signing up.

    name_key: the name folded so that look-alike names collide; unique.
    new_per_day, desired_retention: None = the site's setting.
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
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]  # nobody can sign in or go on; everything is kept

    @property
    def is_teacher(self) -> bool:
        """Whether they may teach; an admin may."""
        return self.role in {"teacher", "admin"}

    @property
    def is_admin(self) -> bool:
        """Whether they look after everybody's accounts."""
        return self.role == "admin"

    @property
    def has_password(self) -> bool:
        """Whether they can sign in by name; a guest cannot, nor a student known to their class alone."""
        return self.password_hash is not None

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
    browser: keyed digests (see `services/throttling.py: Attempt`)."""

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
