"""Feedback to who chooses an option: it stands in the options' order, whatever order it was written in."""

from __future__ import annotations

from collections.abc import Sequence

Feedback = tuple[tuple[str, str], ...]


def by_option(feedback: Feedback, options: Sequence[str]) -> Feedback:
    """(option, what to say) in the order of the options, so that another order is no other content; what has
    no option of its own comes last."""
    places = {option: place for place, option in enumerate(options)}
    return tuple(sorted(feedback, key=lambda said: places.get(said[0], len(places))))
