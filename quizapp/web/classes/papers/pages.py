"""The pages of a quiz on the desk."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds.base import Grade, Outline, Prompt, Response
from quizapp.web.frame.page import Page
from quizapp.web.frame.parts.qr import QrCode, qr_code


@dataclass(frozen=True, kw_only=True)
class PickRow:
    """A question of the deck. points: in words, for the field."""

    id: int
    headline: str
    kind: str
    keys: tuple[str, ...]
    picked: bool
    points: str


@dataclass(frozen=True, kw_only=True)
class PickPage(Page):
    """Choosing the questions of a quiz by hand."""

    template: ClassVar[str] = "classes/papers/pick.html"
    id: int
    name: str
    deck_title: str
    rows: tuple[PickRow, ...]
    shuffled: bool
    drawn: int  # how many are drawn where none is picked
    problem: str = ""

    @property
    def status(self) -> int:
        return 422 if self.problem else 200

    @property
    def title(self) -> str:
        return _("Questions of {name}").format(name=self.name)


@dataclass(frozen=True, kw_only=True)
class TrialPage(Page):
    """A question as a student gets it, for its teacher to try; nothing is stored. grade: once answered."""

    template: ClassVar[str] = "classes/papers/trial.html"
    id: int
    name: str
    position: int
    count: int
    prompt: Prompt
    problem: str = ""
    response: Response | None = None
    grade: Grade | None = None
    outline: Outline | None = None
    rationale: str = ""

    @property
    def title(self) -> str:
        return _("Preview: {name}").format(name=self.name)


@dataclass(frozen=True, kw_only=True)
class ShareLink:
    """Another platform to post to. address: a page of theirs that is opened with the link filled in."""

    name: str
    address: str


@dataclass(frozen=True, kw_only=True)
class SharePage(Page):
    """An assignment's link, to copy, to scan and to post; and how to join while joining is open."""

    template: ClassVar[str] = "classes/papers/share.html"
    id: int
    name: str
    classroom_id: int
    address: str
    code: str  # of the class, "" while joining is closed
    join_address: str
    posts: tuple[ShareLink, ...]

    @cached_property
    def qr(self) -> QrCode:
        """The link, for a phone's camera."""
        return qr_code(self.address)

    @property
    def title(self) -> str:
        return _("Share {name}").format(name=self.name)


@dataclass(frozen=True, kw_only=True)
class PaperQuestion:
    """A question on paper. keys: the answer as it is in the key of this version (with letters where
    options are lettered)."""

    prompt: Prompt
    points: str
    keys: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A version of a paper quiz."""

    version: str
    questions: tuple[PaperQuestion, ...]


@dataclass(frozen=True, kw_only=True)
class PaperPage(Page):
    """A quiz to print: versions A and B with other orders, and the key of each."""

    template: ClassVar[str] = "classes/papers/paper.html"
    id: int
    name: str
    classroom_name: str
    possible: str
    papers: tuple[Paper, ...]

    @property
    def title(self) -> str:
        return _("On paper: {name}").format(name=self.name)
