"""Numbers in words: “twelve thousand”, “a hundred and two point five”, “two thirds”, “a dozen”."""

from __future__ import annotations

import re
from collections.abc import Container
from decimal import Decimal

from quizapp.domain.language.numerals.numeral import ONE, PARTS, PARTS_OF, Numeral

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
LARGE = {
    "thousand": Decimal(10) ** 3,
    "million": Decimal(10) ** 6,
    "billion": Decimal(10) ** 9,
    "trillion": Decimal(10) ** 12,
}
_AFTER_A = frozenset({*LARGE, "hundred", "dozen"})
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


def in_words(text: str) -> Numeral | None:
    """“twelve thousand”, “seventy-five”, “a hundred and two point five”, “two thirds”, “half a”."""
    if whole := _in_one_word(text):
        return whole
    total, current, scale, position = Decimal(0), None, ONE, 0
    while token := _TOKEN.match(text, position):
        word, end = token[1], token.end()
        if word == "and" and (current or total) and (after := _TOKEN.match(text, end)):
            word, end = after[1], after.end()
            if word not in _SMALL and word not in _TENS:
                break
        if word in LARGE and current and (scale == 1 or LARGE[word] < scale):
            total, current, scale, position = total + current * LARGE[word], None, LARGE[word], end
        elif word in {"a", "an"} and not position and _follows(text, end, _AFTER_A):
            current, position = ONE, end
        elif (grown := _grow(current, word)) is not None:
            current, position = grown, end
        else:
            break
    if current is None and not total:
        return None
    value, position = _decimals(text, position, total + (current or 0))
    if part := PARTS_OF.match(text, position):
        return Numeral((value / PARTS[part["part"]],), text[part.end() :].strip())
    return Numeral((value,), text[position:].strip(), scale=scale)


def _in_one_word(text: str) -> Numeral | None:
    """“a dozen”, “none”, “half”, “a quarter”, “one fifth”."""
    if dozen := _DOZEN.match(text):
        return Numeral((Decimal(_DOZENS.get(dozen["part"], 0)),), text[dozen.end() :].strip())
    if one := _ONE_OF.match(text):
        return Numeral((ONE,), text[one.end() :])
    if part := _HALF.match(text):
        return Numeral((ONE / PARTS[part["part"]],), text[part.end() :].strip())
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
    place, start = ONE, _TOKEN.match(text, position)
    if not (start and start[1] == "point" and _follows(text, start.end(), _SMALL)):
        return value, position
    position = start.end()
    while (token := _TOKEN.match(text, position)) and _SMALL.get(token[1], 10) < 10:
        place /= 10
        value, position = value + _SMALL[token[1]] * place, token.end()
    return value, position
