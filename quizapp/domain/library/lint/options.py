"""Rules on options: one kind, one level, none that swallows another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from quizapp.domain.language.translation import _
from quizapp.domain.language.words import amount, folded
from quizapp.domain.library.kinds.presenting import order_of
from quizapp.domain.library.lint.base import ChoiceSet, Complaint, ItemRule, LintItem, Severity

LONGER_BY = 1.3  # the key against the longest distractor, in letters …
LONGER_BY_LETTERS = 10  # … and at least so many letters more
FEW = 2  # options, the key included
UNEVEN_BY = 3.0  # the longest option against the shortest, in letters …
UNEVEN_BY_LETTERS = 25  # … and at least so many letters more
COMPATIBLE_WITHIN = 100  # figures that differ by less than a 100th of the larger

_CATCH_ALL = re.compile(
    r"(?:all|none|any|both|neither|some) of (?:the (?:above|below|others?|options|answers)|these|those|them)"
    r"|(?:both|neither) [a-d1-4] (?:and|nor|or) [a-d1-4]|(?:all|none) (?:above|are (?:right|correct))",
)
_FIGURE_FIRST = re.compile(
    r"(?:(?:about|around|over|under|up to|more than|less than|almost|nearly) )?\W{0,3}\d", re.IGNORECASE
)
_YEAR = re.compile(r"\W*(?:in )?(?:the )?(?:1\d|20)\d\d(?:['’]?s)?\W*", re.IGNORECASE)


def _sets(item: LintItem) -> Iterator[ChoiceSet]:
    return (options for options in item.choice_sets if not options.is_true_or_false)


def _key_longest(item: LintItem) -> Iterator[Complaint]:
    for options in _sets(item):
        longest = max(map(len, options.distractors), default=0)
        for key in options.keys:
            if len(key) >= LONGER_BY * longest and len(key) - longest >= LONGER_BY_LETTERS:
                yield Complaint(
                    "key",
                    _(
                        "“{key}” has {letters} letters, the longest distractor {longest}, which gives it "
                        "away. Shorten it, or lengthen the distractors."
                    ).format(key=key, letters=len(key), longest=longest),
                )


def _uneven(item: LintItem) -> Iterator[Complaint]:
    for options in _sets(item):
        texts = (*options.keys, *options.distractors)
        figures = [text for text in texts if _FIGURE_FIRST.match(text)]
        if figures and len(figures) < len(texts):
            odd = figures[0] if len(figures) <= len(texts) / 2 else next(t for t in texts if t not in figures)
            yield Complaint(
                "distractors",
                _("Some options are figures and some are words: “{odd}” is of a different kind.").format(
                    odd=odd
                ),
            )
        shortest, longest = min(texts, key=len), max(texts, key=len)
        if len(longest) >= max(UNEVEN_BY * len(shortest), UNEVEN_BY_LETTERS + len(shortest)):
            yield Complaint(
                "distractors",
                _(
                    "Very unequal lengths: “{shortest}” beside “{longest}”. Make the options similar in "
                    "length."
                ).format(shortest=shortest, longest=longest),
            )


def _duplicates(item: LintItem) -> Iterator[Complaint]:
    for options in item.choice_sets:
        counted = Counter(folded(text) or text for text in (*options.keys, *options.distractors))
        for text, count in counted.items():
            if count > 1:
                yield Complaint(
                    "distractors",
                    _("“{text}” is there {count} times in different spellings.").format(
                        text=text, count=count
                    ),
                )


def _catch_all(item: LintItem) -> Iterator[Complaint]:
    for options in _sets(item):
        for text in (*options.keys, *options.distractors):
            if _CATCH_ALL.fullmatch(folded(text)):
                yield Complaint(
                    "distractors",
                    _("“{text}” tests logic, not the fact. Write a real option.").format(text=text),
                )


def _compatible(item: LintItem) -> Iterator[Complaint]:
    for options in _sets(item):
        for one, other in combinations((*options.keys, *options.distractors), 2):
            first, second = amount(one), amount(other)
            if first is None or second is None or first.unit != second.unit or first.value == second.value:
                continue
            if _YEAR.fullmatch(one) and _YEAR.fullmatch(other):
                continue
            if abs(first.value - second.value) * COMPATIBLE_WITHIN <= max(first.value, second.value):
                yield Complaint(
                    "distractors",
                    _(
                        "“{one}” and “{other}” differ by less than one per cent: one may be the other, "
                        "rounded. Set them further apart."
                    ).format(one=one, other=other),
                )


def _half_ordered(item: LintItem) -> Iterator[Complaint]:
    """Most options have an order, and one spoils it: the page can then only shuffle them."""
    for options in _sets(item):
        texts = (*options.keys, *options.distractors)
        counted = Counter(sort for sort in map(order_of, texts) if sort is not None)
        most = max(counted.values(), default=0)
        if len(texts) > most > len(texts) / 2:
            odd = next(text for text in texts if order_of(text) != counted.most_common(1)[0][0])
            yield Complaint(
                "distractors",
                _(
                    "The options could be in order, except for “{odd}”. Write it in the same way as the "
                    "others."
                ).format(odd=odd),
            )


def _few(item: LintItem) -> Iterator[Complaint]:
    """One wrong option makes a coin of a question."""
    for options in _sets(item):
        if len(options.distractors) + len(options.keys) <= FEW:
            yield Complaint(
                "distractors",
                _("With two options, every second guess is right. Give at least two wrong ones."),
            )


RULES = (
    ItemRule("few-options", Severity.WARNING, "There are more than two options to choose from.", _few),
    ItemRule("key-longest", Severity.WARNING, "The key is not clearly the longest option.", _key_longest),
    ItemRule("options-uneven", Severity.WARNING, "Options are of one kind and length.", _uneven),
    ItemRule(
        "options-out-of-order",
        Severity.WARNING,
        "Options that have an order can be shown in it.",
        _half_ordered,
    ),
    ItemRule("duplicate-options", Severity.ERROR, "No two options say the same.", _duplicates),
    ItemRule(
        "all-of-the-above",
        Severity.ERROR,
        "No option such as “all of the above”, “none of these” or “both A and B”.",
        _catch_all,
    ),
    ItemRule(
        "compatible-figures",
        Severity.WARNING,
        "No two options are figures within one per cent of each other.",
        _compatible,
    ),
)
