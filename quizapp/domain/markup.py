"""Markdown to safe HTML, and to plain text.

Two nets, one behind the other: markdown-it renders with raw HTML switched off, then nh3 (the
ammonia library) keeps only an allowlist of tags. Pictures are not rendered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeVar

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

LONGEST_TEXT = 10_000  # characters; longer texts are shown as they stand, without markup
_LONGEST_CACHED = 4_000

T = TypeVar("T", bound=str)

_INLINE_TAGS = frozenset({"a", "b", "br", "code", "em", "i", "s", "strong", "sub", "sup"})
_BLOCK_TAGS = _INLINE_TAGS | {
    *("blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "ul"),
    *("table", "tbody", "td", "th", "thead", "tr"),
}
_ATTRIBUTES = {"a": ("href", "title"), "ol": ("start",)}
# ammonia lets addresses relative to the page pass; ours must name their scheme.
_SAFE_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s\\]+", re.IGNORECASE)

_MARKDOWN = (
    MarkdownIt("commonmark", {"html": False, "typographer": True})
    .enable(["table", "strikethrough", "smartquotes"])
    .disable("image")
)


def block(text: str) -> Markup:
    """Markdown with paragraphs, lists and tables as HTML."""
    return _once(_cached_block, _block, text)


def inline(text: str) -> Markup:
    """One line of Markdown (an option, a title) as HTML that can stand inside a line."""
    return _once(_cached_inline, _inline, text)


def plain(text: str) -> str:
    """The text without its markup, white space folded: for titles, checks and alternative texts.

    A single line keeps what would open a block (“1949.” is no list), several lines lose it.
    """
    return _once(_cached_plain, _plain, text)


def sanitise(html: str) -> Markup:
    """HTML reduced to the allowlist; doing it twice changes nothing."""
    return _clean(html, _BLOCK_TAGS)


def _block(text: str) -> Markup:
    if len(text) > LONGEST_TEXT:
        paragraphs = (escape(line) for line in text.replace("\x00", "").splitlines() if line.strip())
        return Markup("<p>{}</p>\n").format(Markup("<br>\n").join(paragraphs))
    return _clean(_MARKDOWN.render(text), _BLOCK_TAGS)


def _inline(text: str) -> Markup:
    if len(text) > LONGEST_TEXT:
        return escape(text.replace("\x00", ""))
    return _clean(_MARKDOWN.renderInline(" ".join(text.split())), _INLINE_TAGS)


def _plain(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        return " ".join(text.split())
    several = "\n" in text.strip()
    tokens = _MARKDOWN.parse(text) if several else _MARKDOWN.parseInline(text.strip())
    return " ".join("".join(_texts(tokens)).split())


def _texts(tokens: Iterable[Token]) -> Iterable[str]:
    """The readable text of tokens; blocks and line breaks are parted by white space."""
    for token in tokens:
        if token.children is not None:
            yield from _texts(token.children)
        elif token.type in {"text", "text_special", "code_inline", "code_block", "fence"}:
            yield token.content
        if token.block or token.type in {"softbreak", "hardbreak"}:
            yield " "


def _clean(html: str, tags: frozenset[str]) -> Markup:
    cleaned = nh3.clean(
        html,
        tags=set(tags),
        clean_content_tags={"script", "style"},
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=_safe_attribute,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow",
    )
    return Markup(cleaned)  # noqa: S704 - the one place where text becomes HTML, right behind the sanitiser


def _safe_attribute(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "href":
        return value if _SAFE_ADDRESS.fullmatch(value) else None
    # nh3 lets `lang` and `title` stand at every tag; `rel` is what it sets itself.
    return value if attribute == "rel" or attribute in _ATTRIBUTES.get(tag, ()) else None


_cached_block = lru_cache(maxsize=4_096)(_block)
_cached_inline = lru_cache(maxsize=8_192)(_inline)
_cached_plain = lru_cache(maxsize=8_192)(_plain)


def _once(cached: Callable[[str], T], fresh: Callable[[str], T], text: str) -> T:
    return cached(text) if len(text) <= _LONGEST_CACHED else fresh(text)
