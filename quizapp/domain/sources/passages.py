"""An article's text as numbered paragraphs and sentences, and the digest that names a sentence.

paragraph: the text's non-empty lines, counted from 1 (headings and boilerplate included);
sentence: counted from 1 within its paragraph. A digest is the first 12 hex digits of the SHA-256
of the sentence in NFC with white space folded: it recognises a sentence without quoting it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

DIGEST_LENGTH = 12

# A run is tried from its beginning only and never given up in part: else a long one costs its square.
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’)\]»]*+(?=\s)")
_OPENS_SENTENCE = re.compile(r"[\"'“‘(\[«¿¡]*[\w]", re.UNICODE)
# A full stop behind one of these does not end a sentence.
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof sen rep gov gen col lt sgt st jr sr vs etc no vol fig ca cf approx inc ltd co corp "
    "jan feb mar apr jun jul aug sep sept oct nov dec a.m p.m e.g i.e".split()
)
_INITIALS = re.compile(r"(?:^|[\s(“‘\"'])(?:\w\.)*\w\.$", re.UNICODE)


_OPENING = frozenset("\"'“‘([«¿¡")
LOOKED_BACK = 200  # characters: longer than any abbreviation or row of initials


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
    for match in _END.finditer(text):
        onward = _past(text, match.end(), str.isspace)
        if _ends_sentence(text, match, onward):
            found.append(Sentence(paragraph, len(found) + 1, text[start : match.end()], start, match.end()))
            start = onward
    if text[start:].strip():
        found.append(Sentence(paragraph, len(found) + 1, text[start:], start, len(text)))
    return tuple(found)


def _ends_sentence(text: str, match: re.Match[str], onward: int) -> bool:
    """onward: where the text goes on behind the mark. Looks a few words back and forth, never through the
    whole paragraph: a long one costs as much per sentence as a short one."""
    if not _OPENS_SENTENCE.match(text, onward):
        return False
    opener = _past(text, onward, _OPENING.__contains__)
    if text[opener : opener + 1].islower():
        return False
    mark = match.group().rstrip("\"'”’)]»")
    if mark != ".":
        return True
    back = max(0, match.start() - LOOKED_BACK)
    before = text[back : match.start()].rsplit(None, 1)
    word = before[-1].lstrip("\"'“‘([«").casefold() if before else ""
    return word not in _ABBREVIATIONS and not _INITIALS.search(text, back, match.start() + 1)


def _past(text: str, start: int, skipped: Callable[[str], bool]) -> int:
    """The first place from `start` on whose character is not skipped."""
    while start < len(text) and skipped(text[start]):
        start += 1
    return start
