"""A pointer from an item to the sentence that proves it, and whether the sentence still is there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import msgspec

from quizapp.domain.sources.anchoring import Fate, Held, reanchor
from quizapp.domain.sources.passages import DIGEST_LENGTH, Paragraph

_WORDS = re.compile(r"([1-9][0-9]{0,3})-([1-9][0-9]{0,3})")
_DIGEST = re.compile(rf"[0-9a-f]{{{DIGEST_LENGTH}}}")


class Role(StrEnum):
    """What a passage is to its question: its proof, a second voice that says so too, or a contrast."""

    PROVES = "proves"
    ALSO = "also"
    COMPARE = "compare"


class EvidenceRef(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence named by source slug, paragraph and sentence (from 1) and by its digest.

    words: the stretch of it that matters, “7-12” for its seventh to its twelfth word; "" for all of it.
    """

    source: str
    paragraph: int
    sentence: int
    digest: str
    role: Role = Role.PROVES
    words: str = ""

    @property
    def well_formed(self) -> bool:
        """Is the digest 12 lower-case hex digits?"""
        return _DIGEST.fullmatch(self.digest) is not None


def stretch(words: str) -> tuple[int, int] | None:
    """First and last of the words that a reference marks; None where it marks none, or not so."""
    found = _WORDS.fullmatch(words)
    first, last = (int(found[1]), int(found[2])) if found else (0, 0)
    return (first, last) if 1 <= first <= last else None


def check_evidence(ref: EvidenceRef, paragraphs: Sequence[Paragraph]) -> Fate:
    """What became of a reference, which knows a sentence by its digest alone: intact, moved or gone.

    Where the digest occurs several times elsewhere, the nearest paragraph wins, then the earlier.
    """
    (fate,) = reanchor([Held(ref.paragraph, ref.sentence, ref.digest)], paragraphs)
    return fate


class Piece(NamedTuple):
    """A stretch of a passage; the marked ones are what the question is based on."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class EvidenceView:
    """A cited passage: a paragraph in pieces, none where the article's text is not here.

    role: what it is to the question. earlier: the sentence stood in an earlier version of the article,
    and no longer does; then there is nothing around it. checking: no one has looked yet whether the
    question still holds. language: the article's, as HTML's `lang` wants it; "" where it is not known.
    """

    source_slug: str
    source_title: str  # "The preview", "El País, Guillermo Abril" or a descriptive name
    paragraph: int
    pieces: tuple[Piece, ...] = ()
    role: Role = Role.PROVES
    earlier: bool = False
    checking: bool = False
    language: str = ""

    @property
    def excerpt(self) -> tuple[Piece, ...]:
        """What is marked with a few words around it; a long stretch of it is cut, too."""
        return excerpt(self.pieces)


AROUND = 8  # words shown before and behind what is marked
MOST_MARKED = 36  # words of one marked stretch; a longer one is cut behind these


def excerpt(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Pieces cut down to what is marked and a few words around it, “…” for what is left out; as they are
    where nothing is marked, or next to nothing would be left out."""
    if not any(piece.marked for piece in pieces):
        return tuple(pieces)
    short: list[Piece] = []
    for place, piece in enumerate(pieces):
        words = re.findall(r"\s*\S+\s*", piece.text)
        if piece.marked:
            text = (
                "".join(words[:MOST_MARKED]).rstrip() + " …" if len(words) > MOST_MARKED + 6 else piece.text
            )
            short.append(Piece(text, marked=True))
            continue
        head = AROUND if place else 0  # what follows a mark
        tail = AROUND if place < len(pieces) - 1 else 0  # what leads to the next one
        if len(words) <= head + tail + 4:
            short.append(piece)
            continue
        left = "".join(words[:head]).rstrip() + " " if head else ""
        right = "".join(words[-tail:]) if tail else ""
        short.append(Piece(f"{left}… {right}" if right else f"{left}…"))
    return tuple(short)


Marks = Mapping[int, tuple[int, int] | None]  # by sentence: first and last word to mark, or all of it


def marked(sentences: Sequence[tuple[int, str]], marks: Marks) -> tuple[Piece, ...]:
    """A paragraph's sentences in a row, as pieces that are marked or not."""
    pieces: list[Piece] = []
    for number, text in sentences:
        if pieces and pieces[-1].text and not (pieces[-1].text[-1:].isspace() or text[:1].isspace()):
            _add(pieces, " ", marked=False)
        if number not in marks:
            _add(pieces, text, marked=False)
            continue
        before, within, after = _split(text, marks[number])
        _add(pieces, before, marked=False)
        _add(pieces, within, marked=True)
        _add(pieces, after, marked=False)
    return tuple(pieces)


def _add(pieces: list[Piece], text: str, *, marked: bool) -> None:
    if not text:
        return
    if pieces and pieces[-1].marked is marked:
        text = pieces.pop().text + text
    pieces.append(Piece(text, marked))


def _split(text: str, words: tuple[int, int] | None) -> tuple[str, str, str]:
    """The text before, within and after the words from the first to the last; all of it where there
    are not so many."""
    spans = [found.span() for found in re.finditer(r"\S+", text)]
    if words is None or words[1] > len(spans):
        return "", text, ""
    start, end = spans[words[0] - 1][0], spans[words[1] - 1][1]
    return text[:start], text[start:end], text[end:]
