"""Markdown to safe HTML, and to plain text.

Two nets, one behind the other: markdown-it renders with raw HTML switched off, then nh3 (the
ammonia library) keeps only an allowlist of tags.

Two things beside Markdown's own. A picture of this site, `![what it shows](picture:<32 hex digits>)`,
becomes an `img` whose address is still `picture:…`; pages put the real one in (`picture_addresses`). Any
other picture is left out, its text stays. A formula, `\\(a^2\\)` in a line or `\\[a^2\\]` on its own
(the delimiters of KaTeX and of LaTeX; `$` stays money), becomes `<math-formula>` with its LaTeX as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape

from quizapp.domain.language import formulas

LONGEST_TEXT = 10_000  # characters; longer texts are shown as they are, without markup
_LONGEST_CACHED = 4_000

T = TypeVar("T", bound=str)

_INLINE_TAGS = frozenset(
    {"a", "b", "br", "code", "em", "i", "img", "math-formula", "s", "strong", "sub", "sup"}
)
_BLOCK_TAGS = _INLINE_TAGS | {
    *("blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "ul"),
    *("table", "tbody", "td", "th", "thead", "tr"),
}
_ATTRIBUTES = {
    "a": ("href", "title"),
    "ol": ("start",),
    "img": ("src", "alt"),
    "math-formula": ("class", "role", "aria-label"),
}
# ammonia lets addresses relative to the page pass; ours must name their scheme.
_SAFE_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s\\]+", re.IGNORECASE)
_BARE = re.compile(r"(?:[^\W_]| |, |-(?!-))*")  # no mark that could mean anything
_PICTURE = re.compile(r"picture:([0-9a-f]{32})")
_IMAGE = re.compile(r'<img((?: [a-z]+="[^"]*")*)>')  # as nh3 writes it: quotes within values are escaped
_SHOWN_PICTURE = re.compile(r'(<img[^>]*? src=")picture:([0-9a-f]{32})"')
_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
_HEAD = re.compile(r"<th>(.*?)</th>", re.DOTALL)
_FORMULA = re.compile(r"\\\((.+?)\\\)|\\\[(.+?)\\\]", re.DOTALL)
_CLOSING = {"(": "\\)", "[": "\\]"}


def _formula(state: StateInline, silent: bool) -> bool:
    r"""Inline rule: `\(…\)` and `\[…\]`."""
    opening = state.src[state.pos : state.pos + 2]
    if len(opening) < 2 or opening[0] != "\\" or opening[1] not in _CLOSING:
        return False
    end = state.src.find(_CLOSING[opening[1]], state.pos + 2, state.posMax)
    formula = state.src[state.pos + 2 : end].strip() if end > 0 else ""
    if not formula:
        return False
    if not silent:
        token = state.push("formula", "math-formula", 0)
        token.content, token.markup = formula, opening
    state.pos = end + 2
    return True


_IDENTIFIER = re.compile(r"__[a-z][a-z0-9_]*__(?!\w)")


def _identifier(state: StateInline, silent: bool) -> bool:
    """Inline rule: `__init__` is a name, not init in bold."""
    found = _IDENTIFIER.match(state.src, state.pos)
    if not found or (state.pos and (state.src[state.pos - 1].isalnum() or state.src[state.pos - 1] == "_")):
        return False
    if not silent:
        state.pending += found.group()
    state.pos = found.end()
    return True


def _render_formula(
    _: RendererProtocol, tokens: Sequence[Token], index: int, __: OptionsDict, ___: EnvType
) -> str:
    kind = ' class="display"' if tokens[index].markup == "\\[" else ""
    named = f' role="img" aria-label="{escape(formulas.spoken(tokens[index].content))}"'
    return f"<math-formula{kind}{named}>{escape(tokens[index].content)}</math-formula>"


def _render_image(
    _: RendererProtocol, tokens: Sequence[Token], index: int, __: OptionsDict, ___: EnvType
) -> str:
    text = escape(" ".join("".join(_texts(tokens[index].children or ())).split()))
    address = str(tokens[index].attrGet("src") or "")
    return f'<img src="{address}" alt="{text}">' if _PICTURE.fullmatch(address) else str(text)


_MARKDOWN = MarkdownIt("commonmark", {"html": False, "typographer": True}).enable(
    ["table", "strikethrough", "smartquotes"]
)
_MARKDOWN.inline.ruler.before("escape", "formula", _formula)
_MARKDOWN.inline.ruler.before("emphasis", "identifier", _identifier)
_MARKDOWN.add_render_rule("formula", _render_formula)
_MARKDOWN.add_render_rule("image", _render_image)


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


def aloud(text: str) -> str:
    """The text as it is read aloud: without markup, formulas in words."""
    return plain(_FORMULA.sub(lambda found: formulas.spoken(found[1] or found[2]), text))


def pictures(text: str) -> tuple[tuple[str, str], ...]:
    """(id, alternative text) of this site's pictures that a Markdown text shows, in order."""
    if "picture:" not in text or len(text) > LONGEST_TEXT:
        return ()
    tokens = [child for token in _MARKDOWN.parse(text) for child in token.children or ()]
    found = (
        (token, _PICTURE.fullmatch(str(token.attrGet("src")))) for token in tokens if token.type == "image"
    )
    return tuple((match[1], "".join(_texts(token.children or ())).strip()) for token, match in found if match)


def picture_addresses(html: Markup, address: Callable[[str], str]) -> Markup:
    """The HTML with each picture's real address, made from its id."""
    if "picture:" not in html:
        return html
    return Markup(_SHOWN_PICTURE.sub(lambda found: f'{found[1]}{escape(address(found[2]))}"', html))  # noqa: S704


def boxed_tables(html: Markup) -> Markup:
    """The HTML with each table in a box that scrolls, for pages on narrow screens."""
    return Markup(_TABLE.sub(_boxed, html)) if "<table>" in html else html  # noqa: S704


def sanitise(html: str) -> Markup:
    """HTML reduced to the allowlist; doing it twice changes nothing."""
    return _clean(html, _BLOCK_TAGS)


def _block(text: str) -> Markup:
    if len(text) > LONGEST_TEXT:
        paragraphs = (escape(line) for line in text.replace("\x00", "").splitlines() if line.strip())
        return Markup("<p>{}</p>\n").format(Markup("<br>\n").join(paragraphs))
    return _clean(_MARKDOWN.render(text), _BLOCK_TAGS)


def _boxed(found: re.Match[str]) -> str:
    """A table in a box that scrolls by itself, also by keyboard, and is called by the table's head."""
    heads = (Markup(head).striptags() for head in _HEAD.findall(found[0]))  # noqa: S704
    name = escape(", ".join(filter(None, heads)))
    called = f' role="group" aria-label="{name}"' if name else ""
    table = found[0].replace("<th>", '<th scope="col">')
    return f'<div class="tabular" tabindex="0"{called}>{table}</div>'


def _inline(text: str) -> Markup:
    if len(text) > LONGEST_TEXT:
        return escape(text.replace("\x00", ""))
    return _clean(_MARKDOWN.renderInline(" ".join(text.split())), _INLINE_TAGS)


def _plain(text: str) -> str:
    if len(text) > LONGEST_TEXT or _BARE.fullmatch(text):
        return " ".join(text.split())
    several = "\n" in text.strip()
    tokens = _MARKDOWN.parse(text) if several else _MARKDOWN.parseInline(text.strip())
    return " ".join("".join(_texts(tokens)).split())


def _texts(tokens: Iterable[Token]) -> Iterable[str]:
    """The readable text of tokens; blocks and line breaks are parted by white space."""
    for token in tokens:
        if token.children is not None:
            yield from _texts(token.children)
        elif token.type in {"text", "text_special", "code_inline", "code_block", "fence", "formula"}:
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
        url_schemes={"http", "https", "mailto", "picture"},
        link_rel="noopener nofollow",
    )
    # A picture that is not this site's lost its address above, and goes.
    cleaned = _IMAGE.sub(lambda found: found[0] if found[1].startswith(' src="picture:') else "", cleaned)
    return Markup(cleaned)  # noqa: S704 - the one place where text becomes HTML, right behind the sanitiser


def _safe_attribute(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "href":
        return value if _SAFE_ADDRESS.fullmatch(value) else None
    if attribute == "src":
        return value if _PICTURE.fullmatch(value) else None
    if tag == "math-formula":
        return value if value in {"class": {"display"}, "role": {"img"}}.get(attribute, {value}) else None
    # nh3 lets `lang` and `title` are at every tag; `rel` is what it sets itself.
    return value if attribute == "rel" or attribute in _ATTRIBUTES.get(tag, ()) else None


_cached_block = lru_cache(maxsize=4_096)(_block)
_cached_inline = lru_cache(maxsize=8_192)(_inline)
_cached_plain = lru_cache(maxsize=8_192)(_plain)


def _once(cached: Callable[[str], T], fresh: Callable[[str], T], text: str) -> T:
    return cached(text) if len(text) <= _LONGEST_CACHED else fresh(text)
