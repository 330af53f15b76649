"""The pages around accounts: signing in and signing up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizapp.domain.language.translation import _
from quizapp.web.frame.page import FormPage


@dataclass(frozen=True, kw_only=True)
class SignInPage(FormPage):
    """`form` has the fields `name` and `password`; `action` is where it posts, with any `next`,
    `passkey_action` where a passkey does, and `provider_action` where it begins with the site's provider
    (`provider`: its name, "" for none); `wished` is the page that asked for it, "" for none."""

    template: ClassVar[str] = "accounts/sign_in.html"
    action: str
    passkey_action: str
    provider_action: str
    provider: str
    wished: str = ""

    @property
    def title(self) -> str:
        return _("Sign in")


@dataclass(frozen=True, kw_only=True)
class SignUpPage(FormPage):
    """`form` has the fields `name` and `password`; `answered`: a guest's answers, which are kept. provider:
    the name of the one that people can sign up through, at `provider_action`; "" for none. invited: the role
    that the account will have, "" where nobody has invited them."""

    template: ClassVar[str] = "accounts/sign_up.html"
    action: str
    sign_in: str  # where those sign in who have an account already
    answered: int = 0
    provider_action: str = ""
    provider: str = ""
    invited: str = ""

    @property
    def title(self) -> str:
        return _("Keep my progress") if self.answered else _("Sign up")


@dataclass(frozen=True, kw_only=True)
class NewPasswordPage(FormPage):
    """Choosing a password through a one-time link. `name`: whose account it is."""

    template: ClassVar[str] = "accounts/new_password.html"
    action: str
    name: str

    @property
    def title(self) -> str:
        return _("Choose a new password")
