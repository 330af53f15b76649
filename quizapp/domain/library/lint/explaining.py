"""Rules on the rationale: there, short, and more than the question said over again."""

from __future__ import annotations

from collections.abc import Iterator

from quizapp.domain.language.words import content_words
from quizapp.domain.library.lint.base import Complaint, ItemRule, LintItem, Severity
from quizapp.domain.sources.passages import split_sentences

MOST_SENTENCES = 3
FEWEST_NEW_WORDS = 2


def _missing(item: LintItem) -> Iterator[Complaint]:
    if not item.rationale:
        yield Complaint("rationale", "Say in one to three sentences why the key is right.")


def _too_long(item: LintItem) -> Iterator[Complaint]:
    count = len(split_sentences(item.rationale))
    if count > MOST_SENTENCES:
        yield Complaint("rationale", f"{count} sentences: keep it to {MOST_SENTENCES}.")


def _repeats(item: LintItem) -> Iterator[Complaint]:
    known = content_words(" ".join((item.filled_stem, *item.keys)))
    if item.rationale and len(content_words(item.rationale) - known) < FEWEST_NEW_WORDS:
        yield Complaint(
            "rationale",
            "It only says question and key again. Say why, or why the likeliest wrong answer is wrong.",
        )


RULES = (
    ItemRule("rationale-missing", Severity.WARNING, "Every item says why its key is right.", _missing),
    ItemRule(
        "rationale-too-long",
        Severity.WARNING,
        f"A rationale has at most {MOST_SENTENCES} sentences.",
        _too_long,
    ),
    ItemRule("rationale-repeats", Severity.WARNING, "A rationale adds to question and key.", _repeats),
)
