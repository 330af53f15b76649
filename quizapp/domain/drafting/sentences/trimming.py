"""What a clause can be told without: insertions, connecting words, what passes, the clause after it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise, takewhile

from quizapp.domain.drafting.sentences import lexicon
from quizapp.domain.drafting.sentences.grammar import SUBJECTS, Parsed, Word

FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP", "MD"})
_CONNECTORS = frozenset(
    "however also meanwhile moreover furthermore nevertheless indeed overall consequently therefore thus "
    "finally "
    "additionally still instead similarly likewise then later earlier subsequently eventually and but yet so "
    "interestingly notably surprisingly accordingly hence nonetheless fortunately unfortunately".split()
)
# What carries a condition, a doubt or an exception stays, and what is in an insertion with it, too.
_TURNS = re.compile(
    r"\b(?:not|n't|n’t|no|never|nor|none|if|unless|except|only|without|reportedly|allegedly|perhaps|probably|"
    r"according|claims?|claimed|(?-i:may)|might|could|would|supposedly|until|but)\b",
    re.IGNORECASE,
)
_PASSING = re.compile(
    r"(?:yesterday|today|tonight|earlier|recently|later|overnight|also|then|thereafter|afterwards|"
    r"(?:(?:only |just |about )?[\w-]+ )?(?:years?|months?|days?|weeks?|hours?|decades?) "
    r"(?:later|earlier|afterwards)|(?:later |earlier )?(?:in )?(?:that|the same|the following|the next) "
    r"(?:year|month|week|day|night|summer|winter|autumn|spring)|last (?:night|week|month|year)|"
    r"this (?:morning|afternoon|evening|week|month|year)|earlier (?:today|this week)|"
    r"(?:on |late |early |by )*(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"(?: (?:morning|night|afternoon|evening))?)"
)


def left_out(parsed: Parsed, root: int, kept: frozenset[int]) -> Iterator[int]:
    """The heads of what the clause is told without."""
    for place in sorted(kept - {root}):
        phrase = parsed.subtree(place)
        told = parsed.said(phrase)
        word, first, last = parsed.words[place], min(phrase), max(phrase)
        if word.head == root and (is_reported(parsed, place) or is_ahead(parsed, place, root)):
            yield place
            continue
        if word.text.casefold() == "now" and parsed.words[root].tag == "VBD":
            yield place
            continue
        if word.dep in _ADVERBIAL and _PASSING.fullmatch(told.casefold()):
            yield place  # “yesterday”, “on Monday”: the event is told without its day
        elif (
            place < 2
            and word.dep in _ADVERBIAL
            and word.head == root
            and (told.casefold() in _CONNECTORS or _is_comment(parsed, place))
        ):
            yield place
        elif first and last - first + 1 == len(phrase) and _is_apart(parsed, first, last):
            if not _TURNS.search(told) and _is_insertion(parsed, place, root):
                yield place
        elif word.dep == "conj" and word.head == root and place > root and _is_verb(parsed, place):
            yield place


def _is_verb(parsed: Parsed, place: int) -> bool:
    return parsed.words[place].tag in FINITE_TAGS or bool(parsed.below(place, "aux", "auxpass", *SUBJECTS))


def _is_comment(parsed: Parsed, place: int) -> bool:
    """“Significantly, …”"""
    word, after = parsed.words[place], parsed.words[place + 1].text
    return place == 0 and word.text.endswith("ly") and after == "," and not _TURNS.search(word.text)


_CLOSING = frozenset({")", "”", '"', "%", "°"})
_ADVERBIAL = frozenset({"npadvmod", "advmod", "prep", "cc"})
_MARKS = frozenset({",", "(", ")", "—", "–", ";", ".", "-"})


def _is_apart(parsed: Parsed, first: int, last: int) -> bool:
    """Whether marks are on both sides."""
    before, after = (
        parsed.words[first - 1].text,
        parsed.words[last + 1].text if last + 1 < len(parsed.words) else ".",
    )
    return before in _MARKS and after in _MARKS


def _is_insertion(parsed: Parsed, place: int, root: int) -> bool:
    word = parsed.words[place]
    if word.dep in {"appos", "relcl", "acl"}:
        return True
    if word.dep == "advcl" and word.head == root and place > root:
        return word.tag in {"VBG", "VBN"} or mark_of(parsed, place) in {
            "while",
            "although",
            "though",
            "whereas",
            "as",
            "when",
            "where",
            "after",
        }
    return word.dep == "conj" and word.head == root and word.tag in FINITE_TAGS | {"VBN"}


def mark_of(parsed: Parsed, place: int) -> str:
    """The word that joins a clause to another: “because”, “while”."""
    return next((parsed.words[each].text.casefold() for each in parsed.below(place, "mark")), "")


def _is_left_over(word: Word) -> bool:
    """Whether nothing can end with it: a comma, a conjunction or preposition that lost what it led to."""
    stop = not word.text[-1].isalnum() and word.text not in _CLOSING
    return stop or word.dep in {"cc", "prep", "mark"}


def without_marks(parsed: Parsed, kept: frozenset[int]) -> Iterator[int]:
    """Commas, brackets and connecting words that lost what they stood beside are left out."""
    places = sorted(kept)
    while places and _is_left_over(parsed.words[places[-1]]):
        places.pop()
    for index, place in enumerate(places):
        word = parsed.words[place]
        before = places[index - 1] if index else None
        after = places[index + 1] if index + 1 < len(places) else None
        mark = word.text in _INSIDE
        ahead = before is None or before != place - 1
        if ahead and before is not None and mark and after == place + 1:
            # “, in 1932,” loses both of its commas, “fires in 1932, more than …” keeps its only one
            ahead = parsed.words[before].text in _INSIDE or parsed.words[before + 1].text in _INSIDE
        gone = ahead or after is None or after != place + 1
        if not (gone and (mark or (word.dep == "cc" and after != place + 1))):
            yield place


_INSIDE = frozenset({",", ";", "—", "–", "-", "(", ")"})


def is_torn(parsed: Parsed, kept: frozenset[int], verb: int) -> bool:
    """Whether something behind the verb is left out that no mark sets apart, or “and” amid what stays."""
    places = sorted(each for each in kept if each >= verb)
    end = len(parsed.words) - 1
    for before, after in pairwise([*places, end]):
        run = parsed.words[before + 1 : after]
        bare = tuple(takewhile(lambda word: word.text not in _MARKS, run))
        if not bare or _PASSING.fullmatch(" ".join(word.text for word in bare).casefold()):
            continue
        joined = bare[0].tag == "CC" and (after == end or all(word.tag not in FINITE_TAGS for word in run))
        if not joined and bare[0].text.casefold() != "now":
            return True
    return False


def is_reported(parsed: Parsed, verb: int) -> bool:
    """“…, the council said”, behind what it said."""
    if not is_saying(parsed, verb) or parsed.words[verb].dep in {"ROOT", "conj", "advcl"}:
        return False
    first = min(parsed.subtree(verb))
    subjects = parsed.below(verb, *SUBJECTS)
    if not subjects or parsed.words[subjects[0]].tag in {"WP", "WDT"}:
        return False
    ahead = (first - 1, first)
    return parsed.words[verb].head < first and any(
        parsed.words[each].text == "," for each in ahead if each >= 0
    )


def is_ahead(parsed: Parsed, place: int, root: int) -> bool:
    """Whether it is a clause of its own before a semicolon."""
    last = max(parsed.subtree(place))
    marks = [each for each in range(place, root) if parsed.words[each].text == ";"]
    return parsed.words[place].dep in {"ccomp", "parataxis"} and any(
        last in {each, each - 1} for each in marks
    )


def is_saying(parsed: Parsed, verb: int) -> bool:
    return parsed.words[verb].text.casefold() in _SAYING


_SAYING = frozenset({*lexicon.SAYING.split("|"), "reported", "says"})


def lost_its_subject(parsed: Parsed, place: int, kept: Collection[int]) -> bool:
    """Whether a finite verb is there whose subject is gone: then the sentence was taken apart wrongly."""
    word = parsed.words[place]
    if word.tag not in {"VBD", "VBZ", "VBP"} or word.dep in {"aux", "auxpass", "conj", "relcl", "csubj"}:
        return False
    return not any(each in kept for each in parsed.below(place, *SUBJECTS, "expl"))
