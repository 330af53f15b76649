"""Numbers in digits: “1,234.5”, “1.234,5”, “2.4×10¹¹”, “3/4”; those with two readings have both."""

from __future__ import annotations

import re
from decimal import Decimal

from quizapp.domain.language.numerals.numeral import LARGEST_EXPONENT, MOST_DIGITS, ONE, Numeral

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


def in_digits(text: str) -> Numeral | None:
    if match := _FRACTION.match(text):
        return Numeral(_fraction(match), text[match.end() :].strip())
    if not (match := _POWER.match(text) or _DIGITS.match(text)):
        return None
    digits, power = match["digits"], match["power"]
    exponent = int(power or 0)
    values = _numerals(digits) if digits else (ONE,)
    if abs(exponent) > LARGEST_EXPONENT:
        values = ()
    plain = power is None and bool(_PLAIN.fullmatch(digits))
    return Numeral(tuple(value.scaleb(exponent) for value in values), text[match.end() :].strip(), plain)


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
