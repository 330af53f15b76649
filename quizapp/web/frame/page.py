"""What a route hands to the browser: a page names its template and carries plain values only.

A page is rendered after the request's transaction has been committed (see `transaction.py`), so a
template can run no query and “saved” on a page is true. Templates get the page as `page` and who
looks at it as `viewer`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from wtforms import Form

from quizapp.storage.study.due import COUNTED

Answer = Any  # what a view returns: a Page, or whatever Flask makes a response of


@dataclass(frozen=True, kw_only=True)
class Page:
    """Base of every page."""

    template: ClassVar[str]

    @property
    def status(self) -> int:
        """The response's status; from 400 up the request's transaction is rolled back."""
        return 200

    @property
    def title(self) -> str:
        """What is in the browser's tab before “· Quizapp”."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class FormPage(Page):
    """A page whose form comes back with what is wrong with it."""

    form: Form

    @property
    def status(self) -> int:
        return 422 if self.form.errors else 200


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """Who looks at the page: for the frame around it (navigation, names), never for rights."""

    name: str = ""
    signed_in: bool = False  # has an account with a password
    guest: bool = False  # studies without one
    teacher: bool = False
    admin: bool = False
    queued: int = 0  # of who teaches: what waits for a decision of theirs


def counted(count: int) -> str:
    """A count of what waits, as pages show it: it is counted up to a thousand only."""
    return str(count) if count < COUNTED else f"{COUNTED - 1}+"
