"""The page of one question among teachers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from quizapp.domain.language.translation import _
from quizapp.domain.sources.evidence import EvidenceView
from quizapp.web.frame.page import Page


@dataclass(frozen=True, kw_only=True)
class CommentRow:
    """A comment. own: the teacher may take it out; at: in their zone."""

    id: int
    author: str
    text: str
    at: datetime
    own: bool


@dataclass(frozen=True, kw_only=True)
class SuggestionRow:
    """A suggested edit and where it is: open, taken or declined."""

    id: int
    author: str
    at: datetime
    state: str


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A question as it is now, all of it."""

    stem: str
    keys: tuple[str, ...]
    accept: tuple[str, ...]
    others: tuple[str, ...]
    rationale: str
    hint: str
    passages: tuple[EvidenceView, ...]


@dataclass(frozen=True, kw_only=True)
class QuestionReviewPage(Page):
    """base: id of the version looked at; by, at, note: of it. may_decide: it waits for this teacher's
    approval; own: it waits for someone else's. text, errors: of a form that came back."""

    template: ClassVar[str] = "library/review/question.html"
    item_id: int
    deck_slug: str
    deck_title: str
    shown: Shown
    state: str
    base: int
    number: int
    by: str
    at: datetime
    note: str
    editable: bool
    may_decide: bool
    own: bool
    comments: tuple[CommentRow, ...]
    suggestions: tuple[SuggestionRow, ...]
    text: str = ""
    errors: tuple[tuple[str, str], ...] = ()

    @property
    def status(self) -> int:
        return 422 if self.errors else 200

    @property
    def title(self) -> str:
        return _("Review a question") if self.may_decide else _("Question and comments")
