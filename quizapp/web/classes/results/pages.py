"""The pages of results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds.base import Grade, Outline, Prompt, Response
from quizapp.web.frame.page import Page


@dataclass(frozen=True, kw_only=True)
class QuestionHead:
    """A question above its column. right, answers: of those shown in the grid."""

    id: int
    headline: str
    editable: bool
    right: int
    answers: int


@dataclass(frozen=True, kw_only=True)
class GridCell:
    """What came of a question with a student. state: "" where it was not asked; address: where the answer
    stands, "" for none; points: in words where the question counts other than one point."""

    state: str
    address: str = ""
    points: str = ""


@dataclass(frozen=True, kw_only=True)
class GridRow:
    """A student and what came of each question."""

    enrolment_id: int
    name: str
    result: str
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, kw_only=True)
class GridPage(Page):
    """Students × questions of an assignment."""

    template: ClassVar[str] = "classes/results/grid.html"
    id: int
    name: str
    sort: str
    classroom_id: int
    classroom_name: str
    heads: tuple[QuestionHead, ...]
    rows: tuple[GridRow, ...]

    @property
    def title(self) -> str:
        return _("Answers: {name}").format(name=self.name)


@dataclass(frozen=True, kw_only=True)
class AnswerView:
    """A question as the student saw it, and what came of it. state as in the grid; score, of: in words;
    share: in per cent of its points; acceptable: the answer can be added to the key with one click; base: the
    version that would be changed; decided: what teachers decided about it, in words; changed: the question
    has been edited since."""

    position: int
    item_id: int
    headline: str
    prompt: Prompt
    response: Response | None
    grade: Grade
    outline: Outline
    state: str
    score: str
    of: str
    possible: float
    marked: bool
    editable: bool
    acceptable: bool
    base: int
    changed: bool
    decided: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AttemptPage(Page):
    """An attempt as its student saw it, with what its teacher can do about it."""

    template: ClassVar[str] = "classes/results/attempt.html"
    id: str
    assignment_id: int
    assignment: str
    enrolment_id: int
    student: str
    number: int
    began: str
    ended: str
    result: str
    counts: bool
    reset: bool
    marking: bool  # whether marks can be given now
    answers: tuple[AnswerView, ...]
    decided: tuple[str, ...]

    @property
    def title(self) -> str:
        return _("{student}: attempt {number}").format(student=self.student, number=self.number)


@dataclass(frozen=True, kw_only=True)
class AnswerPage(Page):
    """One answer that a student gave in study."""

    template: ClassVar[str] = "classes/results/answer.html"
    enrolment_id: int
    student: str
    review: str
    at: str
    answer: AnswerView

    @property
    def title(self) -> str:
        return _("An answer of {student}").format(student=self.student)


@dataclass(frozen=True, kw_only=True)
class WorkRow:
    """An assignment with one student. attempts: (id, words, whether it was reset)."""

    id: int
    title: str
    sort: str
    due: str
    status: str
    tone: str
    result: str
    percent: int | None
    attempts: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, kw_only=True)
class LatestRow:
    """One of a student's latest answers."""

    review: str
    item_id: int
    headline: str
    given: str
    state: str
    at: str
    source: str


@dataclass(frozen=True, kw_only=True)
class StudentPage(Page):
    """A student of a class, for their teachers."""

    template: ClassVar[str] = "classes/results/student.html"
    id: int
    name: str
    classroom_id: int
    classroom_name: str
    removed: bool
    signs_in: str
    extra_time: int
    others: tuple[tuple[int, str], ...]  # in the class, who may be the same person
    work: tuple[WorkRow, ...]
    answers: tuple[LatestRow, ...]

    @property
    def title(self) -> str:
        return self.name


@dataclass(frozen=True, kw_only=True)
class MarkRow:
    """A student's line of a gradebook: their marks in per cent (None: nothing counts yet) and their mean."""

    enrolment_id: int
    name: str
    marks: tuple[int | None, ...]
    mean: int | None


@dataclass(frozen=True, kw_only=True)
class GradebookPage(Page):
    """Students × assignments. rule: which attempt counts; rules: (name, words)."""

    template: ClassVar[str] = "classes/results/gradebook.html"
    id: int
    name: str
    rule: str
    rules: tuple[tuple[str, str], ...]
    heads: tuple[tuple[int, str], ...]
    rows: tuple[MarkRow, ...]
    means: tuple[int | None, ...]

    @property
    def title(self) -> str:
        return _("Gradebook of {name}").format(name=self.name)
