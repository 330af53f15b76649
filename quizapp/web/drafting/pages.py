"""The page of an article's drafts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizapp.domain.language.translation import _
from quizapp.web.frame.page import FormPage, Page


@dataclass(frozen=True, kw_only=True)
class DraftView:
    """One draft. stem: with its gaps open; answers: the right ones; also: other forms that are accepted;
    wrong: options; before, quote, after: the sentence it is based on, within its paragraph; advice: of the
    linter; reason: why it cannot be taken as it is, "" where it can."""

    digest: str
    kind: str
    stem: str
    answers: tuple[str, ...]
    also: tuple[str, ...]
    wrong: tuple[str, ...]
    paragraph: int
    before: str
    quote: str
    after: str
    advice: tuple[str, ...]
    reason: str
    by_model: bool
    ticked: bool


@dataclass(frozen=True, kw_only=True)
class DraftsPage(Page):
    """What is left to look through. decks: (slug, title) to put questions in; chosen: the slug chosen, ""
    for a new deck; new_deck: what that will be called; paragraph: drafts of this one only."""

    template: ClassVar[str] = "drafting/index.html"
    article: str
    name: str
    language: str
    attached: bool
    paragraph: int | None
    drafts: tuple[DraftView, ...]
    taken: int
    dropped: int
    last: int | None  # paragraph up to which a long article was read
    decks: tuple[tuple[str, str], ...]
    chosen: str
    new_deck: str
    model: str  # that can be asked for more, "" for none
    own_model: bool  # the reader has chosen it
    notice: str = ""  # why nothing was done
    refused: bool = False
    busy: bool = False

    @property
    def all_ticked(self) -> bool:
        """Whether every draft that can be taken is ticked."""
        return all(draft.ticked or draft.reason for draft in self.drafts)

    @property
    def status(self) -> int:
        if self.busy:
            return 503
        return 422 if self.refused else 200

    @property
    def title(self) -> str:
        return _("Drafts on {name}").format(name=self.name)


@dataclass(frozen=True, kw_only=True)
class ServicePage(FormPage):
    """A teacher's own service for drafts. is_set: there is one; has_key: with a key."""

    template: ClassVar[str] = "drafting/service.html"
    is_set: bool
    has_key: bool

    @property
    def title(self) -> str:
        return _("Drafts by a language model")
