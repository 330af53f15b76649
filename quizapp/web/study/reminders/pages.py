"""The page that ends the reminders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizapp.domain.language.translation import _
from quizapp.web.frame.page import Page


@dataclass(frozen=True, kw_only=True)
class StopPage(Page):
    """Asks before the mails end: some programs open every link they see. stopped: they have ended."""

    template: ClassVar[str] = "study/reminders/stop.html"
    action: str
    stopped: bool

    @property
    def title(self) -> str:
        return _("Reminders")
