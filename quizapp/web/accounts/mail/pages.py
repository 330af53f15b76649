"""The pages around e-mail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizapp.domain.language.translation import _
from quizapp.web.frame.page import FormPage, Page


@dataclass(frozen=True, kw_only=True)
class ForgotPage(FormPage):
    """Asking for a new password. mails: whether this site sends any; asked: it was asked for."""

    template: ClassVar[str] = "accounts/mail/forgot.html"
    mails: bool
    asked: bool = False

    @property
    def title(self) -> str:
        return _("Forgotten password")


@dataclass(frozen=True, kw_only=True)
class AddressPage(FormPage):
    """The account's e-mail address. state: "", "unverified" or "verified"; possible: not for guests, and
    only where the site sends mail."""

    template: ClassVar[str] = "accounts/mail/address.html"
    address: str
    state: str
    possible: bool

    @property
    def title(self) -> str:
        return _("E-mail address")


@dataclass(frozen=True, kw_only=True)
class ConfirmPage(Page):
    """Asks before an address is confirmed: some programs open every link they see."""

    template: ClassVar[str] = "accounts/mail/confirm.html"
    action: str
    address: str

    @property
    def title(self) -> str:
        return _("Confirm your address")
