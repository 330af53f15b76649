"""Rules on the question itself: short, self-contained, dated, and positive."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizapp.domain.language.translation import _
from quizapp.domain.language.words import words
from quizapp.domain.library.lint.base import Complaint, ItemRule, LintItem, Severity
from quizapp.domain.sources.passages import split_sentences

MOST_WORDS = 35
MOST_SENTENCES = 2

_NEGATION = r"(?:not|never|except)\b|\w+n['’]t\b"
_NEGATED_QUESTION = re.compile(
    r"\b(?:which|who|what|where|when|whose|whom)\b(?:(?!\b(?:that|who|which|because|if|although|while)\b)[^.?!,;:“”\"])*?"
    rf"\b(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)?\s*({_NEGATION})",
    re.IGNORECASE,
)
_NEGATED_STATEMENT = re.compile(
    r"\b(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)(?: \w+)? (not|never)\b"
    r"|\b(\w+n['’]t)\b",
    re.IGNORECASE,
)
_STRESSED = re.compile(r"\*\*?[^*]+\*\*?|__?[^_]+__?")

_POINTS_OUTSIDE = re.compile(
    r"\b(?:according to|in|from|by) (?:the|this) (?:article|text|passage|report|post|piece|source)\b"
    r"|\bthe (?:article|author|passage|writer|text) (?:says?|states?|mentions?|reports?|claims?|calls?)\b"
    r"|\bthis (?:article|text|passage)\b|\bthe author\b|\bmentioned (?:above|below)\b"
    r"|\bthe (?:above|below|following passage)\b|\b(?:see|shown) (?:above|below)\b",
    re.IGNORECASE,
)
_THIS_EVENT = re.compile(
    r"\b(?:this|these|the) (?:visit|trip|journey|summit|talks|meeting|ceremony|leaders|presidents)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")  # titles and quotations
_PRONOUN_FIRST = re.compile(r"(?:He|She|They|His|Her|Their)\b")
_EVENT = re.compile(
    r"\b(?:visit(?:s|ed|ing)?|trip|summit|talks|met|expo|forum|declaration|communiqué|offensive|invasion|invaded"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
_DATED = re.compile(r"\b(?:1[0-9]|20)\d\d\b")
_ASKS_FOR_THE_DATE = re.compile(
    r"\b(?:when|since|order|earliest|(?:which|what) (?:\w+ )?(?:year|month|day|date|century))\b",
    re.IGNORECASE,
)


def _too_long(item: LintItem) -> Iterator[Complaint]:
    count = len(words(item.filled_stem))
    if count > MOST_WORDS:
        yield Complaint(
            "stem",
            _("{count} words: shorten it to {most_words} or fewer.").format(
                count=count, most_words=MOST_WORDS
            ),
        )
    sentences = len(split_sentences(item.filled_stem))
    if sentences > MOST_SENTENCES:
        yield Complaint(
            "stem",
            _("{sentences} sentences: keep it to {most_sentences}.").format(
                sentences=sentences, most_sentences=MOST_SENTENCES
            ),
        )


def _negative(item: LintItem) -> Iterator[Complaint]:
    plain = _STRESSED.sub(" ", item.content.stem)
    statement = any(options.is_true_or_false for options in item.choice_sets)
    found = (_NEGATED_STATEMENT if statement else _NEGATED_QUESTION).search(plain)
    word = found[found.lastindex or 0] if found else ""
    if word and not word.isupper():
        advice = _("Say it without the negative, or stress it: **{word}**.").format(word=word.upper())
        yield Complaint("stem", _("“{word}” is easy to miss. {advice}").format(word=word, advice=advice))


def _names_someone(text: str) -> bool:
    """Does a capitalised word stand anywhere but at the start of a sentence?"""
    return any(
        re.search(r"[^\W\d_]", first) and word[:1].isupper()
        for sentence in split_sentences(text)
        for first, word in zip(sentence.text.split(), sentence.text.split()[1:], strict=False)
    )


def _not_self_contained(item: LintItem) -> Iterator[Complaint]:
    outside = _POINTS_OUTSIDE.search(item.stem)
    if outside:
        yield Complaint(
            "stem",
            _(
                "“{words}” can only be understood with the article. Name the publication, or ask without it."
            ).format(words=outside.group()),
        )
    unnamed = _THIS_EVENT.search(item.stem)
    if unnamed and not _names_someone(item.stem):
        yield Complaint(
            "stem",
            _("“{words}”: whose, and when? Name it so that the question is clear by itself.").format(
                words=unnamed.group()
            ),
        )
    pronoun = _PRONOUN_FIRST.match(item.stem)
    if pronoun:
        yield Complaint(
            "stem",
            _("“{word}” doesn’t refer to anyone yet. Begin with the name.").format(word=pronoun.group()),
        )


def _undated(item: LintItem) -> Iterator[Complaint]:
    event = _EVENT.search(_QUOTED.sub(" ", item.stem))
    if any(name in item.stem for name in item.source_names):
        return  # the page says what the article is about, and when
    if event and not _DATED.search(item.filled_stem) and not _ASKS_FOR_THE_DATE.search(item.stem):
        yield Complaint(
            "stem", _("“{words}”, but in which year? Give the month and year.").format(words=event.group())
        )


_ARTICLE = re.compile(
    r"\b(?:an?|one|the|this|another) (?:[\w-]+ ){0,2}"
    r"(?:article|post|preview|report|text|paper|blog|commentary|piece)\b",
    re.IGNORECASE,
)


def _other_name(item: LintItem) -> Iterator[Complaint]:
    """An article called otherwise than the bank calls it; only where the bank has names for them."""
    named = item.stem
    for name in item.source_names:
        named = re.sub(re.escape(name), " ", named, flags=re.IGNORECASE)
    found = _ARTICLE.search(_QUOTED.sub(" ", named)) if item.source_names else None
    if found:
        names = ", ".join(item.source_names)
        yield Complaint(
            "stem",
            _("“{words}”: call the article by its one name: {names}.").format(
                words=found.group(), names=names
            ),
        )


RULES = (
    ItemRule(
        "stem-too-long",
        Severity.WARNING,
        f"A stem has at most {MOST_WORDS} words and {MOST_SENTENCES} sentences.",
        _too_long,
    ),
    ItemRule("negative-stem", Severity.WARNING, "A negative question stresses its NOT.", _negative),
    ItemRule(
        "not-self-contained",
        Severity.WARNING,
        "A stem is clear without the article at hand.",
        _not_self_contained,
    ),
    ItemRule("undated-event", Severity.WARNING, "A stem about a dated event gives the year.", _undated),
    ItemRule(
        "article-name", Severity.WARNING, "A stem calls an article by the one name that it has.", _other_name
    ),
)
