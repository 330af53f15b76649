"""The start page: what waits today, how long it takes, and one obvious button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizapp.domain.language.translation import _, ngettext
from quizapp.web.classes.assignments.pages import DueRow
from quizapp.web.corrections.regrading.pages import NoticeView
from quizapp.web.frame.page import Page, counted


@dataclass(frozen=True, kw_only=True)
class DeckRow:
    """A deck as the start page lists it. due, new: what waits today; known: likely recalled now."""

    slug: str
    title: str
    summary: str = ""
    due: int = 0
    new: int = 0
    known: int = 0
    total: int = 0


@dataclass(frozen=True, kw_only=True)
class OpenQuiz:
    """A quiz begun and not finished. begun: its day, in words."""

    id: str
    deck_title: str
    begun: str
    answered: int
    questions: int


@dataclass(frozen=True, kw_only=True)
class QueueSection:
    """Something that waits for a teacher's decision: how much of which sort (a section of the queue)."""

    name: str
    title: str
    count: int


@dataclass(frozen=True, kw_only=True)
class WorkRow:
    """What a class has to do now. done: students who have done it, or begun to study it."""

    id: int
    title: str
    classroom_id: int
    classroom: str
    sort: str
    due: str
    done: int
    students: int


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of a teacher's first day. where: the page that it is taken on."""

    words: str
    where: str
    done: bool


@dataclass(frozen=True, kw_only=True)
class Teaching:
    """What the start page says to who teaches. steps: () once all but the last are done."""

    waits: tuple[QueueSection, ...]
    work: tuple[WorkRow, ...]
    steps: tuple[Step, ...]
    classes: tuple[tuple[int, str], ...]

    @property
    def queued(self) -> int:
        return sum(each.count for each in self.waits)

    @property
    def next_step(self) -> Step | None:
        return next((step for step in self.steps if not step.done), None)

    @property
    def headline(self) -> str:
        """What comes first: a decision, the next step of a first day, or how the work stands."""
        if self.queued:
            return ngettext("{count} thing waits for you", "{count} things wait for you", self.queued)
        if self.next_step is not None:
            return _("Your first quiz, step by step")
        return _("Your classes today") if self.work else _("Nothing waits for you")


@dataclass(frozen=True, kw_only=True)
class HomePage(Page):
    """What waits for this learner. A newcomer has no learner yet and begins with POST study.begin.

    due, new: items that wait today, the day's limit already applied; minutes: rounded up.
    tomorrow: how many are due tomorrow, for the page of one who is done.
    classes: names of those they are in as a student; assignments: what is due there and not done.
    settled: reports of theirs with an answer to read.
    """

    template: ClassVar[str] = "site/index.html"
    decks: tuple[DeckRow, ...]
    newcomer: bool = False
    due: int = 0
    new: int = 0
    minutes: int = 0
    answered_today: int = 0
    tomorrow: int = 0
    quizzes: tuple[OpenQuiz, ...] = ()
    classes: tuple[str, ...] = ()
    settled: int = 0
    assignments: tuple[DueRow, ...] = ()
    zone: str = ""  # the learner's time zone
    backlog: str = ""  # what today leaves for the coming days, and until when
    paces: tuple[str, ...] = ()  # today’s share of what is to be known by a date
    told: tuple[NoticeView, ...] = ()  # what changed about answers already given
    teaching: Teaching | None = None  # of who teaches

    @property
    def title(self) -> str:
        return _("Welcome") if self.newcomer else _("Today")

    @property
    def waiting(self) -> bool:
        return self.due + self.new > 0

    @property
    def lines(self) -> tuple[str, ...]:
        """What is to be said of the days to come."""
        return (*filter(None, (self.backlog,)), *self.paces)

    @property
    def headline(self) -> str:
        """ "14 to review", "5 new", "14 to review and 5 new"."""
        counts = ((self.due, _("to review")), (self.new, "new"))
        return " and ".join(f"{counted(count)} {words}" for count, words in counts if count)

    @property
    def next_words(self) -> str:
        """One sentence on what tomorrow brings."""
        if not self.tomorrow:
            return _("Nothing is due tomorrow either.")
        return ngettext(
            "{due} question is due tomorrow, just before you’d forget it.",
            "{due} questions are due tomorrow, just before you’d forget them.",
            self.tomorrow,
        ).format(due=counted(self.tomorrow))
