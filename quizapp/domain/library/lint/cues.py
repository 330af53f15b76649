"""Rules on cues: nothing in the wording points at the key."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from quizapp.domain.language.translation import _
from quizapp.domain.language.words import content_words, folded, words
from quizapp.domain.library.lint.base import ChoiceSet, Complaint, ItemRule, LintItem, Severity

_VOWEL = re.compile(r"\W*(?:[aeiou](?!ni[^n]|u\b|ne\b)|hono|hour|8|11\b|18\b)", re.IGNORECASE)
_LAST_WORD = re.compile(r"([^\W\d_]+)[\s_…“\"'‘]*$")
_SINGULAR = frozenset("is was has this that each one another".split())
_PLURAL = frozenset("are were have these those two three several many both".split())
_PLURAL_WORD = re.compile(r"[a-z]+[^s\W]s$|\b(?:people|men|women|children)$")
_ASKS_FOR_TWO = re.compile(r"\b(?:two|both|pair|couple)\b", re.IGNORECASE)
_TWO = re.compile(r"\band\b|&|,")


def _sets(item: LintItem) -> Iterator[ChoiceSet]:
    """Lists with one key that is not True or False: only there a cue singles out the answer."""
    return (s for s in item.choice_sets if len(s.keys) == 1 and s.distractors and not s.is_true_or_false)


def _echo(item: LintItem) -> Iterator[Complaint]:
    for options in _sets(item):
        asked = content_words(f"{options.before} {options.after}")
        shared = asked & content_words(options.keys[0]) - item.common_words
        for distractor in options.distractors:
            shared -= content_words(distractor)
        echoed = [word for word in shared if len(word) >= 4 and not word[0].isdigit()]
        offered = [asked & content_words(distractor) for distractor in options.distractors]
        if echoed and not any(offered):
            yield Complaint(
                "key",
                _(
                    "Key and stem share “{words}”, and no distractor does: that gives the key away. "
                    "Reword one, or let a distractor share it too."
                ).format(words=_as_written(options.keys[0], echoed)),
            )


def _as_written(text: str, roots: list[str]) -> str:
    """The words of a text that have one of the roots."""
    return " ".join(word for word in words(text) if content_words(word) & set(roots))


def _grammar(item: LintItem) -> Iterator[Complaint]:
    for options in _sets(item):
        last = _LAST_WORD.search(options.before)
        word = last[1].casefold() if last else ""
        fits = _fitting(word)
        if fits and _only_the_key(options, fits):
            yield Complaint(
                "stem",
                _("After “{word}” only the key fits grammatically. Make every option fit.").format(word=word),
            )
        if _ASKS_FOR_TWO.search(options.before) and _only_the_key(
            options, lambda text: bool(_TWO.search(text))
        ):
            yield Complaint(
                "stem",
                _("The question asks for two, and only the key names two. Make every option name two."),
            )


def _fitting(word: str) -> Callable[[str], bool] | None:
    """Which options fit grammatically behind a word; None where the word does not tell."""
    if word == "an":
        return lambda text: bool(_VOWEL.match(text))
    if word == "a":
        return lambda text: not _VOWEL.match(text)
    if word in _SINGULAR:
        return lambda text: not _is_plural(text)
    return _is_plural if word in _PLURAL else None


def _is_plural(text: str) -> bool:
    return bool(_PLURAL_WORD.search(text)) or " and " in text


def _only_the_key(options: ChoiceSet, fits: Callable[[str], bool]) -> bool:
    return fits(options.keys[0]) and not any(map(fits, options.distractors))


def _contains(text: str, phrase: str) -> bool:
    """Does a text hold all words of a phrase in a row?"""
    return bool(phrase) and f" {phrase} " in f" {folded(text)} "


def _told(item: LintItem, text: str) -> Iterator[str]:
    """The keys that a text tells, unless it names the distractors as well."""
    if any(options.is_true_or_false for options in item.choice_sets):
        return
    if item.distractors and all(_contains(text, folded(distractor)) for distractor in item.distractors):
        return
    for key in item.keys:
        if len(folded(key)) >= 3 and _contains(text, folded(key)):
            yield key


def _in_stem(item: LintItem) -> Iterator[Complaint]:
    for key in _told(item, item.stem):
        yield Complaint("stem", _("The question contains the key, “{key}”. Ask without it.").format(key=key))


def _in_hint(item: LintItem) -> Iterator[Complaint]:
    for key in _told(item, item.content.hint):
        yield Complaint(
            "hint", _("The hint gives the key away, “{key}”. Lead to it instead.").format(key=key)
        )


def _in_heading(item: LintItem) -> Iterator[Complaint]:
    asked = folded(item.stem)
    for heading in item.headings:
        for key in _told(item, heading):
            if not _contains(asked, folded(key)):
                yield Complaint(
                    "key",
                    _(
                        "“{heading}”, shown above the question, gives the key away, “{key}”. "
                        "Titles and summaries should say what a deck is about, not what is in it."
                    ).format(heading=heading, key=key),
                )


RULES = (
    ItemRule("key-echo", Severity.WARNING, "Key and stem share no word that the distractors lack.", _echo),
    ItemRule("grammar-cue", Severity.WARNING, "Every option fits the stem grammatically.", _grammar),
    ItemRule("key-in-stem", Severity.WARNING, "The stem doesn't contain the key.", _in_stem),
    ItemRule("hint-tells-key", Severity.WARNING, "The hint doesn't give the key away.", _in_hint),
    ItemRule(
        "heading-tells-key",
        Severity.WARNING,
        "No title or summary of a deck contains the key of one of its items.",
        _in_heading,
    ),
)
