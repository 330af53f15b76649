"""A proposal: a question with the sentence that proves it, before anyone has looked at it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from quizapp.domain.language.words import folded
from quizapp.domain.library.kinds import encode_content
from quizapp.domain.library.kinds.base import Content
from quizapp.domain.sources.passages import Sentence

DIGEST_LENGTH = 16


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """One drafted question. form: how it was made (who, where, when, figure, gap, statement, speaker);
    answer: what it asks for, in the sentence's words; swapped: what a false statement has in its place;
    score: how useful it seems, about 0 to 2; scope: the words of the sentence that bear on it, "" for all."""

    content: Content
    sentence: Sentence
    form: str
    answer: str
    swapped: str = ""
    score: float = 0.0
    scope: str = ""

    @property
    def digest(self) -> str:
        """Names this very proposal, so that one that was turned down does not come back."""
        text = f"{self.sentence.digest} {encode_content(self.content)}"
        return hashlib.sha256(text.encode()).hexdigest()[:DIGEST_LENGTH]

    @property
    def fact(self) -> str:
        """What it tests: the same for all proposals on one part of one sentence."""
        return f"{self.sentence.digest} {folded(self.answer)}"

    def within(self, scope: str) -> Proposal:
        """The same, on which only some words of its sentence bear."""
        return replace(self, scope=scope)

    def on(self, sentence: Sentence) -> Proposal:
        """The same with the sentence as it is in the article."""
        return replace(self, sentence=sentence)

    def scored(self, score: float) -> Proposal:
        """The same with another score."""
        return replace(self, score=score)
