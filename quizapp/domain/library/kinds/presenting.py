"""The order in which entries are shown: never a hint at which of them is the key.

Every order is a function of the set of texts and a seed. Figures and dates of one sort stand in
rising order, as readers expect; anything else in an order drawn from SHA-256.
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


def present(entries: Iterable[str], seed: str) -> tuple[str, ...]:
    """Rising order where all entries are quantities of one unit, or dates; else `shuffled`."""
    texts = sorted(entries)
    for measure in (_quantity, _date):
        measured = _measured(texts, measure)
        if len(measured) == len(texts) and len({sort for sort, _, _ in measured}) == 1:
            return tuple(text for _, _, text in sorted(measured))
    return shuffled(texts, seed)


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
    quantity = numbers.parse(_ORDINAL.sub(r"\1", text))
    return (quantity.unit, quantity.value) if quantity else None


def _date(text: str) -> tuple[str, Decimal] | None:
    """(which parts are given, a number that rises with time) for “12 May 2022”, “May 2022”, “May”."""
    match = _DATE.fullmatch(text.strip())
    if not match:
        return None
    month = [i for i, name in enumerate(_MONTHS) if name.startswith(match["month"].casefold())]
    if len(month) != 1:
        return None
    day, year = int(match["day"] or 0), int(match["year"] or 0)
    return f"{bool(day)} {bool(year)}", Decimal((year * 12 + month[0]) * 32 + day)
