"""A right answer to show in a preview, derived from an item's answers and the prompt's controls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from quizapp.domain.library.kinds.base import (
    Arranged,
    Arrangement,
    Choices,
    Chosen,
    Content,
    GaveUp,
    Kind,
    Matched,
    Pairing,
    Prompt,
    Rated,
    Response,
    SelfRating,
    Typed,
)

_RANGE_END = re.compile(r"–[0-9.,−-]+")


def right_response(kind: Kind[Any], content: Content, prompt: Prompt) -> Response:
    """The first response found that is graded right, or giving up, which shows the answers as well."""
    for response in _candidates(kind, content, prompt):
        if kind.grade(content, response).right:
            return response
    return GaveUp()


def _candidates(kind: Kind[Any], content: Content, prompt: Prompt) -> Iterator[Response]:
    outline = kind.outline(content)
    if prompt.pieces or len(prompt.controls) != 1:
        yield Typed(outline.keys)
        return
    match prompt.controls[0]:
        case SelfRating():
            yield Rated(3)
        case Choices(options=options):
            yield Chosen(tuple(sorted(key for key in outline.keys if key in options)))
        case Arrangement():
            yield Arranged(outline.keys)
        case Pairing():
            parts = kind.grade(content, GaveUp()).parts
            yield Matched(tuple(sorted((part.label, part.key) for part in parts)))
        case _:
            for text in (*outline.keys, *outline.accept):
                yield Typed((text,))
                yield Typed((_RANGE_END.sub("", text, count=1),))  # “42–42.2 km”: either end is right
