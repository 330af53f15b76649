"""What sort of change makes one version of an item out of another; the author has the last word."""

from __future__ import annotations

from typing import Literal

from quizapp.domain.language.translation import marked
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.kinds.base import Content

Change = Literal["wording", "meaning", "key"]

# What each is, and what it does, in an author's words.
CHANGES: dict[Change, tuple[str, str]] = {
    "wording": (
        marked("Wording"),
        marked("The same question in better words, or a typo fixed. Nothing changes for students."),
    ),
    "meaning": (
        marked("Meaning"),
        marked(
            "It asks something slightly different. Students see what has changed and get the question "
            "again soon."
        ),
    ),
    "key": (
        marked("Answer key"),
        marked(
            "Different answers are right now. You’ll see which past answers this affects before anything "
            "changes."
        ),
    ),
}


def guess(old: Content, new: Content) -> Change:
    """`key` where grading goes by something else than before, else `wording`."""
    kind = kind_of(old)
    if kind is not kind_of(new) or kind.judged_by(old) != kind.judged_by(new):
        return "key"
    return "wording"
