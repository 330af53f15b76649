"""The library's pages: decks, a deck's questions, an article with what is remembered of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizapp.domain.language.translation import _
from quizapp.web.frame.page import Page


@dataclass(frozen=True, kw_only=True)
class DeckEntry:
    """A deck in numbers. due: to review, what is being learnt included; new: not seen yet."""

    slug: str
    title: str
    summary: str
    total: int
    due: int = 0
    new: int = 0
    known: int = 0
    source_slug: str = ""
    source_name: str = ""


@dataclass(frozen=True, kw_only=True)
class DeckGroup:
    """Decks that belong together on the shelf."""

    title: str
    explanation: str
    decks: tuple[DeckEntry, ...]


@dataclass(frozen=True, kw_only=True)
class DecksPage(Page):
    """The shelf. newcomer: no one to show numbers of."""

    template: ClassVar[str] = "library/decks.html"
    groups: tuple[DeckGroup, ...]
    newcomer: bool

    @property
    def title(self) -> str:
        return _("Library")


@dataclass(frozen=True, kw_only=True)
class ItemEntry:
    """A question in a list, without its key. state: new, learning, due or known, or "" for a
    newcomer; words: the same in words, with the day until which it is known."""

    id: int
    headline: str
    kind: str
    state: str = ""
    words: str = ""
    editable: bool = False


@dataclass(frozen=True, kw_only=True)
class DeckPage(Page):
    """One deck: what one will know, how far one is, its questions page by page (from 1)."""

    template: ClassVar[str] = "library/deck.html"
    deck: DeckEntry
    items: tuple[ItemEntry, ...]
    number: int
    pages: int
    first: int  # of the items shown, from 1
    newcomer: bool
    paused: bool | None = None  # None: it is not studied

    @property
    def title(self) -> str:
        return self.deck.title


@dataclass(frozen=True, kw_only=True)
class SentenceView:
    """A sentence of an article; cited: a question is based on it."""

    text: str
    cited: bool


@dataclass(frozen=True, kw_only=True)
class ParagraphView:
    """A paragraph with its questions. tone: "" (nothing met), weak, fading or strong; memory: the same
    in words; ask: the item to be asked about next. For teachers also kinds: what its questions are; gap:
    it could be asked about, and is not."""

    number: int
    sentences: tuple[SentenceView, ...]
    items: tuple[ItemEntry, ...]
    tone: str = ""
    memory: str = ""
    ask: int | None = None
    kinds: str = ""
    gap: bool = False


@dataclass(frozen=True, kw_only=True)
class TeachingView:
    """What teachers see of an article. own: they look after it; classes: (id, name) of theirs; classroom:
    whose memory is shown, None for the teacher's own; summary: that memory in words.

    asked: paragraphs with questions; gaps: those that could have some.
    """

    own: bool
    classes: tuple[tuple[int, str], ...]
    classroom: int | None
    summary: str
    asked: int
    gaps: int


@dataclass(frozen=True, kw_only=True)
class SourcePage(Page):
    """An article: what is known of it, what is remembered of it, and its text where it is attached.

    facts: that questions are based on; known: those expected to be recalled at the target or better.
    byline: author, publisher and date as far as they are known. lost: questions whose sentence is gone.
    teaching: None for those who do not teach. back: the answered question one has come from.
    """

    template: ClassVar[str] = "library/source.html"
    slug: str
    heading: str
    byline: str
    about: str
    language: str
    attached: bool
    paragraphs: tuple[ParagraphView, ...]
    decks: tuple[tuple[str, str], ...]  # slug, title
    facts: int
    known: int
    target_percent: int
    newcomer: bool
    address: str = ""
    lost: tuple[ItemEntry, ...] = ()
    teaching: TeachingView | None = None
    back: str = ""

    @property
    def title(self) -> str:
        return self.heading
