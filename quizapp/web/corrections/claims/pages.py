"""The page on which a teacher decides claims."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizapp.domain.language.translation import _
from quizapp.domain.sources.evidence import EvidenceView
from quizapp.web.corrections.regrading.pages import Foreseen
from quizapp.web.frame.page import Page


@dataclass(frozen=True, kw_only=True)
class GroupPage(Page):
    """Claims that one decision is about: an answer beside its question, and what accepting it would change.

    claims 0: all decided in the meantime. foreseen None: only its author can write that into the key.
    """

    template: ClassVar[str] = "corrections/claims/group.html"
    item_id: int
    base: int | None
    normal_form: str
    answer: str
    claims: int
    reasons: tuple[str, ...]
    said: str  # by those who were asked whether it is the same
    headline: str
    keys: tuple[str, ...]
    passages: tuple[EvidenceView, ...]
    slug: str
    deck_title: str
    editable: bool
    foreseen: Foreseen | None
    reply: str = ""
    error: str = ""

    @property
    def status(self) -> int:
        return 422 if self.error else 200

    @property
    def title(self) -> str:
        return _("“I was right”")
