"""A bank in figures: what it covers, and whether the keys can be guessed from their looks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import TypeVar

import msgspec

from quizapp.domain.library.bank import Bank, BankItem
from quizapp.domain.library.kinds.base import Choices, Format
from quizapp.domain.library.lint.base import ChoiceSet, LintItem
from quizapp.domain.library.lint.guessing import Guess, guesses
from quizapp.domain.library.lint.runner import lint_items

V = TypeVar("V", bound=str)


class KeyLengths(msgspec.Struct, frozen=True):
    """How often the key alone is the longest (shortest) option, beside how often chance would have it."""

    observed: int
    by_chance: float
    lists: int


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """Counts over a bank.

    positions: by number of options, how often the key is first, second, … as presented;
    single_item_facts: facts that only one item asks; uncited: content paragraphs by source that
    no item cites.
    """

    items: int
    facts: int
    kinds: Mapping[str, int]
    formats: Mapping[Format, int]
    decks: Mapping[str, int]
    tags: Mapping[str, int]
    sources: Mapping[str, int]
    paragraphs: Mapping[str, Mapping[int, int]]
    uncited: Mapping[str, tuple[int, ...]]
    single_item_facts: tuple[str, ...]
    items_per_fact: Mapping[int, int]
    positions: Mapping[int, tuple[int, ...]]
    longest_keys: KeyLengths
    shortest_keys: KeyLengths
    guesses: tuple[Guess, ...]
    true_statements: int
    false_statements: int


def figures(bank: Bank) -> Figures:
    """Count what is in a bank; a source or paragraph counts once for each item that cites it."""
    linted = lint_items(bank)
    per_fact = Counter(item.fact for item in bank.items)
    cited = {source.slug: _cited(bank.items, source.slug) for source in bank.sources}
    sets = [options for item in linted for options in item.choice_sets]
    verdicts = Counter(options.keys for options in sets if options.is_true_or_false)
    return Figures(
        items=len(bank.items),
        facts=len(per_fact),
        kinds=_count(linted, lambda item: [item.kind.name]),
        formats=_count(linted, lambda item: item.formats),
        decks=_count(linted, lambda item: [item.deck]),
        tags=_count(linted, lambda item: item.tags),
        sources=_count(linted, lambda item: {ref.source for ref in item.evidence}),
        paragraphs=cited,
        uncited={
            source.slug: tuple(
                number
                for number in range(1, source.paragraphs + 1)
                if number not in source.boilerplate and number not in cited[source.slug]
            )
            for source in bank.sources
        },
        single_item_facts=tuple(sorted(fact for fact, count in per_fact.items() if count == 1)),
        items_per_fact=dict(sorted(Counter(per_fact.values()).items())),
        positions=_positions(linted),
        longest_keys=_key_lengths(sets, 1),
        shortest_keys=_key_lengths(sets, -1),
        guesses=guesses(linted),
        true_statements=verdicts["True",],
        false_statements=verdicts["False",],
    )


def _count(items: Iterable[LintItem], of: Callable[[LintItem], Iterable[V]]) -> dict[V, int]:
    """How many items have each value, the most frequent first."""
    return dict(Counter(value for item in items for value in of(item)).most_common())


def _cited(items: Iterable[BankItem], source: str) -> dict[int, int]:
    """How many items cite each paragraph of a source."""
    places = Counter(
        paragraph
        for item in items
        for paragraph in {ref.paragraph for ref in item.evidence if ref.source == source}
    )
    return dict(sorted(places.items()))


def _positions(items: Iterable[LintItem]) -> dict[int, tuple[int, ...]]:
    """Where single keys stand when each item is served once, seeded by its id."""
    counted: dict[int, Counter[int]] = {}
    for item in items:
        if Format.CHOOSE not in item.formats or item.choice_sets[0].is_true_or_false:
            continue
        prompt = item.kind.prompt(item.content, Format.CHOOSE, item.id)
        for control in prompt.controls:
            keys = set(item.outline.keys)
            if isinstance(control, Choices) and len(keys.intersection(control.options)) == 1:
                place = next(n for n, option in enumerate(control.options) if option in keys)
                counted.setdefault(len(control.options), Counter())[place] += 1
    return {
        options: tuple(places[place] for place in range(options))
        for options, places in sorted(counted.items())
    }


def _key_lengths(sets: Iterable[ChoiceSet], sign: int) -> KeyLengths:
    """sign: 1 counts keys that are alone the longest, -1 those that are alone the shortest."""
    observed, chance, lists = 0, Fraction(0), 0
    for options in sets:
        if len(options.keys) == 1 and options.distractors and not options.is_true_or_false:
            lists += 1
            chance += Fraction(1, 1 + len(options.distractors))
            observed += sign * len(options.keys[0]) > max(sign * len(text) for text in options.distractors)
    return KeyLengths(observed, round(float(chance), 1), lists)
