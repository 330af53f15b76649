"""Units by the names people give them: currencies, percentages, measures, or any other words.

A canonical unit is an ISO 4217 code, “%”, the singular English name of a measure (“kilometre”), or
the folded words themselves; “per” joins two as “USD/barrel”.
"""

from __future__ import annotations

import re

_NAMES = {  # canonical: spellings in the singular
    "USD": "us$, $us, usd, us dollar, american dollar, united states dollar",
    "CAD": "c$, ca$, cad, canadian dollar",
    "AUD": "a$, au$, aud, australian dollar",
    "HKD": "hk$, hkd, hong kong dollar",
    "dollar": "$, dollar",
    "cent": "cent, us cent",
    "EUR": "€, eur, euro",
    "GBP": "£, gbp, pound sterling, british pound, sterling",
    "pound": "pound",
    "CNY": "cny, rmb, yuan, renminbi, chinese yuan, yuan renminbi, cn¥, 元",
    "JPY": "jpy, yen, japanese yen, jp¥",
    "¥": "¥",
    "RUB": "₽, rub, rouble, ruble, russian rouble, russian ruble",
    "UAH": "₴, uah, hryvnia, ukrainian hryvnia",
    "INR": "₹, inr, rupee, indian rupee",
    "KRW": "₩, krw, won, south korean won",
    "CHF": "chf, franc, swiss franc",
    "TRY": "₺, try, lira, turkish lira",
    "%": "%, percent, per cent, pct, percentage",
    "percentage point": "percentage point, percent point, %-point, pp, ppt",
    "kilometre": "km, kilometre, kilometer",
    "metre": "m, metre, meter",
    "centimetre": "cm, centimetre, centimeter",
    "millimetre": "mm, millimetre, millimeter",
    "mile": "mi, mile",
    "foot": "ft, foot, feet",
    "square kilometre": "km2, km^2, sq km, square km, square kilometre, square kilometer",
    "square metre": "m2, m^2, sq m, square metre, square meter",
    "cubic metre": "m3, m^3, cu m, cubic metre, cubic meter",
    "hectare": "ha, hectare",
    "kilogram": "kg, kilo, kilogram, kilogramme",
    "gram": "g, gram, gramme",
    "lb": "lb",
    "tonne": "t, tonne, metric ton",
    "ton": "ton",
    "litre": "l, litre, liter",
    "barrel": "bbl, barrel",
    "second": "s, sec, second",
    "minute": "min, minute",
    "hour": "h, hr, hour",
    "day": "day",
    "week": "wk, week",
    "month": "month",
    "year": "yr, year",
    "°C": "°c, celsius, degree celsius, degree c",
    "°F": "°f, fahrenheit, degree fahrenheit, degree f",
    "degree": "°, degree",
    "kilowatt hour": "kwh, kilowatt hour, kilowatt-hour",
    "megawatt": "mw, megawatt",
    "gigawatt": "gw, gigawatt",
    "person": "person, people, persons",
}
_CANONICAL = {spelling: name for name, spellings in _NAMES.items() for spelling in spellings.split(", ")}
_WIDER = {  # a name that leaves open which of several is meant
    "dollar": {"USD", "CAD", "AUD", "HKD"},
    "pound": {"GBP", "lb"},
    "¥": {"CNY", "JPY"},
    "ton": {"tonne"},
    "degree": {"°C", "°F"},
}
_WORD = re.compile(r"[^\W\d_%°$€£¥₽₴₹₩₺]+(?:['-][^\W\d_]+)*(?:\^?[23])?|[%°$€£¥₽₴₹₩₺]")
_NO_UNIT = frozenset("or and to not than minus plus x e st nd rd th point".split())
_MOST_WORDS = 8

# What may stand before a number, longest first: symbols and codes, not words.
PREFIXES = sorted(
    (
        spelling
        for spelling, name in _CANONICAL.items()
        if re.search(r"[$€£¥₽₴₹₩₺]", spelling) or spelling == name.lower() != name or spelling == "rmb"
    ),
    key=lambda spelling: (-len(spelling), spelling),
)


def canonical(text: str) -> str | None:
    """The unit that casefolded words name, "" for none; None where they cannot be a unit."""
    text = text.replace(".", "").strip(" -")
    if not text or (known := _known(text)):
        return known if text else ""
    head, of, _ = text.partition(" of ")
    if of and (known := _known(head)):
        return known
    over, per, under = text.replace("/", " per ").partition(" per ")
    if per:
        parts = [_known(part) or _words(part) for part in (over, under)]
        return "/".join(part for part in parts if part) if all(parts) else None
    return _words(text.removeprefix("of "))


def same(one: str, other: str) -> bool:
    """Whether two canonical units can mean the same: “dollar” fits USD and CAD, which differ."""
    ones, others = one.split("/"), other.split("/")
    return len(ones) == len(others) and all(
        a == b or a in _WIDER.get(b, ()) or b in _WIDER.get(a, ()) for a, b in zip(ones, others, strict=True)
    )


def joined(before: str, after: str) -> str | None:
    """The unit of “$5 billion US dollars” or “$5 per barrel”: the narrower of two that agree, or
    the ratio; None where they contradict each other."""
    if not before or not after:
        return before or after
    if after.startswith("per "):
        return canonical(f"{before.casefold()} {after}")
    if not same(before, after):
        return None
    return after if after in _WIDER.get(before, ()) else before


_SYMBOL_AT_END = re.compile(r"(?<![^\W\d_])[A-Za-zµ]{1,3}$")
_LOOSE = frozenset({"km", "kg", "cm", "mm", "kwh"})  # written in any case, and nothing else by it


def differ_in_case(answer: str, unit: str) -> bool:
    """Whether an answer ends in the unit's own symbol but for the case of its letters: mW is not MW."""
    found = _SYMBOL_AT_END.search(answer.strip())
    symbol = found.group() if found else ""
    return symbol != unit and symbol.casefold() == unit.casefold() and unit.casefold() not in _LOOSE


def is_known(unit: str) -> bool:
    """Whether a canonical unit is a currency, a percentage or a measure, not just some words."""
    return all(part in _NAMES for part in unit.split("/"))


def _known(text: str) -> str | None:
    text = text.strip()
    return _CANONICAL.get(text) or _CANONICAL.get(" ".join(_singular(word) for word in text.split()))


def _words(text: str) -> str | None:
    words = text.split()
    if len(words) > _MOST_WORDS or not all(_WORD.fullmatch(word) and word not in _NO_UNIT for word in words):
        return None
    return " ".join(_singular(word) for word in words)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and len(word) > 2 and not word.endswith(("ss", "us")) else word
