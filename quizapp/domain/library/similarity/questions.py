"""Whether two questions ask the same, and in plain words why it seems so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from quizapp.domain.language import markup
from quizapp.domain.language.translation import _
from quizapp.domain.language.words import folded
from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.lint.base import LintItem
from quizapp.domain.library.similarity import measures

SAME_ANSWER = 0.55  # shared words of question and answer together, where the keys are the same
SAME_SENTENCE = 0.7  # of the shorter one's words, where both are based on one sentence and have one key
SAME_LETTERS = 0.8  # shared runs of three letters of two stems
FEWEST_WORDS = 4  # a stem of fewer words says little unless the keys agree too


class Question(NamedTuple):
    """A question as it is compared. asked: the stem's words, gaps left open; said: those of stem and
    key together; grams: runs of letters of the stem; evidence: digests of the sentences it is based on."""

    asked: frozenset[str]
    said: frozenset[str]
    grams: frozenset[str]
    keys: frozenset[str]
    evidence: frozenset[str] = frozenset()


class Likeness(NamedTuple):
    """How alike (0 to 1) and why, in words that continue “It looks like …: ”."""

    share: float
    reason: str


def question_of(content: Content, evidence: Iterable[str] = ()) -> Question:
    """The question in a content, whatever its kind."""
    item = LintItem(content)
    options = item.outline.distractors
    judged = {option.casefold() for option in (*item.keys, *options)} == {"true", "false"}
    answers = () if judged else item.keys
    return Question(
        asked=measures.shingles(item.stem),
        said=measures.shingles(" ".join((item.filled_stem, *answers))),
        grams=measures.grams(item.stem),
        keys=frozenset(folded(key) or markup.plain(key) for key in answers),
        evidence=frozenset(evidence),
    )


def likeness(one: Question, other: Question) -> Likeness | None:
    """Why two questions seem to ask the same; None where they do not. Symmetric.

    Two questions that differ in a figure (the year, say) never ask the same.
    """
    same_keys = bool(one.keys) and one.keys == other.keys
    said = measures.jaccard(one.said, other.said)
    if same_keys and one.evidence & other.evidence:
        share = measures.containment(one.said, other.said)
        if share >= SAME_SENTENCE:
            return Likeness(share, _("it asks for the same answer from the same sentence"))
    if measures.figures(one.asked) != measures.figures(other.asked):
        return None
    asked = measures.jaccard(one.asked, other.asked)
    letters = measures.jaccard(one.grams, other.grams)
    long = min(len(one.asked), len(other.asked)) >= FEWEST_WORDS
    if (long or same_keys) and asked >= measures.NEAR:
        return Likeness(asked, _("it asks in almost the same words"))
    if (long or same_keys) and letters >= SAME_LETTERS:
        return Likeness(letters, _("it is spelled almost the same"))
    if same_keys and said >= SAME_ANSWER:
        return Likeness(said, _("it has the same answer and similar words"))
    return None


class Index:
    """Questions by name, found again by the rarer of their words and by their evidence."""

    def __init__(self, questions: Iterable[tuple[str, Question]] = ()) -> None:
        self._questions: dict[str, Question] = {}
        self._bearers: dict[str, set[str]] = defaultdict(set)
        for name, question in questions:
            self.add(name, question)

    def add(self, name: str, question: Question) -> None:
        """Put a question in, in place of another of that name."""
        if name in self._questions:
            for mark in _marks(self._questions[name]):
                self._bearers[mark].discard(name)
        self._questions[name] = question
        for mark in _marks(question):
            self._bearers[mark].add(name)

    def alike(self, question: Question, most: int = 3) -> tuple[tuple[str, Likeness], ...]:
        """The questions that seem to ask the same, the likeliest first."""
        frequency = {word: len(self._bearers.get(word, ())) for word in question.said}
        telling = {
            *measures.rarest(question.asked, frequency),
            *measures.rarest(question.said, frequency, SAME_ANSWER),
            *map(_mark, question.evidence),
        }
        names = {name for mark in telling for name in self._bearers.get(mark, ())}
        found = [(name, like) for name in names if (like := likeness(question, self._questions[name]))]
        return tuple(sorted(found, key=lambda each: (-each[1].share, each[0]))[:most])


def _marks(question: Question) -> set[str]:
    return {*question.said, *map(_mark, question.evidence)}


def _mark(digest: str) -> str:
    return f"#{digest}"  # no word begins so
