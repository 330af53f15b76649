"""The rule on own words: no run of nine words from an article, names and titles aside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from quizapp.domain.language.translation import _
from quizapp.domain.language.words import WORD, words
from quizapp.domain.library.lint.base import ArticleRule, Articles, Complaint, LintItem, Severity
from quizapp.domain.sources.passages import Paragraph

RUN = 9  # words in a row that are one too many
FORGIVEN_NAMES = 6  # of the nine: so many names, titles and figures, and the run is no prose


def copied_runs(text: str, articles: Articles) -> Iterator[tuple[str, str]]:
    """(source slug, the words as written) for each longest run of nine or more words in a row.

    A stretch of nine is forgiven where at least six of its words are names, titles or figures in
    the article: they begin with a digit, or with a capital anywhere but at a sentence's start.
    """
    found = [match.span() for match in WORD.finditer(text)]
    stretch = words(text)
    for slug, paragraphs in articles.items():
        known = _stretches(tuple(paragraphs))
        guilty = [start for start in range(len(stretch) - RUN + 1) if stretch[start : start + RUN] in known]
        for first, last in _spans(guilty):
            yield slug, text[found[first][0] : found[last + RUN - 1][1]]


def _spans(starts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each row of consecutive numbers."""
    first = previous = None
    for start in starts:
        if first is None or previous is None or start != previous + 1:
            if first is not None and previous is not None:
                yield first, previous
            first = start
        previous = start
    if first is not None and previous is not None:
        yield first, previous


@lru_cache(maxsize=64)
def _stretches(paragraphs: tuple[Paragraph, ...]) -> frozenset[tuple[str, ...]]:
    """Every nine words in a row of an article, across sentences and paragraphs, but those forgiven."""
    sentences = [sentence.text for paragraph in paragraphs for sentence in paragraph.sentences]
    flow = words(" ".join(sentences))
    named = [name for sentence in sentences for name in _named(sentence)]
    return frozenset(
        flow[start : start + RUN]
        for start in range(len(flow) - RUN + 1)
        if sum(named[start : start + RUN]) < FORGIVEN_NAMES
    )


def _named(sentence: str) -> list[bool]:
    """For each word: is it a figure, or capitalised though it does not open the sentence?"""
    found = [match.group() for match in WORD.finditer(sentence)]
    return [word[0].isdigit() or (place > 0 and word[0].isupper()) for place, word in enumerate(found)]


def _copied(item: LintItem, articles: Articles) -> Iterator[Complaint]:
    for field, text in item.texts:
        for slug, run in copied_runs(text, articles):
            yield Complaint(
                field,
                _("“{run}” is word for word in {slug}. Say it in your own words.").format(
                    run=run, slug=item.called(slug)
                ),
            )


RULES = (
    ArticleRule(
        "nine-words",
        Severity.ERROR,
        "No run of nine or more words from an article, unless six of the nine are names, titles or figures.",
        _copied,
    ),
)
