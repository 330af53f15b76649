"""Slips of the keyboard: one letter wrong, missing, too many, or two swapped, and no other word by it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from quizapp.domain.language.forgiven import Forgiven
from quizapp.domain.library.grading import lexicon
from quizapp.domain.library.grading.reading.ordinals import roman
from quizapp.domain.library.grading.spelling import fold

SHORTEST = 5  # letters of a word in which one may be wrong
LONGEST = 40  # letters of a word that is looked at
_FOLDED = frozenset({Forgiven.CASE, Forgiven.ACCENTS, Forgiven.PUNCTUATION, Forgiven.ARTICLE})
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_ALIKE = ("aeiouy", "ckqsxz", "bp", "dt", "fv", "gj", "mn", "lr", "sz", "ij", "uvw")


def is_slip(given: str, wanted: str, code: str, own: Container[str] = ()) -> bool:
    """Whether one folded word is another with a slip in it. `own`: the item's words, folded, which are no
    slips of anything; `code`: the language whose word list guards."""
    if not SHORTEST <= len(wanted) <= LONGEST or not (wanted.isalpha() and given.isalpha()):
        return False
    if given[0] != wanted[0] or f"a{given}" == wanted or not _alphabetic(wanted):
        return False
    if not (is_one_edit(given, wanted) or _is_letter_moved(given, wanted)):
        return False
    if given in own or _is_another_word(given, wanted, code) or roman(given.upper()) or roman(wanted.upper()):
        return False
    return _is_likely(given, wanted)


_ENDINGS = ("ally", "al", "l", "ly", "ed", "ing", "er", "ist", "ic", "ous", "ness", "less", "ful", "ism")


def _is_another_word(given: str, wanted: str, code: str) -> bool:
    """Whether it is in the word list, or is made of a word there that the wanted one isn't made of:
    fascial of fascia."""
    if lexicon.is_word(given, code):
        return True
    roots = (given.removesuffix(end) for end in _ENDINGS if code == "en" and given.endswith(end))
    return any(
        len(root) >= SHORTEST and not wanted.startswith(root) and lexicon.is_word(root, code)
        for root in roots
    )


def slipped_word(given: str, wanted: str, code: str, own: Container[str] = ()) -> str:
    """The word of a form in which an answer has its one slip; "" where the answer is another."""
    for joined in (True, False):
        one, other = (
            fold(text, _FOLDED | {Forgiven.HYPHENS}, joined=joined).split() for text in (given, wanted)
        )
        if len(one) != len(other):
            continue
        differing = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
        if len(differing) == 1 and not _is_name_in_capitals(wanted):
            return differing[0][1] if is_slip(*differing[0], code, own) else ""
    return ""


def _is_name_in_capitals(text: str) -> bool:
    return text.isupper() and len(text) <= 6


def is_one_edit(given: str, wanted: str) -> bool:
    """Optimal string alignment distance 1, in linear time."""
    start = next((i for i, (a, b) in enumerate(zip(given, wanted, strict=False)) if a != b), -1)
    start = min(len(given), len(wanted)) if start < 0 else start
    a, b = given[start:], wanted[start:]
    substituted, inserted, missing = a[1:] == b[1:], a[1:] == b, a == b[1:]
    swapped = a[:2] == b[1::-1] and a[2:] == b[2:] and len(a) > 1
    return given != wanted and (substituted or inserted or missing or swapped)


def _is_letter_moved(given: str, wanted: str) -> bool:
    """“Karkhiv”: the same letters, one of them at another place."""
    if len(given) != len(wanted) or len(wanted) < SHORTEST + 1 or sorted(given) != sorted(wanted):
        return False
    return any(
        wanted[:i] + wanted[i + 1 :] == given[:j] + given[j + 1 :]
        for i in range(len(wanted))
        for j in range(len(given))
        if wanted[i] == given[j]
    )


def _is_likely(given: str, wanted: str) -> bool:
    """Whether hands or ears do it: a letter too many or left out, swapped, or for it one of its neighbours on
    the keyboard or of its sound. Names have neighbours that no list holds, as Bizet has Binet."""
    if len(given) != len(wanted):
        return True
    differing = [(a, b) for a, b in zip(given, wanted, strict=True) if a != b]
    return len(differing) > 1 or _neighbours(*differing[0])


def _neighbours(one: str, other: str) -> bool:
    if any(one in group and other in group for group in _ALIKE):
        return True
    places = {letter: (row, column) for row, keys in enumerate(_ROWS) for column, letter in enumerate(keys)}
    if one not in places or other not in places:
        return False
    (row, column), (other_row, other_column) = places[one], places[other]
    return abs(row - other_row) <= 1 and abs(column - other_column) <= 1


def _alphabetic(word: str) -> bool:
    """Whether a word is written in letters that slip one by one: not in Chinese, Japanese or Korean."""
    return re.match(r"LATIN|CYRILLIC|GREEK", unicodedata.name(word[0], "")) is not None
