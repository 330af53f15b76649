"""How well the bank can be guessed by those who have read nothing, and the rule that it cannot be."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from quizapp.domain.language.translation import _, marked
from quizapp.domain.language.words import content_words
from quizapp.domain.library.kinds.base import Choices, Format
from quizapp.domain.library.kinds.presenting import order_of
from quizapp.domain.library.lint.base import Complaint, LintItem, Severity, WholeRule

MARGIN = 0.05  # above chance; what a guesser may earn
FEWEST_LISTS = 40  # fewer say nothing

_HEDGED = re.compile(
    r"\b(?:part|some|likely|largely|mostly|partly|often|may|might|could|among|about|several)\b", re.IGNORECASE
)


class List(NamedTuple):
    """One list of options as it is shown, and what a guesser can see round it."""

    options: tuple[str, ...]
    key: str
    stem: frozenset[str]
    heading: frozenset[str]
    met: Counter[str]  # how many items of the bank hold a word, siblings left out


class Guess(NamedTuple):
    """What a guesser earns over the lists on which it has an opinion, beside chance."""

    name: str
    lists: int
    right: float
    chance: float

    @property
    def share(self) -> float:
        return self.right / self.lists if self.lists else 0.0

    @property
    def by_chance(self) -> float:
        return self.chance / self.lists if self.lists else 0.0

    @property
    def too_good(self) -> bool:
        return self.lists >= FEWEST_LISTS and self.share > self.by_chance + MARGIN


Liking = Callable[[List, str], float | None]  # the higher, the likelier it is taken; None: no opinion


def _overlap(one: str, others: frozenset[str]) -> float:
    found = content_words(one)
    return len(found & others) / (len(found) or 1)


def _said_above(shown: List, option: str) -> float:
    return _overlap(option, shown.stem | shown.heading)


def _like_others(shown: List, option: str) -> float:
    others = (other for other in shown.options if other != option)
    return _overlap(option, frozenset(word for other in others for word in content_words(other)))


def _familiarity(shown: List, option: str) -> float:
    found = content_words(option)
    return sum(shown.met[word] for word in found) / (len(found) or 1)


def _ordered(shown: List) -> bool:
    """Is it always shown in one order? Elsewhere every place is as likely as any other."""
    sorts = {order_of(text) for text in shown.options}
    return len(sorts) == 1 and None not in sorts


def _middle(shown: List, option: str) -> float | None:
    place = shown.options.index(option)
    return -abs(place - (len(shown.options) - 1) / 2) if _ordered(shown) else None


def _register(shown: List, option: str) -> float:
    """How far its words' length is from the others' on average."""
    mean = _letters_a_word(" ".join(other for other in shown.options if other != option))
    return abs(_letters_a_word(option) - mean)


def _letters_a_word(text: str) -> float:
    split = text.split()
    return sum(map(len, split)) / (len(split) or 1)


def _lowest(shown: List, option: str) -> float | None:
    return -float(shown.options.index(option)) if _ordered(shown) else None


def _highest(shown: List, option: str) -> float | None:
    return float(shown.options.index(option)) if _ordered(shown) else None


GUESSERS: tuple[tuple[str, Liking], ...] = (
    (marked("the longest"), lambda _, option: len(option)),
    (marked("the shortest"), lambda _, option: -len(option)),
    (marked("the one with the most words"), lambda _, option: len(option.split())),
    (marked("the most general, in the longest words"), lambda _, option: _letters_a_word(option)),
    (marked("the one that shares words with question and title"), _said_above),
    (marked("the one that shares words with other options"), _like_others),
    (
        marked("the one that shares none with other options"),
        lambda shown, option: -_like_others(shown, option),
    ),
    (marked("the odd one in register"), _register),
    (marked("the one most common in other questions"), _familiarity),
    (marked("the one least common in other questions"), lambda shown, option: -_familiarity(shown, option)),
    (marked("the hedged one"), lambda _, option: float(bool(_HEDGED.search(option)))),
    (marked("the middle one in order"), _middle),
    (marked("the lowest or first in order"), _lowest),
    (marked("the highest or last in order"), _highest),
)  # fmt: skip


def guesses(items: Sequence[LintItem]) -> tuple[Guess, ...]:
    """What each guesser earns; where it likes several options alike, it takes one of them at random."""
    lists = list(_lists(items))
    return tuple(_guess(name, liking, lists) for name, liking in GUESSERS)


def _guess(name: str, liking: Liking, lists: Sequence[List]) -> Guess:
    tried, right, chance = 0, 0.0, 0.0
    for shown in lists:
        likings = [liking(shown, option) for option in shown.options]
        known = [value for value in likings if value is not None]
        if len(known) < len(likings) or len(set(known)) == 1:
            continue
        best = [option for option, value in zip(shown.options, known, strict=True) if value == max(known)]
        tried += 1
        right += (shown.key in best) / len(best)
        chance += 1 / len(shown.options)
    return Guess(name, tried, round(right, 2), round(chance, 2))


def _lists(items: Sequence[LintItem]) -> Iterator[List]:
    met = Counter(word for item in items for word in content_words(item.shown.true_text))
    siblings: dict[str, Counter[str]] = defaultdict(Counter)
    for item in items:
        siblings[item.fact].update(content_words(item.shown.true_text))
    for item in items:
        if Format.CHOOSE not in item.formats:
            continue
        prompt = item.kind.prompt(item.content, Format.CHOOSE, item.id)
        heading = content_words(" ".join(item.headings))
        for control in prompt.controls:
            if not isinstance(control, Choices) or set(control.options) == {"True", "False"}:
                continue
            keys = [option for option in control.options if option in item.outline.keys]
            if len(keys) == 1:
                heard = met - siblings[item.fact]
                yield List(control.options, keys[0], item.shown.about, heading, heard)


def _too_good(items: Sequence[LintItem]) -> Iterator[Complaint]:
    for guess in guesses(items):
        if guess.too_good:
            yield Complaint(
                "distractors",
                _(
                    "Choosing {option} is right in {share:.0%} of {lists} lists, "
                    "by chance in {by_chance:.0%}. Change options until this no longer pays."
                ).format(
                    option=_(guess.name), share=guess.share, lists=guess.lists, by_chance=guess.by_chance
                ),
            )


RULES = (
    WholeRule(
        "guessable",
        Severity.WARNING,
        "No way of guessing earns more than five points above chance over the bank.",
        _too_good,
    ),
)
