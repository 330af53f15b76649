"""The page of what a learner has seen: question and answer, to browse and to search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

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


class PastAnswer(NamedTuple):
    """An answer, or a restart, in words. expected: the chance of a right one as predicted, "" for none; back:
    when the question was to come again."""

    when: str
    asked: str
    response: tuple[str, ...]
    verdict: str
    expected: str
    back: str


@dataclass(frozen=True, kw_only=True)
class ItemPage(Page):
    """One question with its learner. figures: name and value of what is known of its memory; why: why it is
    due when it is; outcomes: an answer, and when the question would come again; past: newest first."""

    template: ClassVar[str] = "study/met/item.html"
    id: int
    headline: str
    deck_slug: str
    deck_title: str
    figures: tuple[tuple[str, str], ...]
    why: str
    outcomes: tuple[tuple[str, str], ...]
    past: tuple[PastAnswer, ...]

    @property
    def title(self) -> str:
        return self.headline


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
