"""The page of the audit log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizapp.domain.language.translation import _
from quizapp.web.frame.page import Page


@dataclass(frozen=True, kw_only=True)
class EntryRow:
    """One act in words. whom: the person it was done to, "" for none; why: the reason that was given.
    question, class and deck are named as they are now, and lead on where the reader may look at them."""

    at: str
    who: str
    what: str
    whom: str = ""
    why: str = ""
    classroom: str = ""
    classroom_id: int | None = None
    deck: str = ""
    deck_slug: str = ""
    question: str = ""
    item_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class LogPage(Page):
    """What staff did, newest first. everything: of the whole site; older: where the next page begins."""

    template: ClassVar[str] = "audit/log.html"
    entries: tuple[EntryRow, ...]
    everything: bool
    zone: str
    later: bool = False
    older: int | None = None
    about: str = ""
    groups: tuple[tuple[str, str], ...] = ()

    @property
    def title(self) -> str:
        return _("Log")
