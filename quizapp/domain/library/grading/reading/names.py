"""Short names: UN for United Nations, FDR for Franklin Delano Roosevelt."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+")
_SMALL = frozenset("of the and for in on de la du des et und der die das von y".split())
_SHORTEST_OF_PERSON = 3


def bare(text: str) -> str:
    """The letters of an answer that may be an acronym, folded."""
    return re.sub(r"^the ", "", text, flags=re.IGNORECASE).replace(".", "").replace(" ", "").casefold()


def is_acronym(answer: str, form: str, *, person: bool) -> bool:
    """Whether an answer, in capitals, is made of a name's initials; a person's of three or more."""
    short = re.sub(r"^the ", "", answer, flags=re.IGNORECASE).replace(".", "").replace(" ", "")
    if not 2 <= len(short) <= 6 or not short.isupper() or (person and len(short) < _SHORTEST_OF_PERSON):
        return False
    words = [word for word in _WORD.findall(form) if word.casefold() not in {"jr", "sr"}]
    large = [word for word in words if word.casefold() not in _SMALL]
    if len(large) < 2 or not all(word[0].isupper() for word in large):
        return False
    return short in {"".join(word[0] for word in each).upper() for each in (words, large)}
