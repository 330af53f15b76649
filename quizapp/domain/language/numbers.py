"""Quantities as people type them, read exactly: “$240.1 billion”, “240,1 bn”, “2.401×10¹¹”, “½”.

A quantity is: a hedge (“about”), a sign, a currency, a number in digits or words, scale words
(“billion”), a unit. Some spellings have two readings (“1,234”, “5 m”); `readings` gives all.
Everything is a Decimal; lengths and exponents are bounded before anything is computed.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from typing import NamedTuple

from quizapp.domain.language import units
from quizapp.domain.language.numerals.digits import in_digits
from quizapp.domain.language.numerals.numeral import (
    LARGEST_EXPONENT,
    MOST_DIGITS,
    ONE,
    PARTS,
    PARTS_OF,
    Numeral,
)
from quizapp.domain.language.numerals.words import LARGE, NUMBER_WORDS, in_words

LONGEST = 200  # characters of a quantity, after NFC
# Room for every bounded number times its scales without rounding; only thirds and the like round.
CONTEXT = Context(prec=2 * MOST_DIGITS + LARGEST_EXPONENT, rounding=ROUND_HALF_EVEN)


class Quantity(NamedTuple):
    """One reading of a typed quantity.

    value: the number times its scale; unit: canonical (“USD”, “%”, “kilometre”), else the folded
    words, "" where none; scale: the product of the scale words, 1 where none; label: scale and
    unit as typed, folded; plain: whether the digits are in the plain English way (“1,234.5”);
    unlikely: the comma before three digits was read as a decimal comma; regrouped: the point before them as
    one between thousands.
    """

    value: Decimal
    unit: str
    scale: Decimal
    label: str
    plain: bool
    unlikely: bool = False
    regrouped: bool = False
    bound: str = ""  # “over”, “least”, “under”, “most”; "" also for “about”

    def fits(self, key: Decimal) -> bool:
        """Whether this reading is fair beside this key: “42,195” is 42.195 where that is the key, but
        “5,000” is no 5: no one pads a decimal comma with noughts."""
        return not self.unlikely or key.normalize().as_tuple().exponent == -3


def parse(text: str) -> Quantity | None:
    """The likeliest reading of a typed quantity, or None where the text is anything else."""
    found = readings(text)
    return found[0] if found else None


def readings(text: str) -> tuple[Quantity, ...]:
    """Every reading, likeliest first: “1,234” is 1234, then 1.234; “5 m” 5 million, then 5 metres."""
    cased = _normalise(text)
    normal = _lowered(cased)
    lead = _LEAD.match(normal)
    assert lead  # every part of it is optional
    hedge = _BOUND.search(lead.group())
    currency = units.canonical(lead["currency"] or "") or ""
    negative = bool(lead["sign"] or lead["inner"]) and (lead["sign"] or lead["inner"]) != "+"
    with localcontext(CONTEXT):
        numerals = _numeral(normal[lead.end() :])
        rest = cased[len(cased) - len(numerals.rest) :]  # with the case of its units
        found = [
            Quantity(
                value=(-value if negative else value) * scale,
                unit=unit,
                scale=scale * numerals.scale,
                label=f"{lead['currency'] or ''} {numerals.rest}".strip(),
                plain=numerals.plain and place == 0,
                unlikely=place > 0 and "," in normal,
                regrouped=place > 0 and "," not in normal,
                bound=_BOUNDS[hedge.group()] if hedge else _bound_behind(rest),
            )
            for place, value in enumerate(numerals.values)
            for scale, unit in _endings(_BEHIND.sub("", _AFTER.sub("", rest)), currency)
        ]
    return tuple(quantity for quantity in found if _bounded(quantity.value))


def parse_unit(text: str) -> tuple[Decimal, str] | None:
    """(scale, canonical unit) of a unit's name: “billion US dollars” → (10⁹, “USD”); None where
    the text cannot be a unit. A name that could be either, such as “m”, is a unit."""
    normal = _normalise(text)
    found = _endings(normal, "")
    if not found:
        return None
    letter = _SCALE.match(_lowered(normal))
    if len(found) == 1 and letter and letter["word"] in SCALE_LETTERS and not units.is_known(found[0][1]):
        return ONE, normal  # “m above sea level”
    return found[-1]


def is_plain(text: str) -> bool:
    """Whether a text is nothing but plain English digits."""
    quantity = parse(text)
    return quantity is not None and quantity.plain and not quantity.label


def spell(value: Decimal) -> str:
    """A number in plain English digits, in thousands from 10,000 on (years stay whole)."""
    if not _bounded(value):
        return str(value)
    return f"{value:,f}" if abs(value) >= 10_000 else f"{value:f}"


def _bounded(value: Decimal) -> bool:
    return value.is_finite() and abs(value.adjusted()) <= LARGEST_EXPONENT


_AND_PART = re.compile(r" and (?:an? |one )?(?P<times>three )?(?P<part>half|quarter|third)s?\b")


def _numeral(text: str) -> Numeral:
    numeral = in_digits(text) or in_words(text) or Numeral()
    if numeral.values and numeral.plain and (parts := PARTS_OF.match(f" {numeral.rest}")):
        values = tuple(value / PARTS[parts["part"]] for value in numeral.values)
        return Numeral(values, numeral.rest[parts.end() - 1 :].strip())
    if part := _AND_PART.match(f" {numeral.rest}"):
        more = Decimal(3 if part["times"] else 1) / PARTS[part["part"]]
        values = tuple(value + more for value in numeral.values)
        return Numeral(values, numeral.rest[part.end() - 1 :].strip(), plain=False, scale=numeral.scale)
    return numeral


# --- what is before and behind the number ------------------------------------------------------

_HEDGES = (
    "about|approximately|approx\\.?|around|roughly|circa|ca\\.?|c\\.|some|nearly|almost|just over|over|"
    "more than|at least|at most|less than|under|fewer than|up to|no more than|no less than|"
    "slightly more than|~|≈|>=|≥|>|<=|≤|<|in the year|the year|in year|in|year|exactly|precisely|only|just|"
    "it's|it is|its|a total of|ad|a\\.d\\.|up|down|by|the answer is|equals|="
)
_BOUNDS = (
    dict.fromkeys(["over", "more than", ">"], "over")
    | dict.fromkeys(["at least", "no less than", ">=", "≥"], "least")
    | dict.fromkeys(["less than", "under", "fewer than", "<"], "under")
    | dict.fromkeys(["at most", "up to", "no more than", "<=", "≤"], "most")
)
_BOUND = re.compile("|".join(sorted(map(re.escape, _BOUNDS), key=len, reverse=True)))
_AFTER = re.compile(
    r"\s*(?:or so|exactly|in total|altogether|approx(?:imately)?|all in all)\.?$", re.IGNORECASE
)
_BEHIND = re.compile(
    r"\s*(?:or|and) (?P<more>more|over|above|older|fewer|less|under|below|younger)$", re.IGNORECASE
)
_MORE = frozenset("more over above older".split())


def _bound_behind(rest: str) -> str:
    """“18 or more” is at least 18."""
    found = _BEHIND.search(rest)
    return ("least" if found["more"].lower() in _MORE else "most") if found else ""


_LEAD = re.compile(
    rf"(?:(?:{_HEDGES})(?![a-z]) ?)*(?P<sign>[+-]|(?:minus|negative)(?= ))? ?"
    rf"(?P<currency>(?:{'|'.join(map(re.escape, units.PREFIXES))})(?=[ 0-9.,+-]))? ?(?P<inner>[+-])?"
)
_SCALE = re.compile(r"(?P<word>[a-z]+)\.?(?:$|[ -]+|(?=[$€£¥₽₴₹₩₺]))")
_SCALES = (
    LARGE
    | {"hundred": Decimal(100), "dozen": Decimal(12), "lakh": Decimal(10) ** 5, "crore": Decimal(10) ** 7}
    | dict.fromkeys(["k", "thousands", "tsd", "ths"], LARGE["thousand"])
    | dict.fromkeys(["m", "mn", "mln", "mio", "mil", "mill", "millions"], LARGE["million"])
    | dict.fromkeys(["b", "bn", "bln", "bil", "milliard", "milliards", "billions"], LARGE["billion"])
    | dict.fromkeys(["tn", "trn", "tln", "trillions"], LARGE["trillion"])
)
SCALE_LETTERS = frozenset({"k", "m", "b"})  # which are units as well
_MOST_SCALES = 3  # “a hundred thousand million”


def _endings(rest: str, currency: str) -> tuple[tuple[Decimal, str], ...]:
    """The readings of what follows a number, as (scale, canonical unit): scale words come first."""
    scale, position = ONE, 0
    lowered = _lowered(rest)
    for _ in range(_MOST_SCALES):
        match = _SCALE.match(lowered, position)
        if not match or match["word"] not in _SCALES:
            break
        scale, position = scale * _SCALES[match["word"]], match.end()
    found = [(scale, _unit(rest[position:], currency))]
    whole = _unit(rest, currency) if position else None
    if whole and units.is_known(whole):
        found.append((ONE, whole))
    return tuple((scale, unit) for scale, unit in found if unit is not None)


def _unit(text: str, currency: str) -> str | None:
    unit = units.canonical(text)
    if unit is None or not NUMBER_WORDS.isdisjoint(re.split("[ -]", unit)):
        return None
    return units.joined(currency, unit)


# --- normal form -------------------------------------------------------------------------------

_LOOKALIKES = str.maketrans(
    dict.fromkeys("−‐‑‒–—―﹣－", "-")
    | dict.fromkeys("’‘ʼ´`′٬", "'")
    | {"٫": ".", "٪": "%", "º": "°", "⁄": "/"}
)
_SUPERSCRIPTS = re.compile(r"[⁺⁻⁰¹²³⁴-⁹]+")


def _normalise(text: str) -> str:
    """NFKC, ASCII digits, “^” for superscripts; "" where longer than a quantity is."""
    if len(text) > 4 * LONGEST:  # NFC makes at most one character of four
        return ""
    text = unicodedata.normalize("NFC", text)
    if len(text) > LONGEST:
        return ""
    text = _SUPERSCRIPTS.sub(lambda run: "^" + run.group(), text.translate(_LOOKALIKES))
    text = "".join(_spaced(character) for character in text)
    text = unicodedata.normalize("NFKC", text).translate(_LOOKALIKES)
    # NFKC makes up to eighteen characters of one.
    text = "".join(map(_ascii_digit, text)) if len(text) <= 2 * LONGEST else ""
    return " ".join(text.split()).strip(" \"'“”").rstrip(" .,;:!?\"'“”+")  # “200+” too


def _lowered(text: str) -> str:
    """In small letters, each at its place."""
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)


def _spaced(character: str) -> str:
    """“1½” must not become “11/2”; characters without width are dropped."""
    if unicodedata.category(character) == "Cf":
        return ""
    return f" {character}" if unicodedata.decomposition(character).startswith("<fraction>") else character


def _ascii_digit(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)
