"""The bank as values: sources, decks, themes and items, each knowing the file and line it came from."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from quizapp.domain.library.kinds.base import Content, Format
from quizapp.domain.sources.evidence import EvidenceRef

UNPLACED = 100  # the position of a deck that names none


class SourceRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What the bank knows about an article; unknown texts are "".

    name: the one short name that questions call it by; it tells the article's form and not its content.
    published: ISO date or ""; boilerplate: rising numbers of the paragraphs that are not content.
    """

    slug: str
    name: str = ""
    title: str = ""
    author: str = ""
    publisher: str = ""
    published: str = ""
    language: str = ""
    file: str
    about: str = ""
    paragraphs: int
    boilerplate: tuple[int, ...] = ()


class DeckRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One deck file's head. `source`: the slug of the article it is about, or "". Decks are offered
    in the order of their positions."""

    slug: str
    title: str
    summary: str = ""
    source: str = ""
    position: int = UNPLACED
    file: str = ""


class ThemeRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A deck that gathers the items of all files that bear a tag."""

    slug: str
    title: str
    summary: str = ""
    tag: str


class Waiver(msgspec.Struct, frozen=True, kw_only=True):
    """A lint warning accepted for one item, and why."""

    rule: str
    reason: str


class Examples(msgspec.Struct, frozen=True, kw_only=True):
    """Typed answers to be graded by the check; each a tuple with one text per gap or box."""

    right: tuple[tuple[str, ...], ...] = ()
    wrong: tuple[tuple[str, ...], ...] = ()


NO_EXAMPLES = Examples()


class BankItem(msgspec.Struct, frozen=True, kw_only=True):
    """One item as it is in a deck file; `position` counts from 1 within its deck.

    formats: the formats it is restricted to; () means all that its kind allows. apart: ids of items that
    must not meet it in one quiz or on one day.
    """

    id: str
    fact: str
    deck: str
    position: int
    content: Content
    tags: tuple[str, ...] = ()
    evidence: tuple[EvidenceRef, ...] = ()
    formats: tuple[Format, ...] = ()
    apart: tuple[str, ...] = ()
    waive: tuple[Waiver, ...] = ()
    examples: Examples = NO_EXAMPLES
    file: str = ""
    line: int = 1


class Bank(msgspec.Struct, frozen=True, kw_only=True):
    """A whole bank; items in the order of their files' names, then as written."""

    sources: tuple[SourceRecord, ...] = ()
    decks: tuple[DeckRecord, ...] = ()
    themes: tuple[ThemeRecord, ...] = ()
    items: tuple[BankItem, ...] = ()

    def items_of(self, deck: str) -> Iterator[BankItem]:
        """The items of a deck file, or those that bear the tag of a theme, in order."""
        tags = {theme.tag for theme in self.themes if theme.slug == deck}
        return (item for item in self.items if item.deck == deck or not tags.isdisjoint(item.tags))
