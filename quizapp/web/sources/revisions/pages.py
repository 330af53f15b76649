"""The page of an article's versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from quizapp.domain.language.translation import _
from quizapp.web.frame.page import Page
from quizapp.web.frame.parts.differences import Change


@dataclass(frozen=True, kw_only=True)
class RevisionRow:
    """A version. at: in the teacher's zone; author: "" where it was no one who is still here; fates: what
    became of the questions on it, in words; changes: by paragraph, () for the first."""

    number: int
    at: datetime
    author: str
    note: str
    fates: str
    first: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True, kw_only=True)
class RevisionsPage(Page):
    """An article's newest versions, each beside the one before it. more: older ones are not shown."""

    template: ClassVar[str] = "sources/revisions/index.html"
    slug: str
    heading: str
    revisions: tuple[RevisionRow, ...]
    more: bool

    @property
    def title(self) -> str:
        return _("Versions of an article")
