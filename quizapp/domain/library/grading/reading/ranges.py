"""Ranges: 5–10, from 5 to 10, between five and ten; 1939–45."""

from __future__ import annotations

import functools
import re
from decimal import Decimal
from typing import NamedTuple

from quizapp.domain.language import numbers, units
from quizapp.domain.language.text import visible

LONGEST = 80  # characters
_ENDS = re.compile(
    r"(?:(?:from|between|about|in|c\.) )*(?P<low>[^-]*?[0-9][^-]*?|[a-z -]+?)"
    r"(?: ?- ?| to | and | until | till | through )(?P<high>[^-]*[0-9][^-]*|[a-z -]+)",
    re.IGNORECASE,
)
_YEAR = 1000


class Range(NamedTuple):
    """Both ends, in the unit that is behind one or both of them."""

    low: Decimal
    high: Decimal
    unit: str


@functools.lru_cache(maxsize=2_048)
def reading(text: str) -> Range | None:
    """The range that a text is; None for anything else, and where the ends stand the wrong way round."""
    if len(text) > LONGEST or not (match := _ENDS.fullmatch(visible(text))):
        return None
    low, high = (numbers.parse(match[name]) for name in ("low", "high"))
    if low is None or high is None or (low.unit and high.unit and not units.same(low.unit, high.unit)):
        return None
    unit = high.unit or low.unit
    if unit and not units.is_known(unit):  # “16–17 May” is no range of figures
        return None
    start, end = low.value, high.value
    if high.scale > 1 and low.scale == 1:  # 5 to 10 million
        start *= high.scale
    if start >= _YEAR and end < 100 and start == start.to_integral_value():  # 1939–45
        end += start - start % 100
    return Range(start, end, unit) if start < end else None


def is_bare(text: str) -> bool:
    """Whether a text says nothing but figures: one, or a range of them."""
    return (
        re.fullmatch(r"(?:from |between )?[^a-z]*[0-9][^a-z]*(?:(?:to|and|or) [^a-z]*)?", text, re.IGNORECASE)
        is not None
    )


def says_figures(text: str) -> bool:
    """Whether a text could be meant as a range: it is bare, or names two figures."""
    return is_bare(text) or len(re.findall(r"[0-9]+", text)) > 1


def same_range(answer: str, form: str) -> bool | None:
    """Whether both are one range; None where the form is no range."""
    wanted = reading(form)
    if wanted is None:
        return None
    given = reading(answer)
    if given is None or given[:2] != wanted[:2]:
        return False
    return not given.unit or not wanted.unit or units.same(given.unit, wanted.unit)
