"""The pages of a study session: a question, its feedback, and the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizapp.domain.language.differences import Step
from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds.base import Grade, Outline, Prompt, Response
from quizapp.domain.sources.evidence import EvidenceView
from quizapp.web.frame.page import Page
from quizapp.web.frame.parts.offers import ClaimPart


@dataclass(frozen=True)
class Progress:
    """Where a session stands. done: answered today; left: what still waits today (0 = last)."""

    done: int
    left: int

    @property
    def share(self) -> float:
        """Between 0 and 1, for the thin line at the top."""
        return self.done / (self.done + self.left) if self.done + self.left else 1.0


@dataclass(frozen=True, kw_only=True)
class QuestionPage(Page):
    """One item asked. `serving` is the signed hidden field that names item, version and format."""

    template: ClassVar[str] = "study/question.html"
    prompt: Prompt
    serving: str
    progress: Progress
    deck_title: str = ""
    deck_slug: str = ""  # "" = all decks
    hint: str = ""  # shown only after it was asked for
    undo: str = ""  # id of the newest review, "" when there is nothing to undo
    kept: str = ""  # what was typed and is to be completed
    problem: str = ""  # "Choose an answer first." after an empty submission
    tap: str = ""  # "touch", "always": one tap on an option answers
    changed: tuple[Step, ...] | None = None  # its meaning has changed since it was seen: how it reads now

    @property
    def status(self) -> int:
        return 422 if self.problem else 200

    @property
    def title(self) -> str:
        return _("Study")


@dataclass(frozen=True, kw_only=True)
class RevealPage(Page):
    """A flip card turned over: its back, and the ratings to choose from."""

    template: ClassVar[str] = "study/reveal.html"
    prompt: Prompt
    outline: Outline
    rationale: str
    passages: tuple[EvidenceView, ...]
    serving: str
    progress: Progress
    ratings: tuple[tuple[int, str, str], ...]  # (rating, name, when next), e.g. (3, "Good", "in 4 days")
    spoken: str  # what a screen reader hears
    deck_slug: str = ""

    @property
    def title(self) -> str:
        return _("Study")


@dataclass(frozen=True, kw_only=True)
class DecidingPage(Page):
    """Grading is not sure of a part of an answer: it is beside the key, and the learner decides. fields:
    what the form sends again, the answer and what was decided so far."""

    template: ClassVar[str] = "study/deciding.html"
    headline: str
    given: str
    key: str
    rationale: str
    passages: tuple[EvidenceView, ...]
    fields: tuple[tuple[str, str], ...]
    progress: Progress
    deck_slug: str = ""

    @property
    def title(self) -> str:
        return _("Is yours the same?")


@dataclass(frozen=True, kw_only=True)
class FeedbackPage(Page):
    """What came of an answer: right or not, the right answer, why, the passage, and next time."""

    template: ClassVar[str] = "study/feedback.html"
    prompt: Prompt
    response: Response
    grade: Grade
    outline: Outline
    rationale: str
    passages: tuple[EvidenceView, ...]
    review: str  # the review's id: for undo and for reporting
    next_time: str  # "in 4 days", "later today"
    next_reason: str  # one sentence why
    spoken: str  # what a screen reader hears: verdict, right answer, when it returns
    address: str  # where this page is found again
    item_id: int
    own_note: str  # what the learner wrote at it for themselves
    progress: Progress
    deck_slug: str = ""
    way: str = ""
    already: bool = False  # this question had been answered before (other tab, double click)
    note: str = ""
    claim: ClaimPart | None = None

    @property
    def title(self) -> str:
        return (
            _("Correct") if self.grade.right else _("Partly correct") if self.grade.partly else _("Incorrect")
        )


@dataclass(frozen=True, kw_only=True)
class MissedEntry:
    """A question that was missed today, with its answers in Markdown; review: the first answer to it."""

    headline: str
    answers: tuple[str, ...]
    review: str


@dataclass(frozen=True, kw_only=True)
class DonePage(Page):
    """Nothing waits any more today. All figures are of the deck that it names, or of all decks.

    questions: how many different ones were answered; kept: those whose last answer was right; minutes:
    rounded; week: (days studied since Monday, days aimed at), None without such an aim.
    """

    template: ClassVar[str] = "study/done.html"
    answered: int
    questions: int
    kept: int
    first_missed: tuple[MissedEntry, ...]
    minutes: int
    week: tuple[int, int] | None
    quizzable: bool
    tomorrow: int  # due tomorrow
    more_new: int  # new items that the day's limit held back
    deck_title: str = ""
    deck_slug: str = ""
    undo: str = ""
    paces: tuple[str, ...] = ()  # today's share of what is to be known by a date
    backlog: str = ""  # what is left for the coming days, and until when
    missed: int = 0  # cards missed today or yesterday, to go over once more
    more: int | None = None  # a new item that may be learnt beyond the day's limit

    @property
    def title(self) -> str:
        return _("Done for today")


@dataclass(frozen=True, kw_only=True)
class PractisedPage(Page):
    """The end of a round of practice."""

    template: ClassVar[str] = "study/practised.html"
    deck_slug: str
    answered: int

    @property
    def title(self) -> str:
        return _("All reviewed")


@dataclass(frozen=True, kw_only=True)
class PutAwayPage(Page):
    """What was dismissed or set aside: (item, question, deck, how often forgotten)."""

    template: ClassVar[str] = "study/put_away.html"
    items: tuple[tuple[int, str, str, int], ...]

    @property
    def title(self) -> str:
        return _("Put away")
