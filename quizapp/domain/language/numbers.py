"""Quantities as people type them, read exactly: “$240.1 billion”, “240,1 bn”, “2.401×10¹¹”, “½”.

A quantity is: a hedge (“about”), a sign, a currency, a number in digits or words, scale words
(“billion”), a unit. Some spellings have two readings (“1,234”, “5 m”); `readings` gives all.
Everything is a Decimal; lengths and exponents are bounded before anything is computed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from typing import NamedTuple

from quizapp.domain.language import units

LONGEST = 200  # characters of a quantity, after NFC
MOST_DIGITS = 40
LARGEST_EXPONENT = 60

_ONE = Decimal(1)
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
        return _ONE, normal  # “m above sea level”
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
_MOST_SCALES = 3  # “a hundred thousand million”


def _endings(rest: str, currency: str) -> tuple[tuple[Decimal, str], ...]:
    """The readings of what follows a number, as (scale, canonical unit): scale words come first."""
    scale, position = _ONE, 0
    lowered = _lowered(rest)
    for _ in range(_MOST_SCALES):
        match = _SCALE.match(lowered, position)
        if not match or match["word"] not in _SCALES:
            break
        scale, position = scale * _SCALES[match["word"]], match.end()
    found = [(scale, _unit(rest[position:], currency))]
    whole = _unit(rest, currency) if position else None
    if whole and units.is_known(whole):
        found.append((_ONE, whole))
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


# --- numbers in digits -------------------------------------------------------------------------


class _Numeral(NamedTuple):
    """The readings of a number, what follows it, and the scale that its own words held."""

    values: tuple[Decimal, ...] = ()
    rest: str = ""
    plain: bool = False
    scale: Decimal = _ONE


_BLOB = r"(?:[0-9]+(?:[ '.,][0-9]+)*|[.,][0-9]+)"
_GROUPED = r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+"
_FRACTION = re.compile(
    rf"(?:(?P<whole>[0-9]+)(?:[ -]| and | ?\+ ?))?(?P<over>{_GROUPED}) ?/ ?(?P<under>{_GROUPED})(?![0-9/.,])"
)
_POWER = re.compile(
    rf"(?:(?P<digits>{_BLOB}) ?[x×*·⋅] ?)?10"
    r" ?(?:(?:\^|\*\*) ?\(?|(?(digits)(?=[+-])|(?!)))(?P<power>[+-]?[0-9]{1,3})\)?(?![0-9])"
)
_DIGITS = re.compile(rf"(?P<digits>{_BLOB})(?: ?e(?P<power>[+-]?[0-9]{{1,3}})(?![0-9]))?")
_PLAIN = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]*(?:\.[0-9]+)?")
_AND_PART = re.compile(r" and (?:an? |one )?(?P<times>three )?(?P<part>half|quarter|third)s?\b")
_PARTS = {"half": 2, "halve": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}


def _numeral(text: str) -> _Numeral:
    numeral = _in_digits(text) or _in_words(text) or _Numeral()
    if numeral.values and numeral.plain and (parts := _PARTS_OF.match(f" {numeral.rest}")):
        values = tuple(value / _PARTS[parts["part"]] for value in numeral.values)
        return _Numeral(values, numeral.rest[parts.end() - 1 :].strip())
    if part := _AND_PART.match(f" {numeral.rest}"):
        more = Decimal(3 if part["times"] else 1) / _PARTS[part["part"]]
        values = tuple(value + more for value in numeral.values)
        return _Numeral(values, numeral.rest[part.end() - 1 :].strip(), plain=False, scale=numeral.scale)
    return numeral


def _in_digits(text: str) -> _Numeral | None:
    if match := _FRACTION.match(text):
        return _Numeral(_fraction(match), text[match.end() :].strip())
    if not (match := _POWER.match(text) or _DIGITS.match(text)):
        return None
    digits, power = match["digits"], match["power"]
    exponent = int(power or 0)
    values = _numerals(digits) if digits else (_ONE,)
    if abs(exponent) > LARGEST_EXPONENT:
        values = ()
    plain = power is None and bool(_PLAIN.fullmatch(digits))
    return _Numeral(tuple(value.scaleb(exponent) for value in values), text[match.end() :].strip(), plain)


def _fraction(match: re.Match[str]) -> tuple[Decimal, ...]:
    if sum(character.isdigit() for character in match.group()) > MOST_DIGITS or not int(
        match["under"].replace(",", "")
    ):
        return ()
    over, under = (Decimal(match[name].replace(",", "")) for name in ("over", "under"))
    return (Decimal(match["whole"] or 0) + over / under,)


def _numerals(digits: str) -> tuple[Decimal, ...]:
    """The readings of digits with separators between them."""
    separators = [character for character in digits if not character.isdigit()]
    if len(digits) - len(separators) > MOST_DIGITS:
        return ()
    if not separators:
        return (Decimal(digits),)
    last = separators[-1]
    fractions: tuple[Decimal, ...] = ()
    if last in ".," and separators.count(last) == 1:
        whole, _, decimals = digits.rpartition(last)
        fractions = tuple(Decimal(f"{each}.{decimals}") for each in _whole(whole))
    wholes = tuple(Decimal(each) for each in _whole(digits))
    return fractions + wholes if last == "." else wholes + fractions


def _whole(digits: str) -> tuple[str, ...]:
    """The digits of a whole number, grouped by one separator or not at all; () if grouped badly."""
    if not digits or digits.isdigit():
        return (digits or "0",)
    separator = next(character for character in digits if not character.isdigit())
    first, *groups = digits.split(separator)
    thousands = all(len(group) == 3 and group.isdigit() for group in groups)
    lakhs = len(groups) > 1 and [len(group) for group in groups] == [2] * (len(groups) - 1) + [3]
    if not (thousands or (lakhs and separator == "," and "".join(groups).isdigit())):
        return ()
    return (first + "".join(groups),) if 1 <= len(first) <= 3 and not first.startswith("0") else ()


# --- numbers in words --------------------------------------------------------------------------

_SMALL = {
    word: Decimal(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: Decimal(10 * number)
    for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_LARGE = {
    "thousand": Decimal(10) ** 3,
    "million": Decimal(10) ** 6,
    "billion": Decimal(10) ** 9,
    "trillion": Decimal(10) ** 12,
}
_SCALES = (
    _LARGE
    | {"hundred": Decimal(100), "dozen": Decimal(12), "lakh": Decimal(10) ** 5, "crore": Decimal(10) ** 7}
    | dict.fromkeys(["k", "thousands", "tsd", "ths"], _LARGE["thousand"])
    | dict.fromkeys(["m", "mn", "mln", "mio", "mil", "mill", "millions"], _LARGE["million"])
    | dict.fromkeys(["b", "bn", "bln", "bil", "milliard", "milliards", "billions"], _LARGE["billion"])
    | dict.fromkeys(["tn", "trn", "tln", "trillions"], _LARGE["trillion"])
)
SCALE_LETTERS = frozenset({"k", "m", "b"})  # which are units as well
_AFTER_A = frozenset({*_LARGE, "hundred", "dozen"})
NUMBER_WORDS = frozenset({*_SMALL, *_TENS, *_AFTER_A})

_TOKEN = re.compile(r"[ -]?([a-z]+)")
_HALF = re.compile(
    r"(?:an? |one[ -])?(?P<part>half|(?<=[ae][ -])(?:third|quarter|fifth|sixth|eighth|tenth))(?: an?)?(?= |$)"
)
_ONE_OF = re.compile(
    r"an? (?=(?:second|minute|hour|day|week|month|year|decade|century|metre|meter|kilo\w+|mile|litre|liter"
    r"|ton|tonne|percent)\b)"
)
_DOZEN = re.compile(r"(?:an? )?(?P<part>dozen|score|nought|nothing|nil|none)(?: of)?(?= |$)")
_DOZENS = {"dozen": 12, "score": 20}
_PARTS_OF = re.compile(r"[ -]?(?P<part>halve|third|quarter|fifth|sixth|eighth|tenth)s(?= |$)")


def _in_words(text: str) -> _Numeral | None:
    """“twelve thousand”, “seventy-five”, “a hundred and two point five”, “two thirds”, “half a”."""
    if whole := _in_one_word(text):
        return whole
    total, current, scale, position = Decimal(0), None, _ONE, 0
    while token := _TOKEN.match(text, position):
        word, end = token[1], token.end()
        if word == "and" and (current or total) and (after := _TOKEN.match(text, end)):
            word, end = after[1], after.end()
            if word not in _SMALL and word not in _TENS:
                break
        if word in _LARGE and current and (scale == 1 or _LARGE[word] < scale):
            total, current, scale, position = total + current * _LARGE[word], None, _LARGE[word], end
        elif word in {"a", "an"} and not position and _follows(text, end, _AFTER_A):
            current, position = _ONE, end
        elif (grown := _grow(current, word)) is not None:
            current, position = grown, end
        else:
            break
    if current is None and not total:
        return None
    value, position = _decimals(text, position, total + (current or 0))
    if part := _PARTS_OF.match(text, position):
        return _Numeral((value / _PARTS[part["part"]],), text[part.end() :].strip())
    return _Numeral((value,), text[position:].strip(), scale=scale)


def _in_one_word(text: str) -> _Numeral | None:
    """“a dozen”, “none”, “half”, “a quarter”, “one fifth”."""
    if dozen := _DOZEN.match(text):
        return _Numeral((Decimal(_DOZENS.get(dozen["part"], 0)),), text[dozen.end() :].strip())
    if one := _ONE_OF.match(text):
        return _Numeral((_ONE,), text[one.end() :])
    if part := _HALF.match(text):
        return _Numeral((_ONE / _PARTS[part["part"]],), text[part.end() :].strip())
    return None


def _follows(text: str, position: int, words: Container[str]) -> bool:
    token = _TOKEN.match(text, position)
    return token is not None and token[1] in words


def _grow(current: Decimal | None, word: str) -> Decimal | None:
    """The number after one more word (“two hundred” + “forty”), or None where it does not follow."""
    if word == "hundred":
        return current * 100 if current is not None and 0 < current < 100 else None
    if word in _TENS:
        return (current or 0) + _TENS[word] if current is None or (current and current % 100 == 0) else None
    if word not in _SMALL:
        return None
    if current is None:
        return _SMALL[word]
    fits = current % 100 == 0 if _SMALL[word] >= 10 else current % 10 == 0 and current % 100 != 10
    return current + _SMALL[word] if current and _SMALL[word] and fits else None


def _decimals(text: str, position: int, value: Decimal) -> tuple[Decimal, int]:
    """“… point one five”: the decimals after a number in words."""
    place, start = _ONE, _TOKEN.match(text, position)
    if not (start and start[1] == "point" and _follows(text, start.end(), _SMALL)):
        return value, position
    position = start.end()
    while (token := _TOKEN.match(text, position)) and _SMALL.get(token[1], 10) < 10:
        place /= 10
        value, position = value + _SMALL[token[1]] * place, token.end()
    return value, position
