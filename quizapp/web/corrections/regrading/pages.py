"""The pages of a changed key: what it would change, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizapp.domain.language.translation import _, ngettext
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
            return _("No past answers change.")
        return _("{answers} of {students} would change.").format(
            answers=ngettext("{count} past answer", "{count} past answers", self.answers_changed),
            students=ngettext("{count} student", "{count} students", self.students_changed),
        )


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
        return _("The answer key has changed")


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
    open_claims: int  # once it is taken back: claims on the question that are open
    meaning: bool
    finished: bool
    undone: bool

    @property
    def title(self) -> str:
        if self.meaning:
            return _("Asked again soon") if not self.undone else _("Early review cancelled")
        if self.undone:
            return _("Undone") if self.finished else _("Being undone")
        return _("Regraded") if self.finished else _("Being regraded")

    @property
    def outcome(self) -> str:
        """What came of it, once it is through."""
        if self.meaning:
            return ngettext(
                "{count} student will be asked once more soon.",
                "{count} students will be asked once more soon.",
                self.students_changed,
            )
        if not self.answers_changed:
            return _("No answers had to change.")
        changed = _("{answers_changed} of {students_changed}").format(
            answers_changed=ngettext("{count} answer", "{count} answers", self.answers_changed),
            students_changed=ngettext("{count} student", "{count} students", self.students_changed),
        )
        if self.undone:
            return _("Old grades restored: {changed}.").format(changed=changed)
        return _("Regraded: {changed}. Scores and schedules are updated, and the students are told.").format(
            changed=changed
        )


@dataclass(frozen=True, kw_only=True)
class NoticeView:
    """Something a student is told, as a sentence or two; review: the answer it is about, "" for none."""

    text: str
    good: bool
    review: str = ""
