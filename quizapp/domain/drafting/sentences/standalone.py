"""Whether a statement or question is on its own: no one has to see the sentence before it."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise

from quizapp.domain.drafting.sentences import lexicon
from quizapp.domain.drafting.sentences.verbs import FORMS
from quizapp.domain.language.words import STOP_WORDS, content_words
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
_PLANNED = re.compile(r"\b(?:will|shall|would)\b|[’']ll\b|\b(?:is|are|am) (?:\w+ly )?(?!being)[a-z]+ing\b")
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
    if (
        _POINTS_BACK.search(text)
        or RELATIVE_DATES.search(text)
        or _WEEKDAY.search(text)
        or _PLANNED.search(text)
    ):
        return False
    person, thing = _OF_PEOPLE.search(text), _OF_THINGS.search(text)
    if person and not any(name in text[: person.start()] for name in people):
        return False
    if thing and not _names_a_thing(text[: thing.start()], thing.group()):
        return False
    return text.count("(") == text.count(")")


def _names_a_thing(before: str, pronoun: str) -> bool:
    """Whether a name is before “its” that it can stand for: not “On”, “The” or “Soviet”, and of “their”
    two names. What “it” and “them” stand for is never certain."""
    found = [
        word
        for word in re.findall(r"\b[A-Z][\w’'-]+", before)
        if word.lower() not in STOP_WORDS
        and word not in lexicon.DATE_WORDS
        and not lexicon.is_adjective(word)
    ]
    if pronoun in {"its", "itself"}:
        return bool(found)
    return pronoun in {"their", "themselves"} and " and " in before and len(found) > 1


_UNIQUE = re.compile(
    r"\b(?:is|was|became|remains) the "
    r"(?:[a-z]+est|most|first|last|only|sole|second|third|capital|home|birthplace|seat)\b"
)
_LASTING = frozenset(
    "is are has have will would can could may might often always usually sometimes generally does do".split()
)


def tells_of_one(statement: str) -> bool:
    """Whether it tells of one event in the past, or of what is true of one thing alone: else the same may be
    so of others, and “Which …?” has several right answers."""
    found = statement.split()
    if _UNIQUE.search(statement):
        return True
    happened = any(word in FORMS and FORMS[word].past for word in found[1:])
    passive = any(
        word in {"was", "were"} and after.endswith(("ed", "en", "t", "n", "d"))
        for word, after in pairwise(found)
    )
    return (happened or passive) and not _LASTING & {*found}


def bare(statement: str) -> int:
    """How many things are spoken of as known (“the bridge”) though nothing here says which; one that a
    statement begins with counts twice."""
    said = _TIME_FIRST.sub("", statement)
    found = [match for match in _BARE.finditer(said) if not _KNOWN.match(match.group())]
    return len(found) + sum(match.start() == 0 for match in found)


def tells(text: str, answer: str, least: int = FEWEST_TELLING) -> bool:
    """Whether enough is left without the answer for someone who knows the fact to give it: a name or
    figure and some words, or many words."""
    rest = text.replace(answer, " ", 1)
    telling = content_words(rest) - content_words(answer)
    anchored = bool(re.search(r"(?<!^)(?<!\. )\b[A-Z]\w+|\d", rest[1:]))
    return len(telling) >= (least if anchored else least + 2)
