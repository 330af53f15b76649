"""One spelling for all versions: QTI 3's `qti-choice-interaction` is `choiceInteraction` as before."""

from __future__ import annotations

import re

from quizapp.domain.exchange.conversion.trees import Node

_DASHED = re.compile(r"-([a-z])")


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
