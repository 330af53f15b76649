"""Times of day: 3:30 pm, 15:30, half past three."""

from __future__ import annotations

import functools
import re

from quizapp.domain.language import numbers
from quizapp.domain.language.numerals.words import NUMBER_WORDS

LONGEST = 40  # characters
_CLOCK = re.compile(
    r"(?:at |about |around )?(?P<hour>[0-9]{1,2})(?:[:.h](?P<minute>[0-9]{2}))? ?"
    r"(?P<half>[ap]\.?m?\.?(?!\w))?(?P<hours>(?: ?(?:h|hrs|hours|o'clock|uhr)))?"
)
_SPOKEN = re.compile(
    r"(?:at )?(?:(?P<part>half|(?:a )?quarter|[a-z]+|[0-9]{1,2})(?: minutes?)? "
    r"(?P<way>past|to|after|before) )?(?P<hour>[a-z]+|[0-9]{1,2})(?: o'clock)?"
    r"(?P<half> (?:[ap]\.?m\.?|in the (?:morning|afternoon|evening)))?"
)
_ASKED = re.compile(r"\b(?:when|time|clock|hour|o'clock)\b", re.IGNORECASE)
_NOON = 12 * 60


@functools.lru_cache(maxsize=1_024)
def reading(text: str) -> tuple[int, bool] | None:
    """(minutes since midnight, whether the half of the day is told); None for anything else."""
    if len(text) > LONGEST:
        return None
    folded = text.casefold().strip(" .")
    if folded in {"noon", "midday", "midnight"}:
        return (0 if folded == "midnight" else _NOON), True
    if match := _CLOCK.fullmatch(folded):
        told = match["minute"] or match["half"] or match["hours"]
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        return _time(hour, minute, match["half"] or "", match["hour"]) if told else None
    return _spoken(folded)


def _spoken(text: str) -> tuple[int, bool] | None:
    match = _SPOKEN.fullmatch(text)
    if not match or not (match["part"] or "o'clock" in text or match["half"]):
        return None
    hour, part = _number(match["hour"]), _part(match["part"])
    found = None if hour is None else _time(hour, 0, match["half"] or "", "")
    if found is None or part is None:
        return None
    late = match["way"] in {"to", "before"}
    return (found[0] + (-part if late else part)) % (24 * 60), found[1]


def _time(hour: int, minute: int, half: str, written: str) -> tuple[int, bool] | None:
    if hour > 24 or minute > 59 or (half and not 1 <= hour <= 12):
        return None
    told = bool(half) or hour > 12 or hour == 0 or written.startswith("0")
    if half:
        afternoon = half.strip().startswith("p") or "afternoon" in half or "evening" in half
        hour = hour % 12 + (12 if afternoon else 0)
    return hour % 24 * 60 + minute, told


def _number(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    read = numbers.parse(word) if word in NUMBER_WORDS else None
    return int(read.value) if read else None


def _part(word: str | None) -> int | None:
    if not word:
        return 0
    return {"half": 30, "quarter": 15, "a quarter": 15}.get(word) or _number(word)


def is_time(form: str, stem: str) -> bool:
    """Whether a form is a time of day and no ratio or version: it says so, or the question does."""
    read = reading(form)
    return read is not None and (bool(re.search(r"[a-z]", form, re.IGNORECASE)) or bool(_ASKED.search(stem)))


def same_time(answer: str, form: str) -> bool | None:
    """Whether both are one time of day; None where an answer is no time, or leaves the half of the day
    open."""
    given, wanted = reading(answer), reading(form)
    if given is None or wanted is None:
        return None
    if given[1] and wanted[1]:
        return given[0] == wanted[0]
    same = given[0] % _NOON == wanted[0] % _NOON
    return None if same and wanted[1] and not given[1] and given[0] != wanted[0] else same
