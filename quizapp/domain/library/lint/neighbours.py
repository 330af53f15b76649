"""Rules on items beside one another: none twice, none that tells another's key."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, permutations

from quizapp.domain.language.translation import _
from quizapp.domain.language.words import FEWEST_TEXTS, common_words, content_words, folded, words
from quizapp.domain.library.giveaways import told
from quizapp.domain.library.kinds.presenting import order_of
from quizapp.domain.library.lint.base import BankRule, Complaint, LintItem, Severity
from quizapp.domain.library.similarity.measures import NEAR, figures, jaccard, rarest

SAME_SENTENCE = 0.85  # shared words of two siblings with their keys filled in
SAME_QUESTION = 0.5  # shared words of two stems with one key, common ones left out

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
                        "stem",
                        _("Asks almost the same as “{item}”. Delete one, or give both the same fact.").format(
                            item=items[other].id
                        ),
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
                        "stem",
                        _("The same sentence as “{item}” with a different gap. Ask it another way.").format(
                            item=first.id
                        ),
                    ),
                )


def _sentence(item: LintItem) -> frozenset[str]:
    return frozenset(words(" ".join((item.filled_stem, *item.keys))))


def _gives_away(items: Sequence[LintItem]) -> Findings:
    decks: dict[str, list[LintItem]] = defaultdict(list)
    for item in items:
        decks[item.deck].append(item)
    for deck in decks.values():
        common = common_words([item.stem for item in deck])
        for teller, asked in permutations(deck, 2):
            key = "" if _never_meet(teller, asked) else told(teller.shown, asked.shown, common)
            if key:
                yield (
                    teller,
                    Complaint(
                        "stem",
                        _(
                            "Gives away the key of “{item}”, “{key}”. Ask one of them without it, "
                            'or keep them apart: apart = ["{item}"].'
                        ).format(item=asked.id, key=key),
                    ),
                )


def _never_meet(one: LintItem, other: LintItem) -> bool:
    """Siblings, pairs named as kept apart, and duplicates, of which another rule speaks."""
    named = one.id in other.apart or other.id in one.apart
    return one.fact == other.fact or named or _repeats(one, other)


def _same_question(items: Sequence[LintItem]) -> Findings:
    """One key, asked of one thing under two facts; what the whole bank is about is left out."""
    by_key: dict[tuple[str, ...], list[LintItem]] = defaultdict(list)
    for item in items:
        if not any(options.is_true_or_false for options in item.choice_sets):
            by_key[tuple(sorted(folded(key) for key in item.keys))].append(item)
    for same in by_key.values():
        for first, second in combinations(same, 2):
            one, two = (content_words(item.stem) - item.common_words for item in (first, second))
            alike = jaccard(one, two) >= SAME_QUESTION and not _repeats(first, second)
            if first.fact != second.fact and alike:
                yield (
                    second,
                    Complaint(
                        "stem",
                        _(
                            "Has the same answer and almost the same question as “{item}”. Delete one, "
                            "or give both the same fact."
                        ).format(item=first.id),
                    ),
                )


def _fillers(items: Sequence[LintItem]) -> Findings:
    """Lists whose key is spoken of elsewhere in the bank, and none of whose wrong options is."""
    if len(items) < FEWEST_TEXTS:
        return
    met: dict[str, set[str]] = defaultdict(set)  # the facts that speak of a word
    for item in items:
        for word in content_words(f"{item.shown.true_text} {item.rationale}"):
            met[word].add(item.fact)
    for item in items:
        for options in item.choice_sets:
            known = [
                any(met[word] - {item.fact} for word in content_words(text))
                for text in (*options.keys, *options.distractors)
            ]
            in_order = all(order_of(text) is not None for text in (*options.keys, *options.distractors))
            right, wrong = known[: len(options.keys)], known[len(options.keys) :]
            if wrong and all(right) and not any(wrong) and not in_order:
                named = "”, “".join(options.distractors)
                yield (
                    item,
                    Complaint(
                        "distractors",
                        _(
                            "The bank mentions the key but never “{named}”: students soon see through "
                            "fillers. Take wrong answers from the articles."
                        ).format(named=named),
                    ),
                )


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
        "Items of one fact are not the same sentence with different gaps.",
        _same_sentence,
    ),
    BankRule(
        "same-question",
        Severity.WARNING,
        "No two facts have one key and almost one question, in any deck.",
        _same_question,
    ),
    BankRule(
        "gives-away",
        Severity.WARNING,
        "No item shows the key of another in its deck, unless the two are kept apart.",
        _gives_away,
    ),
    BankRule(
        "stock-fillers",
        Severity.WARNING,
        "Some wrong option is a neighbour from the articles; not all are fillers.",
        _fillers,
    ),
)
