"""The page of one suggested edit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from quizapp.domain.language.translation import _
from quizapp.web.frame.page import Page
from quizapp.web.frame.parts.differences import Change
from quizapp.web.library.authoring.pages import Asking


@dataclass(frozen=True, kw_only=True)
class SuggestionPage(Page):
    """What a suggestion would change. stale: the question has another version than it was made from, so that
    the differences are to that one; may_decide: it waits for this teacher;
    pictures: (id, what it shows) of those that the question doesn't show now;
    news: it is theirs, and what became of it has not been dismissed; reply, errors: of a form that
    came back, or what was answered."""

    template: ClassVar[str] = "library/suggestions/suggestion.html"
    id: int
    item_id: int
    headline: str
    deck_slug: str
    deck_title: str
    author: str
    at: datetime
    note: str
    state: str
    stale: bool
    changes: tuple[Change, ...]
    pictures: tuple[tuple[str, str], ...]
    may_decide: bool
    news: bool
    reply: str = ""
    errors: tuple[tuple[str, str], ...] = ()
    asking: Asking | None = None  # what sort of change it would be, where students have answered

    @property
    def status(self) -> int:
        return 422 if self.errors else 200

    @property
    def title(self) -> str:
        return _("A suggested edit")
