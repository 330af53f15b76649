"""Wrong answers from the same article: of the sort of the right one, and never true in its place."""

from __future__ import annotations

from quizapp.domain.drafting.sentences.forms import asked_as
from quizapp.domain.drafting.sentences.names import TOLD, Entity
from quizapp.domain.drafting.sentences.reading import Reading, place
from quizapp.domain.language.words import content_words
from quizapp.domain.sources.passages import Sentence

MOST = 3


def for_entity(reading: Reading, entity: Entity, sentence: Sentence) -> tuple[str, ...]:
    """Names of other entities of the same sort, those nearest in the article first. Left out: whatever
    is in the sentence itself, or shares a word with the right answer or with one chosen already."""
    if entity.sort in {"name", "place", "thing"}:
        return ()
    here = place(sentence)
    present = content_words(sentence.text)
    others = [
        other
        for other in reading.entities()
        if other.sort == entity.sort and other.name != entity.name and not _stands(other, present)
        if other.sort != "person" or (" " in other.name and other.signs != TOLD)
    ]
    others.sort(key=lambda other: min(abs(paragraph - here[0]) for paragraph, _ in other.sentences))
    label, letters = asked_as(entity), entity.name.isupper()
    others = [other for other in others if asked_as(other) == label and other.name.isupper() == letters]
    chosen: list[str] = []
    if entity.sort != "person":  # where one place lies in the other, both may be right
        others = [other for other in others if not other.sentences & entity.sentences]
    taken = set(content_words(" ".join(entity.forms)))
    for other in others:
        words = content_words(" ".join(other.forms)) - _HEADS
        if words and taken.isdisjoint(words):
            chosen.append(other.name)
            taken |= words
    return tuple(chosen[:MOST])


_HEADS = content_words(
    "university bank river province lake mount island council commission ministry institute"
)


def _stands(entity: Entity, present: frozenset[str]) -> bool:
    """Whether a name, or a word of it that is its own, stands among these words."""
    words = content_words(" ".join(entity.forms))
    return not (words - _HEADS or words).isdisjoint(present)
