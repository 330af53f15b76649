"""The pages of everyone's accounts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from quizapp.domain.language.translation import _, ngettext
from quizapp.web.frame.page import Page
from quizapp.web.frame.parts.qr import QrCode, qr_code


@dataclass(frozen=True)
class AccountRow:
    """since: a date in words; disabled: shut out; has_password: False for a pupil known to a class alone."""

    id: int
    name: str
    role: str
    since: str
    disabled: bool
    has_password: bool


@dataclass(frozen=True)
class RoleCount:
    """How many have a role, and whether the list shows them alone. role: "" for all."""

    role: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Failure:
    """Something that the server does by itself and could not do."""

    task: str
    what: str
    reason: str
    at: str


@dataclass(frozen=True)
class KeptCopy:
    """A copy of the database from before an update, and the day on which it goes."""

    name: str
    goes: str


@dataclass(frozen=True, kw_only=True)
class AccountsPage(Page):
    """Everyone who has a name, a page at a time. number: of this page, from 1; more: another follows."""

    template: ClassVar[str] = "accounts/administration/accounts.html"
    wanted: str
    role: str
    roles: tuple[RoleCount, ...]
    rows: tuple[AccountRow, ...]
    number: int
    more: bool
    failures: tuple[Failure, ...] = ()
    copies: tuple[KeptCopy, ...] = ()

    @property
    def title(self) -> str:
        return _("Accounts")


@dataclass(frozen=True, kw_only=True)
class ManagedAccountPage(Page):
    """One account and what an admin can do about it. oneself: it is the admin's own; second_factor: signing
    in takes more than the password."""

    template: ClassVar[str] = "accounts/administration/account.html"
    account: AccountRow
    oneself: bool
    browsers: int
    second_factor: bool
    teaches: tuple[str, ...]
    attends: tuple[str, ...]

    @property
    def title(self) -> str:
        return self.account.name


@dataclass(frozen=True, kw_only=True)
class OneTimeLinkPage(Page):
    """A one-time link, shown this once. what: what it is for; days: how long it works."""

    template: ClassVar[str] = "accounts/administration/link.html"
    what: str
    address: str
    days: int

    @cached_property
    def qr(self) -> QrCode:
        """The link, for a phone's camera."""
        return qr_code(self.address)

    @property
    def title(self) -> str:
        return self.what


@dataclass(frozen=True, kw_only=True)
class InvitationsPage(Page):
    """One-time links for several people, shown this once. links: for whom, and the link; days: how long they
    work."""

    template: ClassVar[str] = "accounts/administration/invitations.html"
    links: tuple[tuple[str, str], ...]
    role: str
    days: int

    @property
    def title(self) -> str:
        return ngettext("{count} invitation", "{count} invitations", len(self.links))
