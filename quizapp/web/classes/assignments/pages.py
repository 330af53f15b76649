"""The pages of assignments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizapp.domain.language.translation import _
from quizapp.web.frame.page import FormPage, Page


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A moment in words: by the class's clock, its zone, and seen from now."""

    clock: str
    zone: str
    relative: str


@dataclass(frozen=True, kw_only=True)
class DueRow:
    """Something that is due, in a student's list. words: how it stands; over: nothing can be done any more,
    or need be."""

    id: int
    classroom_id: int
    title: str
    classroom_name: str
    sort: str
    due: Moment
    words: str
    tone: str
    result: str
    over: bool


@dataclass(frozen=True, kw_only=True)
class GivenRow:
    """An assignment in its teacher's list. state: not open yet, open, over; finished: students who have
    finished an attempt, None of a deck to know."""

    id: int
    title: str
    sort: str
    due: Moment
    state: str
    finished: int | None


@dataclass(frozen=True, kw_only=True)
class AssignmentFormPage(FormPage):
    """Giving a class something to do, or changing it. id None: a new one; sort: study or quiz. slug and
    deck_title: of the deck, where the class is still to be chosen."""

    template: ClassVar[str] = "classes/assignments/form.html"
    zone: str
    sort: str
    classroom_id: int = 0
    classroom_name: str = ""
    slug: str = ""
    deck_title: str = ""
    id: int | None = None
    name: str = ""
    begun: int = 0  # attempts begun: they keep the feedback they were begun with

    @property
    def title(self) -> str:
        if self.id is not None:
            return _("Change {name}").format(name=self.name)
        if self.slug:
            return _("Assign {deck}").format(deck=self.deck_title)
        return _("Study a deck") if self.sort == "study" else _("Take a quiz")


@dataclass(frozen=True, kw_only=True)
class StudentLine:
    """How it stands with a student. id: of their place in the class; attempt: the one that counts, or goes
    on ("": none); status: its word; result: score or progress; own_due: where it is not the class's."""

    id: int
    attempt: str
    name: str
    status: str
    tone: str
    result: str
    percent: int | None
    attempts: int
    last_active: str
    own_due: str


@dataclass(frozen=True, kw_only=True)
class QuestionLine:
    """What went wrong with a question. percent: of the answers that were fully right; mean: the mean score
    in per cent, where part of it was right (None: no part was). wrong: (answer in words, how often), the most
    frequent first; near: how many wrong answers hold a word of the key, where they are worth a look."""

    id: int
    editable: bool
    headline: str
    right: int
    answers: int
    percent: int
    mean: int | None
    near: int
    wrong: tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True)
class AssignmentPage(Page):
    """An assignment for its teacher. rules: what holds, in sentences; done: students who have done it;
    erased: how many have erased their account since, and count in the averages still."""

    template: ClassVar[str] = "classes/assignments/assignment.html"
    id: int
    name: str
    sort: str
    classroom_id: int
    classroom_name: str
    deck_slug: str
    deck_title: str
    rules: tuple[str, ...]
    access_code: str
    due: Moment
    open: bool
    students: tuple[StudentLine, ...]
    questions: tuple[QuestionLine, ...]
    done: int
    begun: int
    average: str
    middle: str
    erased: int

    @property
    def title(self) -> str:
        return self.name


@dataclass(frozen=True, kw_only=True)
class Extension:
    """A student's own due moment. id: of their place in the class."""

    id: int
    name: str
    due: Moment


@dataclass(frozen=True, kw_only=True)
class ExtensionsPage(FormPage):
    """More time for single students."""

    template: ClassVar[str] = "classes/assignments/extensions.html"
    id: int
    name: str
    due: Moment
    zone: str
    extensions: tuple[Extension, ...]
    students: bool

    @property
    def title(self) -> str:
        return _("More time for {name}").format(name=self.name)


@dataclass(frozen=True, kw_only=True)
class AttemptLine:
    """An attempt as its student sees it. result: "" while it is not shown or not finished."""

    id: str
    number: int
    finished: bool
    result: str
    late: bool


@dataclass(frozen=True, kw_only=True)
class OwnAssignmentPage(Page):
    """An assignment for a student. attempt: the id that a double click sends twice; resumable: the id of
    the attempt that is open."""

    template: ClassVar[str] = "classes/assignments/own.html"
    id: int
    name: str
    sort: str
    classroom_name: str
    deck_slug: str
    deck_title: str
    tone: str
    words: str
    due: Moment
    own_clock: str
    rules: tuple[str, ...]
    expected: str  # recall on the day if the plan is followed, in words; "" where it is over
    pace: str  # today’s share, "" where there is none
    known: int
    facts: int
    takes: bool
    attempt: str
    may_begin: bool
    coded: bool  # an access code is asked for
    resumable: str
    attempts: tuple[AttemptLine, ...]

    @property
    def title(self) -> str:
        return self.name
