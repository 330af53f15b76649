"""What differs between two texts, word by word: for wordings of a question, and for sentences and
paragraphs of an article that has changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

MOST_WORDS = 1_500  # beyond, old and new are shown whole: comparing takes time that grows as the square

Step = tuple[Literal["same", "removed", "added"], str]

# A number is one word with its separators and what is written to it: “17,000”, “2.5km”, “9:30”, “40%”.
_WORDS = re.compile(r"\s+|\d+(?:[.,:]\d+)*\w*[%‰°]?|\w+|[^\w\s]")


def steps(old: str, new: str) -> tuple[Step, ...]:
    """From one text to the other: what stays, what is removed and what is put in, in order."""
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


class ParagraphChange(NamedTuple):
    """A paragraph that differs. before, after: its number (from 1) in either text, None where it is not."""

    before: int | None
    after: int | None
    steps: tuple[Step, ...]


def paragraph_changes(before: Sequence[str], after: Sequence[str]) -> tuple[ParagraphChange, ...]:
    """The paragraphs that were put in, removed or changed, in reading order. One that has moved is taken
    out at one place and put in at another."""
    found: list[ParagraphChange] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag == "equal":
            continue
        for old, new in _pairs(before[start:end], after[first:last]):
            found.append(
                ParagraphChange(
                    start + old + 1 if old is not None else None,
                    first + new + 1 if new is not None else None,
                    steps(
                        before[start + old] if old is not None else "",
                        after[first + new] if new is not None else "",
                    ),
                )
            )
    return tuple(found)


def _pairs(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int | None, int | None]]:
    """Places of paragraphs that became one another, in order; those without a partner beside None."""
    following = 0
    for old, text in enumerate(before):
        words = set(_WORDS.findall(text))
        partner = next((new for new in range(following, len(after)) if _alike(words, after[new])), None)
        if partner is None:
            yield old, None
            continue
        yield from ((None, new) for new in range(following, partner))
        yield old, partner
        following = partner + 1
    yield from ((None, new) for new in range(following, len(after)))


def _alike(words: set[str], text: str) -> bool:
    """Whether half of the words of two texts are the same (Dice's coefficient)."""
    others = set(_WORDS.findall(text))
    return 4 * len(words & others) >= len(words) + len(others)


def _replaced(old: str, new: str) -> tuple[Step, ...]:
    both: tuple[Step, ...] = (("removed", old), ("added", new))
    return tuple(step for step in both if step[1])
