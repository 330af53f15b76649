"""Dates as people write them: in any order, with months in words or figures, as precise as they are."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import NamedTuple

from quizapp.domain.language.forgiven import Forgiven
from quizapp.domain.library.grading.reading.ordinals import in_digits

_MONTHS = "january february march april may june july august september october november december".split()
_SHORT = {name[:3]: place for place, name in enumerate(_MONTHS, start=1)} | {"sept": 9}
_MONTH = {name: place for place, name in enumerate(_MONTHS, start=1)} | _SHORT
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_NOISE = frozenset(
    {*_WEEKDAYS, *(day[:3] for day in _WEEKDAYS), "tues", "thur", "thurs", "weds"}
    | set("the of on in at year month day date from since by during it was anno domini ad ce".split())
)
_EDGES = frozenset("early late mid beginning end middle spring summer autumn fall winter".split())
_NUMERIC = re.compile(
    r"([0-9]{4})[./-]([0-9]{1,2})(?:[./-]([0-9]{1,2}))?|([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4}|[0-9]{2})"
    r"|([0-9]{1,2})[./-]([0-9]{4})"
)
_TOKEN = re.compile(r"[a-z]+|[0-9]+|[^\sa-z0-9]")
_DIGITS = "0123456789"
LONGEST = 60  # characters


class Date(NamedTuple):
    """What was said of a date; edge: early, late and the like."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    before_christ: bool = False
    edge: str = ""

    def holds(self, key: Date) -> bool:
        """Whether this date says all that the key says, and perhaps more."""
        if self.before_christ != key.before_christ or (key.edge and self.edge != key.edge):
            return False
        parts = zip(self[:3], key[:3], strict=True)
        return all(wanted is None or given == wanted for given, wanted in parts)

    @property
    def precise(self) -> bool:
        return self.month is not None or self.day is not None


@functools.lru_cache(maxsize=2_048)
def readings(text: str) -> tuple[Date, ...]:
    """Every date that a text can mean, the likeliest first; () where it is none, or holds more."""
    if not 2 <= len(text) <= LONGEST:
        return ()
    folded = in_digits(text.casefold()).strip(" .,;()")
    if match := _NUMERIC.fullmatch(folded):
        first, second, *third = (part for part in match.groups() if part)
        return _in_figures(first, second, third[0] if third else None)
    return _in_words(folded)


def _in_figures(first: str, second: str, third: str | None) -> tuple[Date, ...]:
    """2024-05-16, 16.5.2024, 5/16/24, 03/2024; 5/6/2024 is the fifth of June and the sixth of May."""
    if third is None:
        year, month = (first, second) if len(first) == 4 else (second, first)
        return _date(year, month) if len(year) == 4 else ()
    if len(first) == 4:
        return _date(first, second, third)
    year = third if len(third) == 4 else f"20{third:>02}"
    return tuple(dict.fromkeys((*_date(year, second, first), *_date(year, first, second))))


def _date(year: str, month: str, day: str | None = None) -> tuple[Date, ...]:
    if not 1 <= int(month) <= 12 or not (day is None or 1 <= int(day) <= 31):
        return ()
    return (Date(int(year), int(month), int(day) if day else None),)


def _in_words(text: str) -> tuple[Date, ...]:
    year = month = day = None
    before, edge = False, ""
    tokens = _TOKEN.findall(
        re.sub(r"\bb\. ?c\.?(?: ?e\.?)?|\bbce\b", "bc", re.sub(r"\ba\. ?d\.", "ad", text))
    )
    for place, token in enumerate(tokens):
        if token in _NOISE or token in {",", ".", "'", "-"} or (token in {"th", "st", "nd", "rd"} and place):
            continue
        if token in _EDGES and not edge:
            edge = token
        elif token == "bc" and not before:
            before = True
        elif token in _MONTH and month is None:
            month = _MONTH[token]
        elif (
            token[0] in "123456789"
            and (len(token) > 2 or (month is None and day is not None) or tokens[place + 1 :][:1] == ["bc"])
            and year is None
        ):
            year = int(token)
        elif token[0] in _DIGITS and len(token) <= 2 and day is None and 1 <= int(token) <= 31:
            day = int(token)
        else:
            return ()
    if (year is not None and not 0 < year < 3000) or (day is not None and month is None):
        return ()
    return (Date(year, month, day, before, edge),) if year is not None or month is not None else ()


def same_date(answer: str, form: str, stem: str, *, gap: bool) -> set[Forgiven] | None:
    """What it takes to read the form's date in the answer, which may be more precise than it; None where
    either is no date or they differ."""
    keys = readings(form)
    if not keys or (not keys[0].precise and keys[0].year is None):
        return None
    given = readings(answer)
    only_month = keys[0][:3] == (None, keys[0].month, None)
    if not given and gap and only_month and re.fullmatch(r"[0-9]{1,2}", answer):
        given = (Date(month=int(answer)),)
    years = {int(year) for year in re.findall(r"\b[12][0-9]{3}\b", stem)}
    for read in given:
        for key in keys:
            more = read.year is not None and key.year is None
            if read.holds(key) and not (more and years and read.year not in years):
                return {Forgiven.DATE_FORMAT}
            year_alone = read[:3] == (key.year, None, None) and read.before_christ == key.before_christ
            if _asks_for_year(stem) and key.year and year_alone:
                return {Forgiven.DATE_FORMAT}
    return None


def _asks_for_year(stem: str) -> bool:
    return re.search(r"\b(?:what|which|in what|in which) year\b", stem, re.IGNORECASE) is not None


def contradict(answer: str, forms: Iterable[str]) -> bool:
    """Whether an answer is a date that none of the forms, of which all are dates, can be."""
    given, wanted = readings(answer), [readings(form) for form in forms]
    if not given or not all(wanted):
        return False
    return not any(_compatible(one, key) for one in given for keys in wanted for key in keys)


def _none_told(one: Date, other: Date) -> bool:
    """Whether one of the two says no year, so that its era is open."""
    return one.year is None or other.year is None


def _compatible(one: Date, other: Date) -> bool:
    parts = zip(one[:3], other[:3], strict=True)
    return (one.before_christ == other.before_christ or _none_told(one, other)) and all(
        a == b for a, b in parts if a is not None and b is not None
    )
