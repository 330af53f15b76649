"""The pages of the second factor."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from wtforms import Form

from quizapp.domain.language.translation import _
from quizapp.web.frame.page import FormPage, Page
from quizapp.web.frame.parts.qr import QrCode, qr_code


@dataclass(frozen=True)
class PasskeyRow:
    """A passkey. since: a date in words."""

    id: int
    name: str
    since: str


@dataclass(frozen=True, kw_only=True)
class FactorsPage(Page):
    """An account's second factors. app: whether an app is confirmed; codes: recovery codes left; required:
    this site asks teachers for one, and there is none yet; refused: why a passkey was not removed."""

    template: ClassVar[str] = "accounts/second_factor/overview.html"
    form: Form
    passkey_form: Form
    refused: str
    app: bool
    codes: int
    passkeys: tuple[PasskeyRow, ...]
    required: bool

    @property
    def status(self) -> int:
        return 422 if self.form.errors or self.passkey_form.errors or self.refused else 200

    @property
    def title(self) -> str:
        return _("Second factor")


@dataclass(frozen=True, kw_only=True)
class AppPage(FormPage):
    """Setting up an app: its secret as QR code and as text, and a code to show that it works."""

    template: ClassVar[str] = "accounts/second_factor/app.html"
    address: str
    secret: str

    @cached_property
    def qr(self) -> QrCode:
        """The secret, for the app's camera."""
        return qr_code(self.address)

    @property
    def spaced(self) -> str:
        """The secret in groups of four."""
        return " ".join(self.secret[at : at + 4] for at in range(0, len(self.secret), 4))

    @property
    def title(self) -> str:
        return _("Set up an app")


@dataclass(frozen=True, kw_only=True)
class RecoveryCodesPage(Page):
    """Ten recovery codes, shown this once."""

    template: ClassVar[str] = "accounts/second_factor/codes.html"
    codes: tuple[str, ...]

    @property
    def title(self) -> str:
        return _("Recovery codes")


@dataclass(frozen=True, kw_only=True)
class SecondPage(FormPage):
    """Asks for the second factor after a right password. app, passkey: what the account has."""

    template: ClassVar[str] = "accounts/second_factor/second.html"
    app: bool
    passkey: bool
    passkey_action: str

    @property
    def title(self) -> str:
        return _("Second step")
