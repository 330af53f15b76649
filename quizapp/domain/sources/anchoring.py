"""What became of cited sentences when their article changed: intact, moved, changed or gone.

A sentence whose digest still is in the article is intact or moved; among twins the one whose
surroundings agree best is it. Otherwise it has changed into the likeliest of the sentences that are new:
the words they share in order (longest common subsequence), each word weighted by how rare it is in the
article (idf), and a little by whether the surroundings are the same. Too unlike: it is gone.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from quizapp.domain.language.typography import as_read, compatible
from quizapp.domain.sources.passages import Paragraph, Sentence, split_sentences
from quizapp.domain.sources.quotes import Quote, agreement, quotes

Standing = Literal["intact", "moved", "changed", "gone"]
STANDINGS: tuple[Standing, ...] = ("intact", "moved", "changed", "gone")

CONTEXT_SHARE = 0.2  # of the score; the rest is the words' own likeness
LIKE_ENOUGH = 0.4
COMPARED = 4  # the candidates sharing most words, of which each is compared word by word

_WORD = re.compile(r"[\w^]+")


class Held(NamedTuple):
    """A cited sentence as it stood: place (from 1), digest, its words where they are known, and whether it
    stood in a paragraph that was excluded (aside)."""

    paragraph: int
    sentence: int
    digest: str
    quote: Quote | None = None
    aside: bool = False


class Fate(NamedTuple):
    """What became of it. where: the sentence that it is now, or has most likely become; None if gone."""

    standing: Standing
    where: Sentence | None


def reanchor(
    held: Iterable[Held],
    after: Sequence[Paragraph],
    before: Sequence[Paragraph] = (),
    struck: Collection[int] = (),
) -> tuple[Fate, ...]:
    """Find each cited sentence in the article as it is now. before: the article as it was, where it is
    known; a sentence that stood in it already is not what another one has become. struck: numbers of the
    paragraphs that are excluded now; no sentence is taken to have come there that was not aside before."""
    article = _Article(after, [sentence for part in before for sentence in part.sentences], struck)
    return tuple(article.fate(each) for each in held)


class _Article:
    """The new text, indexed by digests and, once that is needed, by words."""

    def __init__(
        self, paragraphs: Sequence[Paragraph], before: Sequence[Sentence], struck: Collection[int]
    ) -> None:
        self.before = {sentence.digest: sentence.text for sentence in before}
        known = {as_read(text) for text in self.before.values()}
        self.paragraphs, self.struck = paragraphs, frozenset(struck)
        self.bearers: dict[str, list[Sentence]] = defaultdict(list)
        for part in paragraphs:
            for sentence in part.sentences:
                self.bearers[sentence.digest].append(sentence)
        self.new = [
            sentence
            for found in self.bearers.values()
            for sentence in found
            if sentence.paragraph not in self.struck and as_read(sentence.text) not in known
        ]

    def fate(self, held: Held) -> Fate:
        alike = self.bearers.get(held.digest) or self._set_otherwise(held)
        bearers = [s for s in alike if self._can_be(held, s)]
        if bearers:
            return self._found(held, bearers)
        if held.quote is None or not held.quote.exact:
            return Fate("gone", None)
        return self._likeliest(held, held.quote)

    def _set_otherwise(self, held: Held) -> Sequence[Sentence]:
        """The sentences that say the same in other quotation marks, dashes, spaces or letters."""
        text = held.quote.exact if held.quote is not None else self.before.get(held.digest, "")
        return (self._read.get(as_read(text)) or self._cut_otherwise(text)) if text else ()

    def _cut_otherwise(self, text: str) -> list[Sentence]:
        """Where the same words are several sentences now, which were not told apart when they were cited."""
        first, *rest = (as_read(part.text) for part in split_sentences(text))
        found = []
        for opening in self._read.get(first, ()) if rest else ():
            behind = self.paragraphs[opening.paragraph - 1].sentences[opening.sentence :]
            if [as_read(each.text) for each in behind[: len(rest)]] == rest:
                found.append(opening)
        return found

    @cached_property
    def _read(self) -> Mapping[str, Sequence[Sentence]]:
        found: dict[str, list[Sentence]] = defaultdict(list)
        for part in self.paragraphs:
            for sentence in part.sentences:
                found[as_read(sentence.text)].append(sentence)
        return found

    def _can_be(self, held: Held, sentence: Sentence) -> bool:
        """What is excluded (a teaser of another article, say) holds only what stood there before."""
        return held.aside or sentence.paragraph not in self.struck or sentence[:2] == held[:2]

    def _found(self, held: Held, bearers: Sequence[Sentence]) -> Fate:
        for sentence in bearers:
            if (sentence.paragraph, sentence.sentence) == held[:2]:
                return Fate("intact", sentence)
        return Fate(
            "moved", max(bearers, key=lambda s: (self._agreement(held.quote, s), *_nearness(held, s)))
        )

    def _likeliest(self, held: Held, quote: Quote) -> Fate:
        words = _words(quote.exact)
        scored = [
            (self._score(words, quote, place), _nearness(held, self.new[place]), place)
            for place in self._sharing(words)
        ]
        best = max(scored, default=None)
        if best is None or best[0] < LIKE_ENOUGH:
            return Fate("gone", None)
        return Fate("changed", self.new[best[2]])

    def _sharing(self, words: Sequence[str]) -> list[int]:
        """The few new sentences that share the weightiest words with these."""
        shared: dict[int, float] = defaultdict(float)
        for word in sorted(set(words)):
            weight = self._weight(word)
            for place in self._postings.get(word, ()):
                shared[place] += weight
        total = self._total(words)
        likeness = {place: 2 * weight / (total + self._totals[place]) for place, weight in shared.items()}
        return sorted(likeness, key=lambda place: (-likeness[place], place))[:COMPARED]

    def _score(self, words: Sequence[str], quote: Quote, place: int) -> float:
        there = self._texts[place]
        common = _heaviest_common(words, there, {word: self._weight(word) for word in words})
        likeness = 2 * common / (self._total(words) + self._totals[place])
        return (1 - CONTEXT_SHARE) * likeness + CONTEXT_SHARE * self._agreement(quote, self.new[place])

    def _agreement(self, quote: Quote | None, sentence: Sentence) -> float:
        return agreement(quote, self._quotes[sentence[:2]]) if quote is not None else 0.0

    def _weight(self, word: str) -> float:
        return math.log(1 + (1 + len(self.new)) / (1 + len(self._postings.get(word, ()))))

    def _total(self, words: Iterable[str]) -> float:
        return sum(self._weight(word) for word in words)

    @cached_property
    def _quotes(self) -> Mapping[tuple[int, int], Quote]:
        return quotes(self.paragraphs)

    @cached_property
    def _texts(self) -> list[list[str]]:
        return [_words(sentence.text) for sentence in self.new]

    @cached_property
    def _postings(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for place, words in enumerate(self._texts):
            for word in dict.fromkeys(words):
                found[word].append(place)
        return found

    @cached_property
    def _totals(self) -> list[float]:
        return [self._total(words) for words in self._texts]


def _nearness(held: Held, sentence: Sentence) -> tuple[int, int, int]:
    """The nearer the greater; of two as near the earlier."""
    distance = abs(sentence.paragraph - held.paragraph)
    return -distance, -sentence.paragraph, -sentence.sentence


def _words(text: str) -> list[str]:
    return _WORD.findall(compatible(text).casefold())


def _heaviest_common(one: Sequence[str], other: Sequence[str], weights: Mapping[str, float]) -> float:
    """The weight of the heaviest common subsequence of two texts."""
    row = [0.0] * (len(other) + 1)
    for word in one:
        diagonal = 0.0
        for place, there in enumerate(other, start=1):
            above = row[place]
            row[place] = diagonal + weights[word] if word == there else max(above, row[place - 1])
            diagonal = above
    return row[-1]
