"""An article's text as numbered paragraphs and sentences, and the digest that names a sentence.

paragraph: the text's non-empty lines, counted from 1 (headings and boilerplate included);
sentence: counted from 1 within its paragraph. A digest is the first 12 hex digits of the SHA-256
of the sentence in NFC with white space folded: it recognises a sentence without quoting it.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from quizapp.domain.sources.splitting import ends

DIGEST_LENGTH = 12


class Sentence(NamedTuple):
    """One sentence of an article. `start`, `end`: character offsets within its paragraph."""

    paragraph: int
    sentence: int
    text: str
    start: int
    end: int

    @property
    def digest(self) -> str:
        return digest(self.text)


class Paragraph(NamedTuple):
    """A non-empty line of an article, stripped, with its sentences."""

    number: int
    text: str
    sentences: tuple[Sentence, ...]


def digest(sentence: str) -> str:
    """12 hex digits that name a sentence whatever its white space or Unicode form."""
    folded = " ".join(unicodedata.normalize("NFC", sentence).split())
    return hashlib.sha256(folded.encode()).hexdigest()[:DIGEST_LENGTH]


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Split an article. Any line break ends a paragraph; a byte-order mark is dropped."""
    lines = (line.strip() for line in text.removeprefix("\ufeff").splitlines())
    return tuple(
        Paragraph(number, line, split_sentences(line, number))
        for number, line in enumerate((line for line in lines if line), start=1)
    )


def numbered(texts: Iterable[str]) -> tuple[Paragraph, ...]:
    """Paragraphs made of texts that are one each; white space is folded, empty ones are left out."""
    lines = (" ".join(text.split()) for text in texts)
    return tuple(
        Paragraph(number, line, split_sentences(line, number))
        for number, line in enumerate((line for line in lines if line), start=1)
    )


def restored(sentences: Iterable[tuple[int, int, str]]) -> tuple[Paragraph, ...]:
    """Paragraphs from their sentences as they were stored: (paragraph, sentence, text) in order."""
    found: list[Paragraph] = []
    for number, group in groupby(sentences, key=itemgetter(0)):
        parts: list[Sentence] = []
        start = 0
        for _, place, text in group:
            parts.append(Sentence(number, place, text, start, start + len(text)))
            start += len(text) + 1
        found.append(Paragraph(number, " ".join(part.text for part in parts), tuple(parts)))
    return tuple(found)


def split_sentences(text: str, paragraph: int = 1) -> tuple[Sentence, ...]:
    """The sentences of one paragraph, in order; together they cover all but the gaps between."""
    found: list[Sentence] = []
    start = 0
    for end, onward in ends(text):
        found.append(Sentence(paragraph, len(found) + 1, text[start:end], start, end))
        start = onward
    if text[start:].strip():
        found.append(Sentence(paragraph, len(found) + 1, text[start:], start, len(text)))
    return tuple(found)
