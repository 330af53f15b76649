"""The words there are, by language: a slip that spells another word is no slip."""

from __future__ import annotations

import functools
import gzip
import json
from importlib.resources import files

from babel import Locale

from quizapp.domain.language import measures
from quizapp.domain.language.numerals.words import NUMBER_WORDS
from quizapp.domain.language.text import fold_for_search
from quizapp.domain.library.grading.reading.ordinals import ORDINALS
from quizapp.domain.sources.articles.languages import language_of

LANGUAGES = frozenset({"de", "en", "es", "fr", "it", "nl", "pt", "ru"})


@functools.lru_cache(maxsize=512)
def language(stem: str) -> str:
    """The language of a question, English where it cannot be told."""
    found = language_of(stem)
    return found if found in LANGUAGES else "en"


def prepare() -> None:
    """Read at the program's start what the first answer would have to wait for."""
    _words("en")
    names()
    countries()
    measures.prepare()


def is_word(word: str, code: str) -> bool:
    """Whether a word, in any case, is in the language's word list or names a country, a month …"""
    lowered = word.casefold()
    return lowered in _words(code) or fold_for_search(word) in names()


def frequency(word: str, code: str) -> int:
    """How often a word in small letters occurs in the language's word list, 0 for one that is not in it."""
    return _words(code).get(word, 0)


@functools.cache
def _words(code: str) -> dict[str, int]:
    """How often each word occurs in pyspellchecker's lists, read without its class, which keeps two."""
    packed = files("spellchecker").joinpath("resources", f"{code}.json.gz").read_bytes()
    counts: dict[str, int] = json.loads(gzip.decompress(packed))
    return counts


@functools.cache
def names() -> frozenset[str]:
    """Countries, languages, months, days, numbers: Iceland, Gambia, Tuesday, billion."""
    english = Locale("en")
    calendar = (name for table in (english.months, english.days) for name in table["format"]["wide"].values())
    listed = (*english.territories.values(), *english.languages.values(), *calendar)
    words = (word for name in listed if (word := fold_for_search(name)).isalpha())
    return frozenset({*words, *NUMBER_WORDS, *ORDINALS})


@functools.cache
def countries() -> frozenset[str]:
    """The countries' English names, folded."""
    return frozenset(
        fold_for_search(name) for code, name in Locale("en").territories.items() if code.isalpha()
    )
