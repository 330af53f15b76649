"""The pages around e-mail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from wtforms import Form

from quizapp.web.page import Page


@dataclass(frozen=True, kw_only=True)
class ForgotPage(Page):
    """Asking for a new password. mails: whether this site sends any; asked: it was asked for."""

    template: ClassVar[str] = "mail/forgot.html"
    form: Form
    mails: bool
    asked: bool = False

    @property
    def status(self) -> int:
        return 422 if self.form.errors else 200

    @property
    def title(self) -> str:
        return "Forgotten password"


@dataclass(frozen=True, kw_only=True)
class AddressPage(Page):
    """The account's e-mail address. state: "", "unverified" or "verified"; possible: not for guests, and
    only where the site sends mail."""

    template: ClassVar[str] = "mail/address.html"
    form: Form
    address: str
    state: str
    possible: bool

    @property
    def status(self) -> int:
        return 422 if self.form.errors else 200

    @property
    def title(self) -> str:
        return "E-mail address"


@dataclass(frozen=True, kw_only=True)
class ConfirmPage(Page):
    """Asks before an address is confirmed: some programs open every link they see."""

    template: ClassVar[str] = "mail/confirm.html"
    action: str
    address: str

    @property
    def title(self) -> str:
        return "Confirm your address"
