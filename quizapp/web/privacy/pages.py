"""The pages of one's own account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizapp.domain.language.translation import _
from quizapp.web.frame.page import FormPage


@dataclass(frozen=True)
class BrowserRow:
    """A browser signed in to the account. handle: names it in a form; since: a date in words, seen: when
    it last stored something, in words; here: the one that looks."""

    name: str
    handle: str
    since: str
    seen: str
    here: bool


@dataclass(frozen=True, kw_only=True)
class AccountPage(FormPage):
    """One's own account: browsers, password, everything held about one, erasing. `form` is the one
    for the password; a guest has none. mails: whether the site sends any; email: "" for none."""

    template: ClassVar[str] = "privacy/account.html"
    name: str
    guest: bool
    teacher: bool
    browsers: tuple[BrowserRow, ...]
    mails: bool = False
    email: str = ""
    email_confirmed: bool = False
    own_models: bool = False  # a teacher may name a service for drafts
    provider: str = ""  # the name of the one that they sign in through, where they have no password yet

    @property
    def title(self) -> str:
        return _("Account")


@dataclass(frozen=True, kw_only=True)
class ErasePage(FormPage):
    """The question before everything is erased."""

    template: ClassVar[str] = "privacy/erase.html"
    answers: int
    teacher: bool

    @property
    def title(self) -> str:
        return _("Erase my account")
