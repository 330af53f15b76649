"""Answers that name several things: in any order, with any joiner, each once."""

from __future__ import annotations

import re
from collections.abc import Callable

_JOINER = re.compile(r"\s*(?:[,;]|\n)\s*(?:and\s+|&\s*)?|\s+(?:and|&|\+|plus|y|und|et)\s+|\s*&\s*")
_ORDERED = re.compile(
    r"\b(?:in (?:the )?(?:right |correct )?order|respectively|first .* then|sequence)\b", re.IGNORECASE
)
MOST = 12


def entries(text: str) -> tuple[str, ...]:
    """The entries of a list; the one text where it is none."""
    return tuple(part for part in _JOINER.split(text.strip()) if part)[: MOST + 1]


def same_entries(answer: str, form: str, stem: str, agree: Callable[[str, str], bool]) -> bool:
    """Whether an answer names each entry of the form once, in any order."""
    wanted, given = entries(form), list(entries(answer))
    if not 2 <= len(wanted) <= MOST or len(given) != len(wanted) or _ORDERED.search(stem):
        return False
    for entry in wanted:
        found = next((each for each in given if agree(each, entry)), None)
        if found is None:
            return False
        given.remove(found)
    return True
