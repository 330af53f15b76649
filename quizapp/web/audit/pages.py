"""The page of the audit log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizapp.domain.language.translation import _
from quizapp.web.frame.page import Page


@dataclass(frozen=True, kw_only=True)
class EntryRow:
    """One act in words. whom: the person it was done to, "" for none; classroom_id: a link where set."""

    at: str
    who: str
    what: str
    whom: str = ""
    classroom: str = ""
    deck: str = ""


@dataclass(frozen=True, kw_only=True)
class LogPage(Page):
    """What staff did, newest first. everything: of the whole site; older: where the next page begins."""

    template: ClassVar[str] = "audit/log.html"
    entries: tuple[EntryRow, ...]
    everything: bool
    zone: str
    later: bool = False
    older: int | None = None

    @property
    def title(self) -> str:
        return _("Log")
