"""Articles that come as text without markup, or as Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bs4 import Tag
from markdown_it import MarkdownIt

from quizapp.domain.sources.articles.blocks import BlockKind, Extracted, Why, folded
from quizapp.domain.sources.articles.choosing import is_prose
from quizapp.domain.sources.articles.dates import iso_date, written_date
from quizapp.domain.sources.articles.extracting import extract_html, extracted
from quizapp.domain.sources.articles.metadata import Stated, without_by
from quizapp.domain.sources.articles.neighbours import (
    strike_foreign,
    strike_labels_between,
    strike_led,
    strike_repeated,
    words_key,
)
from quizapp.domain.sources.articles.raised import lowered, raised
from quizapp.domain.sources.articles.segmenting import Element, Piece
from quizapp.domain.sources.articles.wording import is_crumbs, is_person, is_signed, last_crumb, why_of_words
from quizapp.domain.sources.articles.wrapping import BULLET, ENDED, unwrapped

LONGEST_TITLE = 30  # words
# “512[3]”, “river.[12]”: what stands glued to a figure or to a mark of punctuation is a note; to a word it
# may be, where others are.
_NOTE = r"\[(?:\d{1,3}|[a-z]|(?:note|nb|n) \d{1,3}|citation needed)\]"
_SURE_NOTE = re.compile(rf"(?<=[\d%.,;:!?”’\"»)])(?:{_NOTE})+(?![\w\[(])")
_LIKELY_NOTE = re.compile(rf"(?<=[^\W\d_])(?:{_NOTE})+(?![\w\[(=])")
_MARKDOWN_NOTE = re.compile(r"(?<=\S)\[\^[^\]\s]{1,40}\](?!:)")
_ELEMENT = re.compile(r"<(su[pb])\b[^<>]*>(?:<a\b[^<>]*>(?P<mark>[^<>]{0,14})</a>|([^<>]{1,14}))</\1>")
_PANDOC = re.compile(r"(?<=\w)\^([\d+−-]{1,6})\^|(?<=[^\W\d_])~(\d{1,4})~")
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(title|author|date|publisher|lang|language)\s*:\s*(.+)$", re.IGNORECASE | re.MULTILINE)


def extract_text(text: str) -> Extracted:
    """The article of a plain text: a block is a line, or lines wrapped by hand."""
    return extract_lines(unwrapped(without_marks(text)))


def without_marks(text: str) -> str:
    """A text without the marks of notes that came with it when it was copied."""
    found = _SURE_NOTE.sub("", text)
    return found if found == text else _LIKELY_NOTE.sub("", found)


def extract_lines(lines: Sequence[str]) -> Extracted:
    """The article of a text that has been taken apart into its paragraphs."""
    pieces = _pieces(lines)
    title = _strike_title(pieces)
    for piece in pieces:
        if piece.why is None:
            piece.why = why_of_words(piece.text)
    strike_led(pieces)
    language = strike_foreign(pieces)
    strike_repeated(pieces)
    strike_labels_between(pieces)
    author = _strike_author(pieces)
    dated = (written_date(piece.text) for piece in pieces if piece.why is Why.BYLINE)
    return extracted(pieces, Stated(title, author, "", next(filter(None, dated), ""), ""), language)


def extract_markdown(text: str) -> Extracted:
    """The article of a Markdown file; what its front matter states goes before what the text does."""
    front = _FRONT_MATTER.match(text)
    fields = (
        {name.casefold(): folded(value).strip("\"'") for name, value in _FIELD.findall(front[1])}
        if front
        else {}
    )
    body = text[front.end() :] if front else text
    found = extract_html(MarkdownIt("commonmark", {"html": False}).enable("table").render(_unmarked(body)))
    return Extracted(
        title=fields.get("title") or found.title,
        author=fields.get("author") or found.author,
        publisher=fields.get("publisher", ""),
        published=iso_date(fields.get("date", "")) or found.published,
        language=fields.get("lang") or fields.get("language") or found.language,
        blocks=found.blocks,
    )


def _unmarked(body: str) -> str:
    """Markdown without marks of notes, its powers and indexes in characters above and below the line."""

    def element(found: re.Match[str]) -> str:
        if found["mark"] is not None:
            return ""
        return raised(found[3]) if found[1] == "sup" else lowered(found[3])

    def pandoc(found: re.Match[str]) -> str:
        return raised(found[1]) if found[1] else lowered(found[2])

    return _PANDOC.sub(pandoc, _ELEMENT.sub(element, _MARKDOWN_NOTE.sub("", body)))


def is_markdown(text: str) -> bool:
    """Whether a pasted text is Markdown: its first line or two of its lines are headings with “#”."""
    found = _HEADING.findall(text)
    return len(found) > 1 or bool(found and _HEADING.match(text.lstrip()))


_HEADING = re.compile(r"^#{1,4} (?=\w)", re.MULTILINE)


def _pieces(lines: Sequence[str]) -> list[Piece]:
    element = Element(Tag(name="p"), None, BlockKind.PARAGRAPH)
    pieces = [Piece(line, BlockKind.PARAGRAPH, element) for line in lines]
    for piece, following in pairwise(pieces):
        if BULLET.match(piece.text):
            piece.kind = BlockKind.LIST_ITEM
        elif len(piece.text.split()) <= 12 and not piece.text.endswith(ENDED) and is_prose(following):
            piece.kind = BlockKind.HEADING
    return pieces


def _strike_title(pieces: Sequence[Piece]) -> str:
    """The first line, where it is no paragraph or is there more than once."""
    if len(pieces) < 2:
        return ""
    first = pieces[0]
    if is_crumbs(first.text):
        first.why = Why.NAVIGATION
        return last_crumb(first.text)
    key, again = words_key(first.text), [words_key(piece.text) for piece in pieces[1:4]]
    bare = not first.text.endswith(ENDED) and len(first.text.split()) <= LONGEST_TITLE
    if (
        first.kind is BlockKind.LIST_ITEM
        or not (bare or key in again)
        or why_of_words(first.text) is not None
    ):
        return ""
    same = [piece for piece in pieces[:4] if words_key(piece.text) == key]
    for piece in same:
        piece.why = Why.TITLE
    return min((piece.text for piece in same), key=len)


def _strike_author(pieces: Sequence[Piece]) -> str:
    """A line “By …”, or a name that stands alone last before the text, under a caption or a standfirst."""
    for piece in pieces:
        if is_signed(piece.text):
            return without_by(piece.text)
    first = next((place for place, piece in enumerate(pieces) if piece.why is None and is_prose(piece)), 0)
    head = pieces[:first]
    named = bool(head) and head[-1].why is None and is_person(head[-1].text)
    if named and any(piece.why not in {None, Why.TITLE} for piece in head):
        head[-1].why = Why.BYLINE
        return head[-1].text
    return ""
