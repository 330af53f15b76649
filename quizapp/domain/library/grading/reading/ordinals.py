"""Ordinals in words and digits, and Roman numerals."""

from __future__ import annotations

import re

_ONES = "first second third fourth fifth sixth seventh eighth ninth".split()
_TEENS = ["tenth", "eleventh", "twelfth"] + [
    f"{stem}teenth" for stem in "thir four fif six seven eigh nine".split()
]
_TENS = "twent thirt fort fift sixt sevent eight ninet".split()
ORDINALS = (
    {word: number for number, word in enumerate([*_ONES, *_TEENS], start=1)}
    | {f"{tens}ieth": 10 * number for number, tens in enumerate(_TENS, start=2)}
    | {
        f"{tens}y-{word}": 10 * number + one
        for number, tens in enumerate(_TENS, start=2)
        for one, word in enumerate(_ONES, start=1)
    }
    | {"hundredth": 100, "thousandth": 1000}
)
_ORDINAL = re.compile(
    r"\b(?:(?P<digits>[0-9]+) ?(?:st|nd|rd|th)|(?P<word>"
    + "|".join(word.replace("-", "[ -]") for word in sorted(ORDINALS, key=len, reverse=True))
    + r"))\b",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"(?=[IVXLCM])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def in_digits(text: str) -> str:
    """“fourth”, “4 th” and “4th” as “4th”."""
    return _ORDINAL.sub(
        lambda found: f"{found['digits'] or ORDINALS[found['word'].lower().replace(' ', '-')]}th", text
    )


def roman(token: str) -> int | None:
    """The value of a Roman numeral in capitals, None for anything else."""
    if not _ROMAN.fullmatch(token):
        return None
    values = [_VALUES[letter] for letter in token]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))
