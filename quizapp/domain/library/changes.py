"""What sort of change makes one version of an item out of another; the author has the last word."""

from __future__ import annotations

from typing import Literal

from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.kinds.base import Content

Change = Literal["wording", "meaning", "key"]

# What each is, and what it does, in an author's words.
CHANGES: dict[Change, tuple[str, str]] = {
    "wording": ("Wording", "The same question put better, or a typo. Students notice nothing."),
    "meaning": (
        "Meaning",
        "It asks something a little different. Students see what has changed and are asked once, soon.",
    ),
    "key": (
        "What is right",
        "Other answers are right now. You see whose past answers change before anything does.",
    ),
}


def guess(old: Content, new: Content) -> Change:
    """`key` where grading goes by something else than before, else `wording`."""
    kind = kind_of(old)
    if kind is not kind_of(new) or kind.judged_by(old) != kind.judged_by(new):
        return "key"
    return "wording"
