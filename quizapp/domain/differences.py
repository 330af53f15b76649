"""What differs between two texts, word by word: for wordings of a question, and for sentences of an
article that has changed."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Literal

MOST_WORDS = 1_500  # beyond, old and new are shown whole: comparing takes time that grows as the square

Step = tuple[Literal["same", "removed", "added"], str]

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


def steps(old: str, new: str) -> tuple[Step, ...]:
    """From one text to the other: what stays, what is taken out and what is put in, in order."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if max(len(before), len(after)) > MOST_WORDS:
        return _replaced(old, new)
    found: list[Step] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag == "equal":
            found.append(("same", "".join(before[start:end])))
        else:
            found += _replaced("".join(before[start:end]), "".join(after[first:last]))
    return tuple(found)


def _replaced(old: str, new: str) -> tuple[Step, ...]:
    both: tuple[Step, ...] = (("removed", old), ("added", new))
    return tuple(step for step in both if step[1])
