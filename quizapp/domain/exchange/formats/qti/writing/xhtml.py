"""Our HTML as the XHTML that QTI allows, and the Markdown beside it where that would come back otherwise."""

from __future__ import annotations

import io
import json
import re
from html.parser import HTMLParser

from quizapp.domain.exchange.conversion.formulas import delimited
from quizapp.domain.exchange.conversion.html import from_html
from quizapp.domain.exchange.conversion.trees import whole
from quizapp.domain.exchange.formats.qti.texts import MARKDOWN, digest, html_of
from quizapp.domain.exchange.formats.qti.writing.versions import element, quoted, text
from quizapp.domain.language import markup

FOLDER = "images/"
_PICTURE = re.compile(r"picture:([0-9a-f]{32})")
_KEPT = {"a": ("href",), "img": ("src", "alt")}
_VOID = frozenset({"br", "hr", "img"})
_GONE = {"s": "Struck-out words are plain there."}


def xhtml(markdown: str, *, inline: bool = False) -> tuple[str, list[str]]:
    """(the text as XHTML, what of it QTI has no place for)."""
    html = str(markup.inline(markdown) if inline else markup.block(markdown))
    reader = _Reader()
    reader.feed(delimited(html).strip())
    reader.close()
    return _PICTURE.sub(rf"{FOLDER}\1.webp", "".join(reader.parts)), reader.lost


def pictures(html: str) -> list[str]:
    """The keys of the pictures that XHTML shows, each once."""
    return list(dict.fromkeys(re.findall(rf'src="{FOLDER}([0-9a-f]{{32}})\.webp"', html)))


def source(html: str, markdown: str, *, inline: bool = False) -> str:
    """A processing instruction with the Markdown of a text, "" where its XHTML is enough."""
    node = whole(io.BytesIO(element("div", html).encode()))
    shown = html_of(node)
    read = from_html(
        shown, inline=inline, address=lambda file: file.removeprefix(FOLDER).removesuffix(".webp")
    )
    if read.markdown == markdown:
        return ""
    said = json.dumps(markdown).replace("?>", r"?\u003e")
    return f"<?{MARKDOWN} {digest(shown)} {said}?>"


class _Reader(HTMLParser):
    """Writes XHTML while the tags of sound HTML go by."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.lost: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _GONE:
            self.lost.append(_GONE[tag])
            return
        given = dict(attrs)
        if given.get("start", "1") != "1":
            self.lost.append("A list begins with 1 there.")
        kept = "".join(f" {name}={quoted(given[name] or '')}" for name in _KEPT.get(tag, ()) if name in given)
        self.parts.append(f"<{tag}{kept}/>" if tag in _VOID else f"<{tag}{kept}>")

    def handle_endtag(self, tag: str) -> None:
        if tag not in _GONE and tag not in _VOID:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.parts.append(text(data).replace("\r", ""))
