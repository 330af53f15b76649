"""The page of what a learner has seen: question and answer, to browse and to search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizapp.domain.language.translation import _
from quizapp.web.frame.page import Page


@dataclass(frozen=True, kw_only=True)
class MetEntry:
    """One item with its answers, in Markdown. words: where it is, “known until 12 March”."""

    id: int
    headline: str
    answers: tuple[str, ...]
    deck_slug: str
    deck_title: str
    words: str
    note: str


@dataclass(frozen=True, kw_only=True)
class MetPage(Page):
    """One page (from 1) of what was seen and holds the words looked for."""

    template: ClassVar[str] = "study/met/index.html"
    entries: tuple[MetEntry, ...]
    query: str
    count: int
    number: int
    pages: int

    @property
    def title(self) -> str:
        return _("What you’ve seen")
