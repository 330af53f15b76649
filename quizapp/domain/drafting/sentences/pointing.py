"""What a clause points to outside itself: pronouns, things spoken of as known, times that pass."""

from __future__ import annotations

import re
from collections.abc import Collection

from quizapp.domain.drafting.sentences.grammar import Clause, Parsed
from quizapp.domain.language.words import content_words
from quizapp.domain.library.lint.language import RELATIVE_DATES

MOST_BARE = 4
PASSES = re.compile(
    r"\b(?:now|today|tonight|currently|next|previous|recent|recently|latest|so far|ago|the weekend|"
    r"(?:since|by|until) then|at (?:the|that) time|at this point|yesterday|tomorrow|nowadays|at present|"
    r"this (?:week|month|year|morning|afternoon|season)|(?:last|next) (?:week|month|year|night|season)|"
    r"upcoming|yet|earlier|later|meanwhile|soon|still|again|instead(?! of)|otherwise|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|here|there|(?:above|below)(?! [\w’'])|following|"
    r"aforementioned)\b",
    re.IGNORECASE,
)
_POINTS = frozenset("this that these those such another others latter former same respective said".split())
# What other thing is meant is elsewhere.
_POINTS_ASIDE = frozenset("both other similar further different certain".split())
# Of these an article may name many, so that what it is about does not say which.
_ANY_OF_MANY = frozenset(
    "company firm city town village country state man woman minister president group team agency ministry "
    "government newspaper bank party council court report study statement deal plan line site region area "
    "author company book film law".split()
)
_OF_US = frozenset("i me my we us our you your mine ours yours myself ourselves yourself".split())
_PERSONS = frozenset("he she him her his hers himself herself".split())
_KNOWN = frozenset(
    "world sun moon earth sea weather internet public future past time century air sky ground ocean equator "
    "night universe government end beginning rest number majority first second third north south east west "
    "united war people law bible church state body brain heart blood letter name term word".split()
)
_MODIFIED = ("prep", "relcl", "acl", "poss", "appos")


def stands(clause: Clause, people: Collection[str], *, anew: bool = False) -> bool:
    """Whether it needs no sentence before it and will be as true in a year."""
    parsed, text = clause.parsed, clause.text
    broken = text.count("(") != text.count(")") or any(each in text for each in ("  ", " ,", "( "))
    if broken or RELATIVE_DATES.search(text) or PASSES.search(text):
        return False
    subject = parsed.words[clause.subject]
    if not clause.commands and subject.tag in {"PRP", "DT", "EX", "WP", "WDT", "CD", "JJ", "VBG"}:
        return False
    for place in sorted(clause.kept):
        word = parsed.words[place]
        small = word.text.casefold()
        if word.tag in {"PRP", "PRP$"} and not _refers(clause, place, people, anew=anew):
            return False
        points = small in _POINTS and word.tag in {"DT", "JJ", "NN", "NNS", "PDT"} and word.dep != "mark"
        if points or small in _OF_US:
            return False
    return True


def _refers(clause: Clause, place: int, people: Collection[str], *, anew: bool) -> bool:
    """Whether what a pronoun stands for is named before it in the clause."""
    parsed = clause.parsed
    word = parsed.words[place].text.casefold()
    subject = parsed.words[clause.subject]
    kept = frozenset(each for each in clause.kept if each < place)
    if place < min(clause.phrase):  # “Until her death Ada Brook lived …”
        return anew and word in {"his", "her", "its"}
    if word in _PERSONS:
        before = parsed.said(kept)
        return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", before) for name in people)
    below = place > clause.verb and _verb_above(parsed, place) != clause.verb
    if word in {"it", "its", "itself"}:
        return subject.tag in {"NN", "NNP"} and (word != "it" or below)
    if word in {"they", "them"}:
        return subject.tag in {"NNS", "NNPS"} and below
    several = any(parsed.words[each].tag in {"NNS", "NNPS"} for each in kept)
    return word in {"their", "themselves"} and several


def _verb_above(parsed: Parsed, place: int) -> int:
    """The verb of the clause in which a word stands."""
    while parsed.words[place].head != place and parsed.words[place].tag[:2] != "VB":
        place = parsed.words[place].head
    return place


def bare_things(parsed: Parsed, kept: frozenset[int], subject: int, known: Collection[str]) -> int:
    """Things with “the” that nothing says more of; a subject counts twice."""
    count = 0
    for place in kept:
        word = parsed.words[place]
        if word.text.casefold() in _POINTS_ASIDE and word.tag in {"DT", "JJ", "PDT"}:
            count += 1
        if word.tag not in {"NN", "NNS"} or word.text.casefold() in _KNOWN or _told(parsed, place, kept):
            continue
        if not content_words(word.text).isdisjoint(known):
            continue
        the = any(parsed.words[each].text.casefold() == "the" for each in parsed.below(place, "det"))
        if the and word.lemma in _ANY_OF_MANY:
            count += MOST_BARE + 1 if place == subject else 1
        elif the:
            count += 3 if place == subject else 1
        elif (
            place == subject
            and not parsed.below(place)
            and parsed.words[parsed.words[place].head].tag in _PAST
        ):
            count += 2  # “Work began in 1872”
    named = any(parsed.words[each].tag in {"NNP", "NNPS"} for each in kept)
    past = any(parsed.words[each].tag == "VBD" for each in kept)
    if named:
        return count - 1 if count else 0
    return max(count, 2) if past else count


_PAST = frozenset({"VBD", "VBN"})


def _told(parsed: Parsed, place: int, kept: frozenset[int]) -> bool:
    """Whether words of its own say which thing is meant."""
    if any(each in kept for each in parsed.below(place, *_MODIFIED)):
        return True
    beside = [parsed.words[each] for each in parsed.below(place, "amod", "compound", "nmod")]
    return any(each.tag in {"NNP", "NNPS", "JJS"} or each.text[0].isupper() for each in beside)
