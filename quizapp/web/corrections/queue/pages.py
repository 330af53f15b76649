"""The teacher's queue, and the page on which reports on a question are settled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from quizapp.domain.language.translation import _
from quizapp.web.corrections.queue.section import Button, Said
from quizapp.web.frame.page import Page
from quizapp.web.frame.parts.differences import Change


@dataclass(frozen=True, kw_only=True)
class EntryRow:
    """An entry as shown; at: in the teacher's zone."""

    title: str
    href: str
    deck_slug: str
    deck_title: str
    at: datetime | None
    badge: str
    said: tuple[Said, ...]
    changes: tuple[Change, ...]
    actions: tuple[Button, ...]


@dataclass(frozen=True, kw_only=True)
class SectionPart:
    """A section as shown. count: all its entries (of hints: those shown, and “+” where there are more)."""

    name: str
    title: str
    about: str
    count: str
    entries: tuple[EntryRow, ...]
    more: bool


@dataclass(frozen=True, kw_only=True)
class QueuePage(Page):
    """What waits. decks: (slug, title) to filter by; deck, sort: the filters, "" for none; number: of the
    page within one sort, from 1; queued: entries of all decks, for the tab."""

    template: ClassVar[str] = "corrections/queue/index.html"
    sections: tuple[SectionPart, ...]
    sorts: tuple[tuple[str, str], ...]
    decks: tuple[tuple[str, str], ...]
    queued: int
    deck: str = ""
    sort: str = ""
    number: int = 1

    @property
    def title(self) -> str:
        return _("Queue ({queued})").format(queued=self.queued) if self.queued else _("Queue")

    @property
    def filtered(self) -> bool:
        return bool(self.deck or self.sort)

    @property
    def shown(self) -> tuple[SectionPart, ...]:
        """The sections that hold something."""
        return tuple(section for section in self.sections if section.entries)


@dataclass(frozen=True, kw_only=True)
class SeenVersion:
    """A version that was reported, the reports on it, and how the question differs now."""

    number: int
    current: bool
    changes: tuple[Change, ...]
    reports: tuple[tuple[str, str, datetime], ...]  # (reason in words, text, when in the teacher's zone)


@dataclass(frozen=True, kw_only=True)
class ReportsPage(Page):
    """Open reports on one question. reports: their ids, as the form sends them.

    editable: the teacher can change it here (a shipped question cannot be); key, others: its right answers
    and wrong options now.
    """

    template: ClassVar[str] = "corrections/queue/reports.html"
    item_id: int
    stem: str
    keys: tuple[str, ...]
    others: tuple[str, ...]
    deck_slug: str
    deck_title: str
    editable: bool
    published: bool
    versions: tuple[SeenVersion, ...]
    reports: tuple[int, ...]
    changed: bool  # since every one of them was made, so that it may count as fixed
    outcome: str = ""
    reply: str = ""
    errors: tuple[tuple[str, str], ...] = ()  # (field, message)

    @property
    def status(self) -> int:
        return 422 if self.errors else 200

    @property
    def title(self) -> str:
        return _("Reports on a question")
