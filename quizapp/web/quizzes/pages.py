"""The pages of a quiz."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizapp.domain.language.translation import _
from quizapp.domain.library.grading.verdicts import Verdict
from quizapp.domain.library.kinds.base import Grade, Outline, Prompt, Response
from quizapp.domain.quizzes.scoring import Result
from quizapp.domain.sources.evidence import EvidenceView
from quizapp.web.frame.page import Page
from quizapp.web.frame.parts.offers import ClaimPart
from quizapp.web.study.pages import Progress


@dataclass(frozen=True, kw_only=True)
class NewQuizPage(Page):
    """How long, and when to see the answers. `attempt`: the id that a double click sends twice."""

    template: ClassVar[str] = "quizzes/new.html"
    deck_title: str
    deck_slug: str
    attempt: str
    lengths: tuple[tuple[int, str], ...]
    open: tuple[OpenAttempt, ...] = ()

    @property
    def title(self) -> str:
        return _("Quiz: {deck_title}").format(deck_title=self.deck_title)


@dataclass(frozen=True, kw_only=True)
class OpenAttempt:
    """An attempt to be resumed."""

    id: str
    deck_title: str
    answered: int
    questions: int


@dataclass(frozen=True, kw_only=True)
class Until:
    """The last moment at which answers are taken, in words; left: the time until then, in its last hour."""

    words: str
    left: str = ""


@dataclass(frozen=True, kw_only=True)
class QuizQuestionPage(Page):
    """One question of an attempt. `served`: a signed time, for the duration."""

    template: ClassVar[str] = "quizzes/question.html"
    attempt: str
    position: int
    deck_title: str
    prompt: Prompt
    progress: Progress
    served: str
    at_end: bool
    given: tuple[str, ...]  # what was answered before, in words (feedback at the end)
    until: Until | None = None
    problem: str = ""
    kept: str = ""  # what was typed and is to be completed

    @property
    def status(self) -> int:
        return 422 if self.problem else 200

    @property
    def title(self) -> str:
        return _("Question {position}").format(position=self.position)


@dataclass(frozen=True, kw_only=True)
class QuizFeedbackPage(Page):
    """What came of a question's answer."""

    template: ClassVar[str] = "quizzes/feedback.html"
    attempt: str
    position: int
    deck_title: str
    prompt: Prompt
    response: Response
    grade: Grade
    outline: Outline
    rationale: str
    passages: tuple[EvidenceView, ...]
    progress: Progress
    spoken: str  # what a screen reader hears: verdict, right answer
    next: int  # the next unanswered position, 0 when there is none
    finished: bool = False
    claim: ClaimPart | None = None
    marked: str = ""  # what a teacher gave it by hand, and why

    @property
    def title(self) -> str:
        if self.grade.right:
            return _("Correct")
        if self.grade.partly:
            return _("Partly correct")
        return _("Not sure") if self.grade.verdict is Verdict.UNSURE else _("Incorrect")


@dataclass(frozen=True, kw_only=True)
class OverviewRow:
    """A question in the list before finishing: its headline and whether it is answered."""

    position: int
    headline: str
    answered: bool


@dataclass(frozen=True, kw_only=True)
class OverviewPage(Page):
    """All questions of an attempt, before it is finished. over: why nothing can be answered any more."""

    template: ClassVar[str] = "quizzes/overview.html"
    attempt: str
    deck_title: str
    rows: tuple[OverviewRow, ...]
    over: str = ""
    refused: str = ""  # why the answer that was sent was not taken
    until: Until | None = None

    @property
    def status(self) -> int:
        return 409 if self.refused else 200

    @property
    def title(self) -> str:
        return _("Review your answers")

    @property
    def open(self) -> int:
        return sum(not row.answered for row in self.rows)


@dataclass(frozen=True, kw_only=True)
class ResultRow:
    """A question of a finished attempt, with what was answered (a GaveUp where nothing was)."""

    position: int
    answered: bool
    score: float
    prompt: Prompt
    response: Response
    grade: Grade
    outline: Outline
    rationale: str
    unsure: bool = False

    @property
    def verdict(self) -> str:
        if not self.answered:
            return "missed"
        if self.unsure:
            return "unsure"
        return "right" if self.score >= 1 else "partly" if self.score > 0 else "wrong"


@dataclass(frozen=True, kw_only=True)
class ResultPage(Page):
    """What an attempt is worth, question by question, and the way back into learning."""

    template: ClassVar[str] = "quizzes/result.html"
    attempt: str
    deck_title: str
    deck_slug: str
    result: Result
    rows: tuple[ResultRow, ...]
    due: int  # what waits in this deck today: the missed ones among it
    minutes: int  # spent on its questions, rounded; 0 below half of one
    assignment: int | None = None  # what it was taken for, if its learner may look at that still
    assigned: bool = False  # whether it was taken for an assignment

    @property
    def title(self) -> str:
        return _("Result: {deck_title}").format(deck_title=self.deck_title)

    @property
    def unsure(self) -> int:
        """Answers of which grading is not sure."""
        return sum(row.unsure for row in self.rows)

    @property
    def points(self) -> str:
        """The points without needless decimals: “7”, “7.5”."""
        return f"{self.result.points:.1f}".removesuffix(".0")

    @property
    def possible(self) -> str:
        """The points that could be got."""
        return f"{self.result.possible:.1f}".removesuffix(".0")

    @property
    def percent(self) -> int:
        return round(100 * self.result.points / self.result.questions) if self.result.questions else 0

    @property
    def missed(self) -> tuple[ResultRow, ...]:
        """What was not fully right, as it was asked."""
        return tuple(row for row in self.rows if row.verdict != "right")

    @property
    def known(self) -> tuple[ResultRow, ...]:
        return tuple(row for row in self.rows if row.verdict == "right")


@dataclass(frozen=True, kw_only=True)
class HandedInPage(Page):
    """A finished attempt whose answers are not shown yet. showable: they can be opened now; from_words:
    after which moment else."""

    template: ClassVar[str] = "quizzes/handed_in.html"
    attempt: str
    deck_title: str
    answered: int
    questions: int
    assignment: int | None
    showable: bool
    from_words: str

    @property
    def title(self) -> str:
        return _("Handed in: {deck_title}").format(deck_title=self.deck_title)
