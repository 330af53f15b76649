"""The texts of an item: its elements as HTML, and that as Markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from hashlib import sha256
from html import escape
from typing import NamedTuple

from quizapp.domain.exchange.conversion.html import from_html
from quizapp.domain.exchange.conversion.trees import Node
from quizapp.domain.exchange.formats.qti.package import Pictures
from quizapp.domain.language.markup import plain

Replace = Callable[[Node], str | None]
_LEFT_OUT = frozenset({"feedbackInline", "feedbackBlock", "rubricBlock", "stylesheet", "templateInline"})
_OURS = frozenset(
    {"itemBody", "prompt", "simpleChoice", "simpleAssociableChoice", "gapText", "hottext", "contentBody"}
)
MARKDOWN = "quizapp"  # the processing instruction in which our own files keep what their XHTML loses
PLACE = "\uf8f1"  # stands for a gap while the text is read or written
_SOURCE = re.compile(r'(?P<digest>[0-9a-f]{16}) (?P<text>".*")', re.DOTALL)
_PICTURE = re.compile(r"picture:([0-9a-f]{32})")


def digest(html: str) -> str:
    """By which a text is known to be the one that was written with its Markdown."""
    return sha256(html.encode()).hexdigest()[:16]


class Texts:
    """Reads one item's texts and gathers what was lost."""

    def __init__(self, pictures: Pictures) -> None:
        self.pictures = pictures
        self.notes: list[str] = []

    def markdown(self, node: Node | None, *, inline: bool = False, replace: Replace | None = None) -> str:
        """An element's content. replace: what to write for an element instead, None to go on as usual."""
        if node is None:
            return ""
        html = html_of(node, replace)
        read = self.of_html(html, inline=inline)
        own = _own(node, html)
        keys = {key: self.pictures.address(f"images/{key}.webp") for key in _PICTURE.findall(own or "")}
        if own is None or not all(keys.values()):
            return read
        return _PICTURE.sub(lambda found: f"picture:{keys[found[1]]}", own)

    def of_html(self, html: str, *, inline: bool = False) -> str:
        read = from_html(html, inline=inline, address=self.pictures.address)
        self.notes += read.notes
        return read.markdown

    def words(self, node: Node | None) -> str:
        """An element as letters without markup."""
        return " ".join(plain(self.markdown(node, inline=True)).split())

    def aside(self, root: Node, *tags: str, but: Sequence[Node] = ()) -> None:
        """Note that such elements were left out, where they hold anything. but: those that were read."""
        for node in root.below(*tags):
            if node.text().strip() and node not in but:
                self.notes.append(_NAMED.get(node.tag, "A part of the text was left out."))


def _own(node: Node, html: str) -> str | None:
    """The Markdown that is beside a text that is still as it was written with it."""
    found = _SOURCE.fullmatch(node.attribute(f"?{MARKDOWN}"))
    if found is None or found["digest"] != digest(html):
        return None
    try:
        return str(json.loads(found["text"]))
    except ValueError:
        return None


_NAMED = {
    "rubricBlock": "Instructions beside the question were left out.",
    "modalFeedback": "Feedback on an answer was left out.",
    "feedbackBlock": "Feedback on an answer was left out.",
}


class _Open(NamedTuple):
    node: Node
    closing: str


def html_of(node: Node, replace: Replace | None = None) -> str:
    """The content of an element as HTML; QTI's own elements vanish around what is in them."""
    parts: list[str] = []
    waiting: list[Node | str | _Open] = []
    waiting.extend(node.parts[::-1])
    while waiting:
        part = waiting.pop()
        if isinstance(part, _Open):
            parts.append(part.closing)
        elif isinstance(part, str):
            parts.append(escape(part, quote=False))
        else:
            instead = replace(part) if replace is not None else None
            if instead is None:
                instead = _picture(part)
            if instead is not None:
                parts.append(instead)
            elif part.tag not in _LEFT_OUT:
                opening, closing = _tags(part)
                parts.append(opening)
                waiting.append(_Open(part, closing))
                waiting.extend(part.parts[::-1])
    return "".join(parts)


def _picture(node: Node) -> str | None:
    """A picture that is written as an object."""
    if node.tag != "object" or not node.attribute("type").startswith("image/"):
        return None
    return f'<img src="{escape(node.attribute("data"))}" alt="{escape(node.text().strip())}">'


def _tags(node: Node) -> tuple[str, str]:
    if node.tag in _OURS:
        return "", ""
    attributes = "".join(
        f' {name}="{escape(value)}"'
        for name, value in node.attributes.items()
        if name in {"src", "alt", "href"}
    )
    return f"<{node.tag}{attributes}>", f"</{node.tag}>"
