"""The pages on the way to the provider and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from wtforms import Form

from quizapp.domain.language.translation import _
from quizapp.web.frame.page import FormPage, Page


@dataclass(frozen=True, kw_only=True)
class OnTheWayPage(Page):
    """Leads on to the provider: a form may not (the content policy keeps forms on this site)."""

    template: ClassVar[str] = "accounts/provider/on_the_way.html"
    name: str
    address: str

    @property
    def refresh(self) -> str:
        """What sends a browser there by itself."""
        return f"0; url={self.address}"

    @property
    def title(self) -> str:
        return _("Sign in with {name}").format(name=self.name)


@dataclass(frozen=True, kw_only=True)
class BackPage(Page):
    """Sends on what the provider says by a form of this site, since a link may store nothing."""

    template: ClassVar[str] = "accounts/provider/back.html"
    name: str
    code: str
    state: str

    @property
    def title(self) -> str:
        return _("Signing in")


@dataclass(frozen=True, kw_only=True)
class NewcomerPage(FormPage):
    """No account here has the address. `form` makes one, where the site lets it (`open`); `own` connects
    an account that someone has already. answered: a guest's answers, which are kept."""

    template: ClassVar[str] = "accounts/provider/newcomer.html"
    own: Form
    provider: str
    address: str
    open: bool
    answered: int

    @property
    def status(self) -> int:
        return 422 if self.form.errors or self.own.errors else 200

    @property
    def title(self) -> str:
        return _("Welcome")
