"""Whether a statement or question stands on its own: nobody has to see the sentence before it."""

from __future__ import annotations

import re
from collections.abc import Collection

from quizapp.domain.language.words import content_words
from quizapp.domain.library.lint.language import RELATIVE_DATES

FEWEST_TELLING = 3  # content words besides the answer

_OPENS = re.compile(
    r"(?:He|She|It|They|We|I|You|His|Her|Its|Their|Our|My|This|That|These|Those|There|Here|Such|Both|Another"
    r"|Others|Other|Some|Many|Most|Few|One|Each|Neither|Either|All|So|Then|Yet|But|And|Or|Nor|Who|Which|What"
    r"|To|Not)\b"
)
_POINTS_BACK = re.compile(
    r"\b(?:this|these|those|such a|the (?:two|three|four|other|same|latter|former|first|second|previous)"
    r"|the (?:visit|trip|journey|summit|talks|meeting|ceremony|event|day|week|region|country|city|town"
    r"|company|deal|agreement|project|plan|move|statement|report|study|team|group|subject|issue|matter|pact|text"
    r"|declaration|conflict|war|invasion|man|woman|leader|leaders|president|article|author|neighbou?rs?|site"
    r"|area|work|building|bird|animal|species|river|book|painting)(?! of\b| [A-Z])"
    r"|both (?:countries|nations|sides|leaders|men|women|of)|each other|one another|here|there|elsewhere"
    r"|likewise|instead|respectively|so-called|our|us|we|my|I|you|your|in turn|otherwise|latter|former)\b",
    re.IGNORECASE,
)
_OF_PEOPLE = re.compile(r"\b(?:he|she|him|her|hers|his|himself|herself)\b")
_OF_THINGS = re.compile(r"\b(?:it|they|them|their|theirs|its|itself|themselves)\b")
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b(?!,? \d)")
_TIME_FIRST = re.compile(r"(?:In|On|By|Since|Until) [^,]{4,24}, ")
_BARE = re.compile(
    r"\b(?:the|The) (?:[a-z][a-z-]+ ){0,2}?[a-z][a-z-]+\b"
    r"(?! (?:of|in|for|between|from|at|who|which|that|to) [A-Z0-9a-z]| [A-Z])"
)
_KNOWN = re.compile(
    r"\bthe (?:world|sun|moon|earth|sea|weather|ribbon|internet|public|future|past|same|only|time|century|air"
    r"|sky|ground|ocean|equator|universe|\w+est\b|first\b|last\b|most\b|\d\S*)",
    re.IGNORECASE,
)


def stands_alone(statement: str, people: Collection[str] = ()) -> bool:
    """Whether a statement names all it speaks of, and its time does not pass. `people`: forms of the names
    of persons, to which “her” may refer."""
    said = _TIME_FIRST.sub("", statement)
    return not _OPENS.match(said[:1].upper() + said[1:]) and is_clear(statement, people)


def is_clear(text: str, people: Collection[str] = ()) -> bool:
    """As `stands_alone`, without looking at the subject (a question has its own)."""
    if _POINTS_BACK.search(text) or RELATIVE_DATES.search(text) or _WEEKDAY.search(text):
        return False
    person, thing = _OF_PEOPLE.search(text), _OF_THINGS.search(text)
    if person and not any(name in text[: person.start()] for name in people):
        return False
    if thing and not re.search(r"\b[A-Z]\w+", text[: thing.start()]):
        return False
    return text.count("(") == text.count(")")


def bare(statement: str) -> int:
    """How many things are spoken of as known (“the bridge”) though nothing here says which; one that a
    statement begins with counts twice."""
    said = _TIME_FIRST.sub("", statement)
    found = [match for match in _BARE.finditer(said) if not _KNOWN.match(match.group())]
    return len(found) + sum(match.start() == 0 for match in found)


def tells(text: str, answer: str, least: int = FEWEST_TELLING) -> bool:
    """Whether enough is left without the answer for somebody who knows the fact to give it: a name or
    figure and some words, or many words."""
    rest = text.replace(answer, " ", 1)
    telling = content_words(rest) - content_words(answer)
    anchored = bool(re.search(r"(?<!^)(?<!\. )\b[A-Z]\w+|\d", rest[1:]))
    return len(telling) >= (least if anchored else least + 2)
