"""One spelling for all versions, as in version 2 (“choiceInteraction”), and the names in our own files."""

from __future__ import annotations

import re

from quizapp.domain.exchange.conversion.trees import Node

CLOZE, UNIT = (
    "cloze",
    "unit",
)  # classes of a body: what stands in it and what behind its field, in our own files
OWN = "Quizapp"  # the tool that an item of ours names
_UNNAMED = "item"
_DASHED = re.compile(r"-([a-z])")
_FORBIDDEN = re.compile(r"[^A-Za-z0-9_.-]|^[^A-Za-z_]|_(?=x[0-9A-F]{2,6}_)")
_HIDDEN = re.compile(r"_x(?P<code>[0-9A-F]{2,6})_")


def written_identifier(name: str) -> str:
    """A name as an identifier of XML: what may not be in one as its number, “_x2F_” for a stroke."""
    return _FORBIDDEN.sub(lambda found: f"_x{ord(found[0]):02X}_", name) or _UNNAMED


def read_identifier(item: Node) -> str:
    """What an item is called; in our own files as it was before `written_identifier`."""
    name = item.attribute("identifier").strip()
    return _HIDDEN.sub(_letter, name) if item.attribute("toolName") == OWN else name


def _letter(found: re.Match[str]) -> str:
    code = int(found["code"], 16)
    return chr(code) if code <= 0x10FFFF else found[0]


def plain_names(root: Node) -> Node:
    """The tree with version 3's names as version 2 spells them."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.tag.startswith("qti-"):
            node.tag = _camel(node.tag.removeprefix("qti-"))
            node.attributes = {_camel(name): value for name, value in node.attributes.items()}
        waiting.extend(node.nodes())
    return root


def _camel(name: str) -> str:
    return _DASHED.sub(lambda found: found[1].upper(), name)
