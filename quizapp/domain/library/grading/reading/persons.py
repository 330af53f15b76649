"""Persons by the names that people give them: a surname alone, initials, titles, offices."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from quizapp.domain.language.text import fold_for_search
from quizapp.domain.library.grading.slips import SHORTEST, is_one_edit

TITLES = frozenset(
    "mr mrs ms miss mister madam sir dame lord lady dr doctor prof professor president pres king queen prince "
    "princess emperor empress tsar czar pope saint st captain capt colonel col general gen major lieutenant lt "
    "sergeant sgt admiral commander chancellor premier minister prime secretary senator governor mayor judge "
    "justice reverend rev father brother sister bishop archbishop cardinal leader chairman chairwoman head chief "
    "state director commissioner ambassador herr frau monsieur senor count countess duke duchess baron "
    "mme madame mlle monsieur signor signora senora don dona sheikh ayatollah imam rabbi sultan shah empress "
    "tsarina comrade archduke marquis viscount infanta "
    "author writer poet novelist composer singer musician actor actress painter artist sculptor architect "
    "scientist physicist chemist biologist botanist mathematician philosopher astronomer explorer inventor "
    "engineer director producer player footballer rapper comedian journalist politician dictator "
    "historian theologian economist planner psychologist swimmer golfer boxer".split()
)
_BY_FIRST_NAME = frozenset(
    "president king queen pope prince princess emperor empress chairman saint st".split()
)
PARTICLES = frozenset("von van der den de da di del della du la le ten ter bin ibn al el af zu zur".split())
_SUFFIXES = frozenset("jr sr junior senior ii iii iv esq phd md".split())
_WHO = re.compile(
    r"\b(?:who|whom|whose)\b|\b(?:which|what|name the) (?:[\w'-]+ ){0,4}?"
    r"(?:president|king|queen|author|writer|actor|actress|singer|poet|composer|painter|artist|man|woman|person|"
    r"politician|minister|leader|player|footballer|scientist|emperor|pope|director|comedian|character)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def asks_for_person(stem: str) -> bool:
    """Whether a question wants someone's name."""
    return _WHO.search(stem) is not None


def asks_for_full_name(stem: str) -> bool:
    """Whether it wants the whole of it, or the first name."""
    return (
        re.search(r"\b(?:full|first|given|christian|middle|birth|real) name\b", stem, re.IGNORECASE)
        is not None
    )


@functools.lru_cache(maxsize=4_096)
def name(text: str) -> tuple[str, ...]:
    """The words of a name, folded, without titles and particles; () where it looks like no name."""
    words = _WORD.findall(text.split("(", maxsplit=1)[0].replace(".", " "))
    kept = [fold_for_search(word) for word in words]
    if not words or re.search(r"\d", text) or len(words) > 8:
        return ()
    named = all(
        word[0].isupper() or folded in PARTICLES | TITLES | {"the"}
        for word, folded in zip(words, kept, strict=True)
    )
    parts = _parts(kept)
    return parts if named and len(parts) <= 5 else ()


def _parts(words: Sequence[str]) -> tuple[str, ...]:
    """A name's words without what is in front of them, particles and suffixes. King may be a surname:
    a title is one only before a name, and a lone word is a name."""
    kept = [word for word in words if word not in PARTICLES | _SUFFIXES and word != "the"]
    while len(kept) > 1 and kept[0] in TITLES:
        del kept[0]
    return tuple(kept)


def same_person(answer: str, key: str, *, full: bool = False) -> bool:
    """Whether the words of an answer, in any case, name the one whom the key names: by the surname alone, the
    first and the last name, initials. With `full`, no first name may be missing."""
    wanted = name(key)
    words = [fold_for_search(word) for word in _WORD.findall(answer.replace(".", " "))]
    given = _parts(words)
    if len(wanted) < 2 or not given or len(given) > 5 or re.search(r"\d", answer):
        return False
    if len(given) == 1 and given[0] == wanted[0] and words[0] in _BY_FIRST_NAME and not full:
        return True  # President Xi, Prince Harry
    if given[-1] != wanted[-1]:
        return False
    if len(given) == 1:
        return not full and len(given[0]) > 2
    first, middle = given[0], given[1:-1]
    if not _agree(first, wanted[0]):
        return not middle and first in wanted[1:-1] and not full
    return len(wanted) == 2 or all(any(_agree(word, other) for other in wanted[1:-1]) for word in middle)


def _agree(word: str, other: str) -> bool:
    """The same name, the initial of it, or a slip in it where the surname says who is meant (Emanuel)."""
    if word == other or (len(word) >= SHORTEST and word[0] == other[0] and is_one_edit(word, other)):
        return True
    return (len(word) == 1 and other.startswith(word)) or (len(other) == 1 and word.startswith(other))
