"""The order in which entries are shown: never a hint at which of them is the key.

Every order is a function of the set of texts and a seed. Figures and dates of one sort stand in
rising order, as readers expect; anything else in an order drawn from SHA-256.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from decimal import Decimal

_SCALES = {
    "": Decimal(1),
    "%": Decimal(1),
    "thousand": Decimal(10) ** 3,
    "million": Decimal(10) ** 6,
    "billion": Decimal(10) ** 9,
    "trillion": Decimal(10) ** 12,
}
_QUANTITY = re.compile(
    r"(?P<sign>[-−]?)(?P<currency>(?:US)?[$€£¥]?)(?P<digits>[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})"
    r"(?P<decimals>(?:\.[0-9]{1,15})?)(?:st|nd|rd|th)?"
    r"\s?(?P<scale>thousand|million|billion|trillion|)(?P<unit>%|(?:(?:\s|\b)[^\W\d].*)?)",
)
_MONTHS = "january february march april may june july august september october november december".split()
_DATE = re.compile(r"(?:(?P<day>[0-9]{1,2})\s)?(?P<month>[A-Za-z]{3,9})\.?(?:\s(?P<year>[0-9]{4}))?")


def present(entries: Iterable[str], seed: str) -> tuple[str, ...]:
    """Rising order where all entries are quantities of one unit, or dates; else `shuffled`."""
    texts = sorted(entries)
    for measure in (_quantity, _date):
        measured = [(found, text) for text in texts if (found := measure(text))]
        if len(measured) == len(texts) and len({found[0] for found, _ in measured}) == 1:
            return tuple(text for _, text in sorted(measured))
    return shuffled(texts, seed)


def shuffled(entries: Iterable[str], seed: str) -> tuple[str, ...]:
    """An order drawn from the seed and each text, so that the entries' own order has no say."""
    return tuple(sorted(entries, key=lambda text: (_draw(seed, text), text)))


def _draw(seed: str, text: str) -> bytes:
    return hashlib.sha256(f"{seed}\x00{text}".encode(errors="surrogatepass")).digest()


def _quantity(text: str) -> tuple[str, Decimal] | None:
    """(currency and unit, value), or None where the text is more or other than one quantity."""
    match = _QUANTITY.fullmatch(text.strip())
    if not match:
        return None
    value = Decimal(match["digits"].replace(",", "") + match["decimals"]) * _SCALES[match["scale"]]
    return f"{match['currency']} {match['unit'].strip()}", -value if match["sign"] else value


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
