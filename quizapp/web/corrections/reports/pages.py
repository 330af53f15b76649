"""The learner's own reports and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from quizapp.domain.language.translation import _
from quizapp.web.frame.page import Page
from quizapp.web.frame.parts.differences import Change


@dataclass(frozen=True, kw_only=True)
class OwnReport:
    """A report of the learner's. at: in their zone; new: settled since they last looked; changes: from
    what they saw to what it was when it was said to be fixed."""

    headline: str
    deck_title: str
    reason: str
    text: str
    at: datetime
    outcome: str
    reply: str
    changes: tuple[Change, ...]
    asked: bool  # the question is still asked
    new: bool


@dataclass(frozen=True, kw_only=True)
class OwnReportsPage(Page):
    """Everything the learner has reported, newest first."""

    template: ClassVar[str] = "corrections/reports/index.html"
    reports: tuple[OwnReport, ...]

    @property
    def title(self) -> str:
        return _("Your reports")

    @property
    def new(self) -> bool:
        return any(report.new for report in self.reports)
