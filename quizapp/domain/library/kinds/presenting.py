"""The order in which entries are shown: never a hint at which of them is the key.

Every order is a function of the set of texts and a seed. Figures, dates, weekdays, ranks, shares and
centuries of one sort are in rising order, as readers expect; anything else in an order drawn from
SHA-256.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import lru_cache

from quizapp.domain.language import numbers

_ORDINAL = re.compile(r"\b([0-9]+)(?:st|nd|rd|th)\b")
_MONTHS = "january february march april may june july august september october november december".split()
_DATE = re.compile(r"(?:(?P<day>[0-9]{1,2})\s)?(?P<month>[A-Za-z]{3,9})\.?(?:\s(?P<year>[0-9]{4}))?")


_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_RANKS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_SHARES = {
    "a tenth": Decimal("0.1"),
    "a fifth": Decimal("0.2"),
    "a quarter": Decimal("0.25"),
    "a third": Decimal(1) / 3,
    "a half": Decimal("0.5"),
    "half": Decimal("0.5"),
    "two thirds": Decimal(2) / 3,
    "three quarters": Decimal("0.75"),
}
_PARTS = {"": 50, "early": 10, "beginning of": 10, "mid": 50, "middle of": 50, "late": 90, "end of": 90}
_LEAD = re.compile(r"^(?:(?:as|in|on|by|since|about|around|roughly|the|his|her|its) )+", re.IGNORECASE)
_CENTURY = re.compile(
    r"(?:(?P<part>early|mid|late|(?:beginning|middle|end) of)[ -])?(?:the )?"
    r"(?P<number>[0-9]{1,2})(?:st|nd|rd|th)(?: century)?"
)


def present(entries: Iterable[str], seed: str) -> tuple[str, ...]:
    """Rising order where all entries are quantities of one unit, or dates; else `shuffled`."""
    texts = sorted(entries)
    for measure in _MEASURES:
        measured = _measured(texts, measure)
        if len(measured) == len(texts) and len({sort for sort, _, _ in measured}) == 1:
            return tuple(text for _, _, text in sorted(measured))
    return shuffled(texts, seed)


def order_of(text: str) -> str | None:
    """What an entry can be sorted by: the unit of a figure, or the sort of a date, rank or share."""
    found = next(filter(None, (measure(text) for measure in _MEASURES)), None)
    return found[0] if found else None


def shuffled(entries: Iterable[str], seed: str) -> tuple[str, ...]:
    """An order drawn from the seed and each text, so that the entries' own order has no say."""
    return tuple(sorted(entries, key=lambda text: (_draw(seed, text), text)))


def _draw(seed: str, text: str) -> bytes:
    return hashlib.sha256(f"{seed}\x00{text}".encode(errors="surrogatepass")).digest()


def _measured(
    texts: Iterable[str], measure: Callable[[str], tuple[str, Decimal] | None]
) -> list[tuple[str, Decimal, str]]:
    """(sort, size, text) of each text up to the first that cannot be measured."""
    measured = []
    for text in texts:
        found = measure(text)
        if found is None:
            break
        measured.append((*found, text))
    return measured


@lru_cache(maxsize=4_096)  # the same few options at every showing
def _quantity(text: str) -> tuple[str, Decimal] | None:
    """(unit, value), or None where the text is more or other than one quantity."""
    quantity = numbers.parse(_ORDINAL.sub(r"\1", _LEAD.sub("", text, count=1)))
    return (quantity.unit, quantity.value) if quantity else None


def _date(text: str) -> tuple[str, Decimal] | None:
    """(which parts are given, a number that rises with time) for “12 May 2022”, “May 2022”, “May”."""
    match = _DATE.fullmatch(_LEAD.sub("", text.strip(), count=1))
    if not match:
        return None
    month = [i for i, name in enumerate(_MONTHS) if name.startswith(match["month"].casefold())]
    if len(month) != 1:
        return None
    day, year = int(match["day"] or 0), int(match["year"] or 0)
    return f"{bool(day)} {bool(year)}", Decimal((year * 12 + month[0]) * 32 + day)


def _place(text: str) -> tuple[str, Decimal] | None:
    """(sort, a number that rises) for a weekday, a rank, a share or a part of a century in words."""
    bare = _LEAD.sub("", text.strip().casefold(), count=1)
    if bare in _DAYS:
        return "weekday", Decimal(_DAYS.index(bare))
    if bare in _RANKS:
        return "rank", Decimal(_RANKS.index(bare))
    if bare in _SHARES:
        return "share", _SHARES[bare]
    century = _CENTURY.fullmatch(bare)
    if century is None:
        return None
    return "century", Decimal(int(century["number"]) * 100 + _PARTS[century["part"] or ""])


_MEASURES = (_place, _quantity, _date)
