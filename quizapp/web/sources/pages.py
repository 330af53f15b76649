"""The pages of a teacher's articles."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Any, ClassVar

from quizapp.domain.language.translation import _
from quizapp.web.frame.page import Page

MOST_TITLES = 8  # that are offered


@dataclass(frozen=True, kw_only=True)
class ArticleRow:
    """An article in the list."""

    slug: str
    title: str
    byline: str
    paragraphs: int


@dataclass(frozen=True, kw_only=True)
class ArticlesPage(Page):
    """A teacher's articles."""

    template: ClassVar[str] = "sources/articles.html"

    articles: tuple[ArticleRow, ...]
    queued: int

    @property
    def title(self) -> str:
        return _("Articles")


@dataclass(frozen=True, kw_only=True)
class AddArticlePage(Page):
    """Bringing an article, or a new text of one that is there. slug: whose new text; "" for a new one."""

    template: ClassVar[str] = "sources/add.html"

    form: Any
    accepted: str
    links: bool
    slug: str = ""
    article: str = ""
    refused: bool = False
    busy: bool = False

    @property
    def status(self) -> int:
        if self.busy:
            return 503
        return 422 if self.refused else 200

    @property
    def title(self) -> str:
        return _("A new text of {article}").format(article=self.article) if self.slug else _("Add an article")


@dataclass(frozen=True, kw_only=True)
class BlockView:
    """A block to be kept or struck. why: in words, where it was struck by rule."""

    number: int
    text: str
    kind: str
    kept: bool
    why: str


@dataclass(frozen=True, kw_only=True)
class BlockGroup:
    """Blocks that follow one another. folded: so many struck ones that they are shown on demand."""

    blocks: tuple[BlockView, ...]
    folded: bool

    @property
    def whys(self) -> str:
        """The reasons, each once, in words."""
        return ", ".join(dict.fromkeys(block.why for block in self.blocks if block.why))


@dataclass(frozen=True, kw_only=True)
class CorrectionPage(Page):
    """An article as it was read, to be corrected and stored."""

    template: ClassVar[str] = "sources/correct.html"

    form: Any
    groups: tuple[BlockGroup, ...]
    slug: str = ""
    article: str = ""
    refused: bool = False
    editing: bool = False  # the text itself is changed, not which parts are in it

    @property
    def titles(self) -> tuple[str, ...]:
        """What may be the title: the first headings, kept or struck."""
        heads = (block.text for group in self.groups for block in group.blocks if block.kind == "heading")
        return tuple(dict.fromkeys(islice(heads, MOST_TITLES)))

    @property
    def kept(self) -> int:
        return sum(block.kept for group in self.groups for block in group.blocks)

    @property
    def total(self) -> int:
        return sum(len(group.blocks) for group in self.groups)

    @property
    def status(self) -> int:
        return 422 if self.refused else 200

    @property
    def title(self) -> str:
        return (
            _("A new text of {article}").format(article=self.article)
            if self.slug
            else _("Is this the article?")
        )


@dataclass(frozen=True, kw_only=True)
class SentenceChoice:
    """A sentence to ask about. place: “3.1”; cited: how many questions are based on it."""

    place: str
    text: str
    ticked: bool


@dataclass(frozen=True, kw_only=True)
class ParagraphChoice:
    """A paragraph to choose sentences of."""

    number: int
    sentences: tuple[SentenceChoice, ...]
    struck: str = ""


@dataclass(frozen=True, kw_only=True)
class ArticlePage(Page):
    """An article to read and to ask about."""

    template: ClassVar[str] = "sources/article.html"

    slug: str
    heading: str
    byline: str
    language: str
    address: str
    own: bool
    paragraphs: tuple[ParagraphChoice, ...]
    decks: tuple[tuple[str, str], ...]
    deck: str
    kinds: tuple[tuple[str, str], ...]
    struck: int

    @property
    def title(self) -> str:
        return self.heading
