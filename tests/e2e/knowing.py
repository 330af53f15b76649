"""The right answer to any question, as someone gives it who knows it."""

from __future__ import annotations

from typing import Any

from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.kinds.asking.gaps import parse
from quizapp.domain.library.kinds.base import Arranged, Chosen, Format, Matched, Rated, Response, Typed
from quizapp.domain.library.kinds.cloze import Cloze
from quizapp.domain.library.kinds.flip_card import FlipCard
from quizapp.domain.library.kinds.matching import Matching
from quizapp.domain.library.kinds.ordering import Ordering


def right_answer(content: Any, format: Format) -> Response:
    """What is right for this content. The format decides between choosing and typing, where it can."""
    match content:
        case FlipCard():
            return Rated(3)
        case Matching():
            return Matched(content.pairs)
        case Ordering():
            return Arranged(content.sequence)
        case Cloze():
            return Typed(tuple(gap.key for gap in parse(content.stem).gaps))
    keys = kind_of(content).outline(content).keys
    return Chosen(keys) if format is Format.CHOOSE else Typed(keys[:1])
