"""The pages of a changed key: what it would change, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizapp.web.frame.page import Page


@dataclass(frozen=True, kw_only=True)
class ChangedRow:
    """An answer whose worth changes: in words, before and after, how often, by how many students."""

    answer: str
    before: str
    after: str
    better: bool
    times: int
    students: int


@dataclass(frozen=True, kw_only=True)
class Foreseen:
    """A dry run in words."""

    answers: int
    students: int
    answers_changed: int
    students_changed: int
    rows: tuple[ChangedRow, ...]

    @property
    def headline(self) -> str:
        """What changes, in one line."""
        if not self.answers_changed:
            return "No past answer changes."
        answers, students = (self.answers_changed, "past answer"), (self.students_changed, "student")
        return f"{_count(*answers)} of {_count(*students)} would change."


@dataclass(frozen=True, kw_only=True)
class DryRunPage(Page):
    """Whose past answers the present key would change; nothing has been done yet."""

    template: ClassVar[str] = "corrections/regrading/dry_run.html"
    item_id: int
    version_id: int
    headline: str
    keys: tuple[str, ...]
    slug: str
    deck_title: str
    foreseen: Foreseen

    @property
    def title(self) -> str:
        return "What is right has changed"


@dataclass(frozen=True, kw_only=True)
class RegradePage(Page):
    """How far a regrade has come, and the way back. meaning: students are asked early instead."""

    template: ClassVar[str] = "corrections/regrading/regrade.html"
    id: int
    item_id: int
    headline: str
    keys: tuple[str, ...]
    slug: str
    deck_title: str
    done: int
    students: int
    answers_changed: int
    students_changed: int
    claims: int  # it was ordered to accept so many
    waiting: int  # once it is taken back: claims on the question that are open
    meaning: bool
    finished: bool
    undone: bool

    @property
    def title(self) -> str:
        if self.meaning:
            return "Asked again soon" if not self.undone else "Not asked early any more"
        if self.undone:
            return "Taken back" if self.finished else "Being taken back"
        return "Graded again" if self.finished else "Being graded again"

    @property
    def outcome(self) -> str:
        """What came of it, once it is through."""
        if self.meaning:
            return f"{_count(self.students_changed, 'student')} will be asked once more, soon."
        if not self.answers_changed:
            return "No answer had to change."
        changed = f"{_count(self.answers_changed, 'answer')} of {_count(self.students_changed, 'student')}"
        if self.undone:
            verb = "counts" if self.answers_changed == 1 else "count"
            return f"{changed} {verb} as before."
        return f"{changed} changed; scores and schedules followed, and they are told on their start page."


@dataclass(frozen=True, kw_only=True)
class NoticeView:
    """Something a student is told, as a sentence or two; review: the answer it is about, "" for none."""

    text: str
    good: bool
    review: str = ""


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
