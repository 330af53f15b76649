"""What differs between two wordings of an item, field by field, in words removed and put in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from quizapp.domain.language.differences import Step, steps


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


def whole(texts: Mapping[str, str]) -> tuple[Change, ...]:
    """All the fields that say something, as nothing to compare them with has another text."""
    return tuple(Change(label, (("same", text),)) for label, text in texts.items() if text)
