"""An article as the drafter reads it: its prose, the names and figures in it, what else is of their sort."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from quizapp.domain.drafting.sentences import figures, names
from quizapp.domain.drafting.sentences.figures import Figure
from quizapp.domain.drafting.sentences.names import Entity, Named
from quizapp.domain.language.words import STOP_WORDS, words
from quizapp.domain.sources.passages import Paragraph, Sentence

FEWEST_WORDS = 5
ENGLISH = 0.2  # share of everyday words in English prose; other languages stay far below

_ENDS = re.compile(r"[.!?…][\"'”’)\]»]*$")
_NO_PROSE = re.compile(
    r"^(?:photo|image|source|credit|read more|see also|sign up|subscribe|follow us|click|updated|published)\b"
    r"|\b(?:getty images|via reuters|all rights reserved|cookies|newsletter|subscri)|@|https?://|©",
    re.IGNORECASE,
)

Place = tuple[int, int]


@dataclass(frozen=True)
class Reading:
    """What was read. sentences: those of the prose, in order; english: whether rules of grammar apply."""

    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    english: bool
    names: dict[Place, tuple[Named, ...]] = field(default_factory=dict)
    figures: dict[Place, tuple[Figure, ...]] = field(default_factory=dict)
    year: str = ""

    def named(self, sentence: Sentence) -> tuple[Named, ...]:
        """The names in a sentence."""
        return self.names[place(sentence)]

    def figured(self, sentence: Sentence) -> tuple[Figure, ...]:
        """The figures in a sentence."""
        return self.figures[place(sentence)]

    @cached_property
    def people(self) -> frozenset[str]:
        """Every form of every person's name."""
        return frozenset(
            form for entity in self.entities() if entity.sort == "person" for form in entity.forms
        )

    def entities(self) -> tuple[Entity, ...]:
        """Everything named, in the order of first mention."""
        found = {named.entity.name: named.entity for group in self.names.values() for named in group}
        return tuple(found.values())


def place(sentence: Sentence) -> Place:
    """Where a sentence stands: (paragraph, sentence)."""
    return sentence.paragraph, sentence.sentence


def read(
    paragraphs: Sequence[Paragraph], *, boilerplate: Collection[int] = (), published: str = ""
) -> Reading:
    """Read an article. `boilerplate`: numbers of paragraphs that are no content; `published`: its date as
    far as it is known, beginning with the year."""
    prose = tuple(_prose(paragraphs, boilerplate))
    found = [word for sentence in prose for word in words(sentence.text)]
    english = sum(word in STOP_WORDS for word in found) >= ENGLISH * len(found)
    if english:
        prose = tuple(sentence for sentence in prose if not STOP_WORDS.isdisjoint(words(sentence.text)))
    year = re.match(r"(?:1[0-9]|20)\d\d", published)
    return Reading(
        paragraphs=tuple(paragraphs),
        sentences=prose,
        english=english,
        names=names.find(prose),
        figures={place(sentence): figures.find(sentence.text) for sentence in prose},
        year=year.group() if year else "",
    )


def _prose(paragraphs: Sequence[Paragraph], boilerplate: Collection[int]) -> list[Sentence]:
    """Whole sentences; headings, captions, credits and what stands twice are left out."""
    seen: set[str] = set()
    found = []
    for paragraph in paragraphs:
        if paragraph.number in boilerplate or _NO_PROSE.search(paragraph.text[:200]):
            continue
        for sentence in paragraph.sentences:
            if sentence.digest not in seen and _is_prose(sentence.text):
                found.append(sentence)
            seen.add(sentence.digest)
    return found


def _is_prose(text: str) -> bool:
    """A whole sentence: ended as one, and not in Capitals Like a Title."""
    found = text.split()
    capitals = sum(word[0].isupper() for word in found)
    return len(found) >= FEWEST_WORDS and bool(_ENDS.search(text)) and capitals <= 0.6 * len(found)
