"""Rules on items beside one another: none twice, none that tells another's key."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from quizapp.domain.language.words import common_words, content_words, folded, words
from quizapp.domain.library.lint.base import BankRule, Complaint, LintItem, Severity
from quizapp.domain.library.similarity.measures import NEAR, figures, jaccard, rarest

SAME_SENTENCE = 0.85  # shared words of two siblings with their keys filled in
LONGEST_PHRASE = 8  # words of a key that are looked for in other stems

Findings = Iterator[tuple[LintItem, Complaint]]


def _near_duplicates(items: Sequence[LintItem]) -> Findings:
    """Only pairs that share one of their rarest words are compared: near ones always do."""
    asked = [content_words(item.stem) for item in items]
    frequency = Counter(word for found in asked for word in found)
    seen_by_word: dict[str, list[int]] = defaultdict(list)
    for number, (item, found) in enumerate(zip(items, asked, strict=True)):
        prefix = rarest(found, frequency)
        for other in sorted({other for word in prefix for other in seen_by_word[word]}):
            if _repeats(item, items[other]) and figures(found) == figures(asked[other]):
                yield (
                    item,
                    Complaint(
                        "stem", f"Asks almost what “{items[other].id}” asks. Drop one, or give both one fact."
                    ),
                )
        for word in prefix:
            seen_by_word[word].append(number)


def _repeats(item: LintItem, other: LintItem) -> bool:
    """Nearly one stem, of two facts; a stem of few words says little unless the keys agree too."""
    one, two = content_words(item.stem), content_words(other.stem)
    if item.fact == other.fact or jaccard(one, two) < NEAR:
        return False
    return min(len(one), len(two)) >= 4 or sorted(item.keys) == sorted(other.keys)


def _same_sentence(items: Sequence[LintItem]) -> Findings:
    siblings: dict[str, list[LintItem]] = defaultdict(list)
    for item in items:
        siblings[item.fact].append(item)
    for family in siblings.values():
        for first, second in combinations(family, 2):
            if jaccard(_sentence(first), _sentence(second)) >= SAME_SENTENCE:
                yield (
                    second,
                    Complaint(
                        "stem", f"The same sentence as “{first.id}”, a word taken out. Ask it another way."
                    ),
                )


def _sentence(item: LintItem) -> frozenset[str]:
    return frozenset(words(" ".join((item.filled_stem, *item.keys))))


def _gives_away(items: Sequence[LintItem]) -> Findings:
    decks: dict[str, list[LintItem]] = defaultdict(list)
    for item in items:
        decks[item.deck].append(item)
    for deck in decks.values():
        yield from _gives_away_in(deck)


def _gives_away_in(deck: Sequence[LintItem]) -> Findings:
    """A stem that holds another item's key and, around it, what that item asks about.

    In a deck too small to tell which words are common, two shared words make the context.
    """
    common = common_words([item.stem for item in deck])
    needed = 1 if common else 2
    wanted: dict[str, list[LintItem]] = defaultdict(list)
    for item in deck:
        for phrase in _telling_keys(item):
            if not content_words(phrase) <= common:
                wanted[phrase].append(item)
    for item in deck:
        said = content_words(item.filled_stem) - common
        for phrase in _phrases(item.filled_stem) & wanted.keys():
            for other in wanted[phrase]:
                context = (said & content_words(other.stem)) - content_words(phrase)
                if other.fact != item.fact and len(context) >= needed:
                    yield (
                        item,
                        Complaint(
                            "stem",
                            f"Tells the key of “{other.id}”, “{phrase}”. Ask one of them without it, "
                            "or see that they do not meet in one quiz.",
                        ),
                    )


def _telling_keys(item: LintItem) -> set[str]:
    """The item's keys that, met elsewhere, would be recognised: names, figures, phrases."""
    return {
        folded(key)
        for key in item.keys
        if len(folded(key)) >= 4 and key not in {"True", "False"} and not _said_by(item, key)
        if " " in folded(key) or not key[0].islower()
    }


def _said_by(item: LintItem, key: str) -> bool:
    return f" {folded(key)} " in f" {folded(item.stem)} "


def _phrases(text: str) -> set[str]:
    found = words(text)
    return {
        " ".join(found[start : start + length])
        for length in range(1, LONGEST_PHRASE + 1)
        for start in range(len(found) - length + 1)
    }


RULES = (
    BankRule(
        "near-duplicate-stems",
        Severity.WARNING,
        "No two facts are asked in almost the same words.",
        _near_duplicates,
    ),
    BankRule(
        "sibling-same-sentence",
        Severity.WARNING,
        "Items of one fact are not one sentence with another word taken out.",
        _same_sentence,
    ),
    BankRule(
        "gives-away", Severity.WARNING, "No stem tells the key of another item in its deck.", _gives_away
    ),
)
