"""An article taken apart: blocks in order, each kept or excluded with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

from quizapp.domain.language.translation import marked


class BlockKind(StrEnum):
    """What a block is in the article."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    TABLE_ROW = "table row"
    QUOTE = "quotation"
    CODE = "code"


class Why(StrEnum):
    """Why a block is excluded, in the words a teacher reads."""

    NAVIGATION = marked("navigation")
    COOKIES = marked("cookie notice")
    SUBSCRIPTION = marked("subscription notice")
    CAPTION = marked("caption")
    COMMENT = marked("comment")
    RELATED = marked("related links")
    SHARE = marked("share buttons")
    FOOTER = marked("footer")
    SIDE = marked("side column")
    ADVERTISEMENT = marked("advertisement")
    BYLINE = marked("author and date")
    TITLE = marked("title")
    DUPLICATE = marked("duplicate")
    FORM = marked("form")
    HIDDEN = marked("hidden on the page")
    NOTICE = marked("notice of the site")
    SEPARATOR = marked("separator")
    LANGUAGE = marked("in another language")
    REFERENCES = marked("references")
    OUTSIDE = marked("outside the article")
    UNREAD = marked("not read")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text of its own. why: set where it is not kept."""

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    kept: bool = True
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article. Empty title, author, publisher, published: not stated, never invented.

    published: an ISO date (YYYY-MM-DD) or what the page states; language: a code such as `en`;
    several: it is a thread of several voices, or a shop's page, and no single text.
    """

    title: str
    author: str
    publisher: str
    published: str
    language: str
    blocks: tuple[Block, ...]
    several: bool = False

    @property
    def text(self) -> str:
        """The kept blocks, one a line: what `sources.passages.paragraphs` numbers."""
        return "\n".join(block.text for block in self.blocks if block.kept)


def folded(text: str) -> str:
    """White space folded to single spaces; characters without width and line breaks dropped."""
    return " ".join(text.translate(_WIDTHLESS).split())


_WIDTHLESS = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\0"))


def edited(blocks: Sequence[Block], text: str) -> tuple[Block, ...]:
    """The blocks with the kept ones written anew, one a line: what stays the same from the top and the end
    keeps its kind, what is struck stays where it was as far as that can be told."""
    lines = [line for line in map(folded, text.splitlines()) if line]
    kept = [place for place, block in enumerate(blocks) if block.kept]
    top = _alike((blocks[place].text for place in kept), lines)
    left = min(len(kept), len(lines)) - top
    end = min(left, _alike((blocks[place].text for place in reversed(kept)), reversed(lines)))
    first = kept[top - 1] + 1 if top else 0
    last = kept[len(kept) - end] if end else len(blocks)
    return (
        *blocks[:first],
        *(Block(line) for line in lines[top : len(lines) - end]),
        *(block for block in blocks[first:last] if not block.kept),
        *blocks[last:],
    )


def _alike(one: Iterable[str], other: Iterable[str]) -> int:
    """How many texts are the same from the beginning on."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
