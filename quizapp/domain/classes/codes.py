"""Join codes: seven letters that can be read from a projector and typed on a phone."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # neither 0 and O nor 1 and I
LENGTH = 7
SPACE = len(ALPHABET) ** LENGTH  # how many codes there are: 2 to the 35th


def code_of(number: int) -> str:
    """The code of a number in [0, SPACE); every number has another, so uniform numbers give uniform codes."""
    if not 0 <= number < SPACE:
        raise ValueError(f"There is no code with the number {number}.")
    letters = []
    for _ in range(LENGTH):
        number, letter = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "".join(reversed(letters))


def read_code(text: str) -> str:
    """The code that someone typed, whatever the case, spaces and hyphens; "" where it can be none."""
    return _read(text, LENGTH)


def _read(text: str, length: int) -> str:
    letters = unicodedata.normalize("NFKC", text[:100]).upper()
    code = "".join(letter for letter in letters if letter not in "-–—_." and not letter.isspace())
    return code if len(code) == length and set(code) <= set(ALPHABET) else ""


CARD_LENGTH = 12  # of a card's code: 2 to the 60th, for it signs in


def card_code(draw: Callable[[int], int]) -> str:
    """A code for a sign-in card; draw: a random number below another."""
    return "".join(ALPHABET[draw(len(ALPHABET))] for _ in range(CARD_LENGTH))


def read_card_code(text: str) -> str:
    """The code of a card as someone typed it; "" where it can be none."""
    return _read(text, CARD_LENGTH)


def grouped(code: str) -> str:
    """A card's code in groups of four: “ABCD EFGH JKLM”."""
    return " ".join(code[place : place + 4] for place in range(0, len(code), 4))


def spaced(code: str) -> str:
    """The code in two groups, as it is easier to read out: “ABC DEFG”."""
    return f"{code[:3]} {code[3:]}"
