"""The format ladder: an item is recognised first, and recalled once its memory carries that."""

from __future__ import annotations

from collections.abc import Sequence

from quizapp.domain.library.kinds.base import Format
from quizapp.domain.study.scheduling.card import CardState

STRONG = 2.0  # days of stability from which an item is recalled
LOW_RETRIEVABILITY = 0.7  # below this it is asked in its easiest format again
MISSES_TO_STEP_DOWN = 2


def choose_format(
    formats: Sequence[Format], state: CardState | None, retrievability: float | None, fixed: Format | None
) -> Format:
    """The format in which to ask an item; `formats` easiest first, never empty.

    New, weak (S < 2 days) or nearly lost (R < 0.7): the easiest. Else the hardest, and one step
    down after two misses in a row; a single miss does not lower it. `fixed` is what the course asks
    for; it yields where the item does not have that format.
    """
    if fixed is not None and fixed in formats:
        return fixed
    if state is None or state.stability < STRONG:
        return formats[0]
    if retrievability is not None and retrievability < LOW_RETRIEVABILITY:
        return formats[0]
    down = 1 if state.misses_in_row >= MISSES_TO_STEP_DOWN else 0
    return formats[max(len(formats) - 1 - down, 0)]
