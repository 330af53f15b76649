"""What people will probably type for a key, and which common words lie one slip from it."""

from __future__ import annotations

import string
from collections.abc import Iterator

from quizapp.domain.library.grading import lexicon, slips
from quizapp.domain.library.grading.deciding import decide
from quizapp.domain.library.grading.reading import dates, persons
from quizapp.domain.library.grading.spelling import shown
from quizapp.domain.library.grading.verdicts import Question, Verdict

MOST = 5
LONGEST_WORD = 14  # letters of a key whose neighbours are looked up
_MONTHS = "January February March April May June July August September October November December".split()


def near_words(key: str, stem: str) -> tuple[str, ...]:
    """The most common words that one slip makes of a key of one word, which grading takes for other words."""
    word, code = shown(key).casefold(), lexicon.language(stem)
    if not word.isalpha() or not slips.SHORTEST <= len(word) <= LONGEST_WORD:
        return ()
    made = {other for other in _one_edit(word) if other not in {word, f"{word}s"}}
    found = [other for other in made if lexicon.frequency(other, code)]
    return tuple(sorted(found, key=lambda other: (-lexicon.frequency(other, code), other))[:MOST])


def _one_edit(word: str) -> Iterator[str]:
    for at in range(1, len(word) + 1):
        before, after = word[:at], word[at:]
        yield from (before + letter + after for letter in string.ascii_lowercase)
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in string.ascii_lowercase)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]


def refused(question: Question) -> tuple[tuple[str, Verdict], ...]:
    """Forms of the key that people will probably type and that don't count as right, with their verdict."""
    forms = dict.fromkeys(form for form in _forms(question) if form and form != question.forms[0])
    judged = ((form, decide(form, question).verdict) for form in forms)
    return tuple((form, verdict) for form, verdict in judged if verdict is not Verdict.RIGHT)[:MOST]


def _forms(question: Question) -> Iterator[str]:
    key = shown(question.forms[0])
    named = persons.name(key)
    if len(named) > 1 and persons.asks_for_person(question.stem):
        words = key.split()
        yield words[-1]
        yield f"{words[0]} {words[-1]}"
    for date in dates.readings(key)[:1]:
        if date.day and date.month and date.year:
            month = _MONTHS[date.month - 1]
            yield f"{month} {date.day}, {date.year}"
            yield f"{date.day} {month[:3]} {date.year}"
            yield f"{date.year}-{date.month:02}-{date.day:02}"
    if key.isalpha() and key.islower():
        yield f"{key}s"
        yield f"the {key}"
    initials = "".join(word[0] for word in key.split() if word[0].isupper())
    if len(initials) > 1 and not persons.asks_for_person(question.stem):
        yield initials
