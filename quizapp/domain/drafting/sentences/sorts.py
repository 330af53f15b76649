"""Of what sort a name is: signs in the name and in the words around it, each with a weight."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from quizapp.domain.drafting.sentences import lexicon

SORTS = ("person", "country", "city", "region", "site", "place", "organisation", "thing", "name")

_KINDS = {
    "city": "city town village capital port",
    "region": "province region state county island",
    "site": "river lake mountain volcano museum",
    "organisation": "company university bank ministry agency charity organisation organization newspaper",
}
_CLASSES = {word: sort for sort, words in _KINDS.items() for word in words.split()}
_CLASS = "|".join(_CLASSES)
# “Leath, a small town”; “Leath county”; “the town of Leath”
_APPOSED = re.compile(rf"^,? (?:is |was |became )?(?:a|an|the)?(?: [a-z\-]+){{0,3}}? ({_CLASS})\b")
_BEHIND = re.compile(rf"^ ({_CLASS})\b")
_BEFORE = re.compile(rf"\b({_CLASS})(?: of|,)? $")
_IN = re.compile(
    r"\b(?:in|near|across|throughout)(?: the| (?:north|south|east|west|central)(?:ern)?)* $", re.IGNORECASE
)
_NEXT_WORD = re.compile(r"^,? ([a-z]+)")
_WITH_ARTICLE = re.compile(r"\b(?:an?|the) $", re.IGNORECASE)
_AGE = re.compile(r"^, \d\d?,")


def votes(name: str, before: str, after: str, *, titled: bool) -> tuple[tuple[str, int], ...]:
    """(sort, weight) for each sign of what a name names; `titled`: an office is before it."""
    found = Counter[str]()
    for sort, weight in (*_own(name, titled=titled), *_around(before, after)):
        found[sort] += weight
    return tuple(found.items())


def _own(name: str, *, titled: bool) -> Iterator[tuple[str, int]]:
    words = name.split()
    if titled:
        yield "person", 6
    if name in lexicon.countries():
        yield "country", 8
    elif name in lexicon.cities():
        yield "city", 4
    elif name in lexicon.CONTINENTS:
        yield "place", 8
    head = next((word for word in (words[-1], words[0]) if word in lexicon.HEADS), "")
    if head and len(words) > 1:
        yield lexicon.HEADS[head], 5
    elif name.isupper() and len(name) > 1 and "." not in name:
        yield "organisation", 2


def _around(before: str, after: str) -> Iterator[tuple[str, int]]:
    for pattern, told in ((_APPOSED, after), (_BEHIND, after), (_BEFORE, before)):
        if found := pattern.search(told):
            yield _CLASSES[found[1]], 4
    following = _NEXT_WORD.match(after)
    if following and following[1] in lexicon.PERSONAL:
        yield "person", 2
    if _AGE.match(after):
        yield "person", 5
    if _WITH_ARTICLE.search(before):
        yield "thing", 2
    if _IN.search(before):
        yield "place", 2


def sort_of(cast: Counter[str]) -> str:
    """The sort with most votes; “name” where nothing tells."""
    best, count = max(cast.items(), key=lambda each: (each[1], -SORTS.index(each[0])), default=("name", 0))
    return best if count >= 2 else "name"
