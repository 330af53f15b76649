"""The texts of a Moodle question, and the files that they show."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from hashlib import sha256
from urllib.parse import unquote

from quizapp.domain.exchange.bundle import Medium, medium
from quizapp.domain.exchange.conversion.html import from_html, is_html
from quizapp.domain.exchange.conversion.literal import letters, lines
from quizapp.domain.exchange.conversion.trees import Node

PLUGIN_FILE = "@@PLUGINFILE@@/"
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".avif", ".tif", ".tiff")
_FORMATS = {"0": "moodle_auto_format", "1": "html", "2": "plain_text", "4": "markdown"}
_BLOCK = re.compile(r"<(?:p|div|br|ul|ol|table|pre|h[1-6])\b", re.IGNORECASE)
_WITHIN = re.compile(r"data:image/(?P<sort>[a-z+]+);base64,(?P<data>[A-Za-z0-9+/=\s]+)", re.IGNORECASE)


def digest(text: str) -> str:
    """By which a text is known to be the one that was written with its Markdown."""
    return sha256(text.encode()).hexdigest()[:16]


def said(node: Node | None) -> str:
    """What a text element says: in its <text>, or in older files right within."""
    if node is None:
        return ""
    inner = node.node("text")
    if inner is not None:
        return inner.text()
    return "".join(part for part in node.parts if isinstance(part, str))


class Texts:
    """Reads the texts of one question, and gathers its media and what was lost on the way."""

    def __init__(self) -> None:
        self.media: dict[str, Medium] = {}
        self.notes: list[str] = []

    def markdown(self, node: Node | None, *, inline: bool = False, text: str | None = None) -> str:
        """An element as Markdown. text: what it says, where that was changed before."""
        if node is None:
            return ""
        given = said(node) if text is None else text
        if text is None and (own := self._own(node, given)) is not None:
            return own
        mark = node.attribute("format").casefold()
        mark = _FORMATS.get(mark, mark)
        files = self._files(node)
        if mark == "markdown":
            return " ".join(given.split()) if inline else given.strip()
        if mark != "plain_text" and is_html(given):
            if mark != "html" and not _BLOCK.search(given):
                given = given.replace("\n", "<br>")
            read = from_html(given, inline=inline, address=lambda source: self._address(source, files))
            self.notes += read.notes
            return read.markdown
        return letters(" ".join(given.split())) if inline else lines(given.strip())

    def typed(self, text: str) -> str:
        """An answer to type: letters, without markup."""
        return " ".join(text.split())

    def picture_of_old(self, question: Node) -> str:
        """The picture that files before Moodle 2 keep beside the text."""
        data = question.text("image_base64").strip()
        name = question.text("image").strip().rpartition("/")[2]
        if not data:
            if name:
                self.notes.append(f"The picture “{name[:60]}” was left out: it is not in the file.")
            return ""
        key = self._kept(name or "picture.png", data)
        return f"\n\n![](picture:{key})" if key else ""

    def _own(self, node: Node, given: str) -> str | None:
        """The Markdown that is beside a text that is still as it was written with it."""
        source = node.node("markdown")
        if source is None or source.attribute("of") != digest(given):
            return None
        return source.text()

    def _files(self, node: Node) -> dict[str, Node]:
        return {
            (file.attribute("path").strip("/") + "/" + file.attribute("name")).lstrip("/"): file
            for file in node.nodes("file")
        }

    def _address(self, source: str, files: dict[str, Node]) -> str:
        if found := _WITHIN.fullmatch(source.strip()):
            return self._kept(f"picture.{found['sort'].lower().removesuffix('+xml')}", found["data"])
        if not source.startswith(PLUGIN_FILE):
            return ""
        name = unquote(source.removeprefix(PLUGIN_FILE).partition("?")[0]).lstrip("/")
        file = files.get(name)
        return self._kept(file.attribute("name"), file.text()) if file is not None else ""

    def _kept(self, name: str, data: str) -> str:
        """The key of a picture, "" for what is none."""
        if not name.casefold().endswith(PICTURES):
            return ""
        try:
            found = medium(name, b64decode("".join(data.split()), validate=True))
        except (binascii.Error, ValueError):
            return ""
        self.media[found.key] = found
        return found.key
