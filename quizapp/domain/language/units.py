"""Units by the names people give them: currencies, percentages, measures, or any other words.

A canonical unit is an ISO 4217 code, “%”, a measure (“kilometre”, `measures.read`), or the folded
words themselves; “per” joins two as “USD/barrel”.
"""

from __future__ import annotations

import re
from decimal import Decimal

from quizapp.domain.language import measures

_NAMES = {  # canonical: spellings in the singular
    "USD": "us$, $us, usd, us dollar, american dollar, united states dollar",
    "CAD": "c$, ca$, cad, canadian dollar",
    "AUD": "a$, au$, aud, australian dollar",
    "HKD": "hk$, hkd, hong kong dollar",
    "dollar": "$, dollar",
    "cent": "¢, cent, us cent",
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
    "person": "person, people, persons, inhabitant, resident, human, human being, citizen, soul",
}
_CANONICAL = {spelling: name for name, spellings in _NAMES.items() for spelling in spellings.split(", ")}
_WIDER = {  # a name that leaves open which of several is meant
    "dollar": {"USD", "CAD", "AUD", "HKD"},
    "pound": {"GBP"},
    "¥": {"CNY", "JPY"},
    "degree": {"°C", "°F"},
}
_WORD = re.compile(r"[^\W\d_%°$€£¥₽₴₹₩₺]+(?:['-][^\W\d_]+)*(?:\^?[23])?|[%°$€£¥₽₴₹₩₺¢]")
_NO_UNIT = frozenset("or and to not than minus plus x e st nd rd th point".split())
_MOST_WORDS = 8
_YEARLY = re.compile(
    r"(?:(?<=\w) |^)(?:an? year|each year|every year|annually|yearly|per annum|pa)$", re.IGNORECASE
)
_WITH_CENTS = frozenset("dollar USD CAD AUD HKD EUR".split())

# What may be before a number, longest first: symbols and codes, not words.
PREFIXES = sorted(
    (
        spelling
        for spelling, name in _CANONICAL.items()
        if re.search(r"[$€£¥₽₴₹₩₺]", spelling) or spelling == name.lower() != name or spelling == "rmb"
    ),
    key=lambda spelling: (-len(spelling), spelling),
)


def canonical(text: str) -> str | None:
    """The unit that words name, in their own case, "" for none; None where they cannot be a unit."""
    text = _YEARLY.sub(" per year", text.strip(" -"))
    bare = text.replace(".", "").strip(" -")
    if re.match(r"per (?!cent)", bare, re.IGNORECASE):
        return bare.casefold()
    if not bare or (known := _known(text) or _known(bare)):
        return known if bare else ""
    head, of, _ = bare.partition(" of ")
    if of and (known := _known(head)):
        return known
    over, per, under = bare.replace("/", " per ").partition(" per ")
    if per:
        parts = [_known(part) or _words(part) for part in (over, under)]
        return "/".join(part for part in parts if part) if all(parts) else None
    return _words(bare.removeprefix("of "))


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


def conversion(one: str, other: str) -> tuple[Decimal, Decimal] | None:
    """(a, b) such that a value x in the first unit is a·x + b in the other; None where they measure other
    things. Cents are parts of any currency, per cent parts of a bare number."""
    if same(one, other):
        return Decimal(1), Decimal(0)
    if one == "cent" and other in _WITH_CENTS:
        return Decimal("0.01"), Decimal(0)
    if one == "%" and not other:
        return Decimal("0.01"), Decimal(0)
    return measures.factor(one, other) if one and other else None


_SHORT = {"coulomb": "°C", "farad": "°F", "y": "year", "point": "percentage point", "us dollar": "USD"}


def is_short_for(unit: str, wanted: str) -> bool:
    """Whether a unit is how people shorten the wanted one: 20 C for 20 °C."""
    return _SHORT.get(unit) == wanted


def is_known(unit: str) -> bool:
    """Whether a canonical unit is a currency, a percentage or a measure, not just some words."""
    return all(part in _NAMES or measures.is_measure(part) for part in unit.split("/"))


def is_money(unit: str) -> bool:
    """Whether a canonical unit is a currency."""
    return unit in _NAMES and unit not in {"%", "percentage point", "person", "cent"}


def _known(text: str) -> str | None:
    text = text.strip()
    folded = text.casefold()
    own = _CANONICAL.get(folded) or _CANONICAL.get(" ".join(_singular(word) for word in folded.split()))
    return own or measures.read(text) or None


def _words(text: str) -> str | None:
    words = text.casefold().split()
    if len(words) > _MOST_WORDS or not all(_WORD.fullmatch(word) and word not in _NO_UNIT for word in words):
        return None
    return " ".join(_singular(word) for word in words)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and len(word) > 2 and not word.endswith(("ss", "us")) else word
