"""What differs between two wordings of an item, field by field, in words taken out and put in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

MOST_WORDS = 1_500  # beyond, old and new are shown whole: comparing takes time that grows as the square

Step = tuple[Literal["same", "removed", "added"], str]

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Change:
    """One field that differs: its label, and the steps from the old text to the new."""

    label: str
    steps: tuple[Step, ...]


def changes(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Change, ...]:
    """The fields that differ, in the order of `new`; texts by label."""
    labels = dict.fromkeys((*new, *old))
    pairs = ((label, old.get(label, ""), new.get(label, "")) for label in labels)
    return tuple(Change(label, steps(before, after)) for label, before, after in pairs if before != after)


def steps(old: str, new: str) -> tuple[Step, ...]:
    """From one text to the other, word by word."""
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
