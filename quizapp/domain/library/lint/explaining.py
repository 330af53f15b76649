"""Rules on the rationale: there, short, and more than the question said over again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizapp.domain.language.translation import _
from quizapp.domain.language.words import content_words, folded
from quizapp.domain.library.kinds.base import Format
from quizapp.domain.library.lint.base import Complaint, ItemRule, LintItem, Severity
from quizapp.domain.sources.passages import split_sentences

MOST_SENTENCES = 3
FEWEST_NEW_WORDS = 2


def _missing(item: LintItem) -> Iterator[Complaint]:
    if not item.rationale:
        yield Complaint("rationale", _("Say in one to three sentences why the key is right."))


def _too_long(item: LintItem) -> Iterator[Complaint]:
    count = len(split_sentences(item.rationale))
    if count > MOST_SENTENCES:
        yield Complaint(
            "rationale",
            _("{count} sentences: keep it to {most_sentences}.").format(
                count=count, most_sentences=MOST_SENTENCES
            ),
        )


def _repeats(item: LintItem) -> Iterator[Complaint]:
    known = content_words(" ".join((item.filled_stem, *item.keys)))
    if item.rationale and len(content_words(item.rationale) - known) < FEWEST_NEW_WORDS:
        yield Complaint(
            "rationale",
            _(
                "It only repeats the question and the key. Say why it is right, or why the likeliest wrong "
                "answer is wrong."
            ),
        )


_UNSEEN = re.compile(
    r"\bon offer\b|\bthe (?:other|remaining|wrong) (?:(?:two|three|four|five|six) )?"
    r"(?:options?|answers?|choices?|names?|countries|cities|figures|years|words|agencies|fields)\b"
    r"|\bthe other (?:two|three|four|five|six)\b|\b(?:of|among) the (?:options|choices|four|three)\b"
    r"|\bthe (?:first|second|third|last) option\b",
    re.IGNORECASE,
)
_ABSENT = re.compile(
    r"\b(?:not|nowhere|never|neither) (?:\w+ )?(?:named|mentioned|listed|speaks? of)\b"
    r"|\bnot on (?:its|the|his|their) list\b"
    r"|\b(?:mentions?|names?|lists?|knows?) (?:no|neither|none|nothing)\b"
    r"|\bin (?:no|none|neither) (?:of the )?(?:articles?|texts?)\b|\bno article (?:mentions|names|lists)\b"
    r"|\b(?:are|is) absent from\b|\bdo(?:es)? not (?:mention|name|list|speak of)\b|\bsays nothing of\b",
    re.IGNORECASE,
)


def _unseen(item: LintItem) -> Iterator[Complaint]:
    """What a rationale says of options that anyone who types the answer has not seen."""
    if Format.TYPE not in item.formats:
        return
    found = _UNSEEN.search(item.rationale)
    slips = {
        folded(text) for text in (*(item.field("refuse") or ()), *(w for e in item.examples.wrong for w in e))
    }
    named = next(
        (
            text
            for text in item.distractors
            if folded(text) not in slips and f" {folded(text)} " in f" {folded(item.rationale)} "
        ),
        "",
    )
    if found or named:
        what = found.group() if found else named
        yield Complaint(
            "rationale",
            _(
                "“{what}”: students who type the answer don’t see options. Say it without them, or move "
                "it to the feedback of that option."
            ).format(what=what),
        )


def _only_absent(item: LintItem) -> Iterator[Complaint]:
    """A wrong option explained by nothing but its absence."""
    for sentence in split_sentences(item.rationale):
        found = _ABSENT.search(sentence.text)
        about = content_words(sentence.text)
        if found and any(content_words(text) & about for text in item.distractors):
            yield Complaint(
                "rationale",
                _(
                    "“{words}” doesn’t explain the wrong option. Say what it belongs to, or leave it out."
                ).format(words=found.group()),
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
    ItemRule(
        "rationale-unseen-options",
        Severity.WARNING,
        "A rationale does not speak of options that a typist never saw.",
        _unseen,
    ),
    ItemRule(
        "rationale-absence",
        Severity.WARNING,
        "No wrong option is explained by its absence alone.",
        _only_absent,
    ),
)
