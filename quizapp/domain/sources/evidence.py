"""A pointer from an item to the sentence that proves it, and whether the sentence still stands there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from quizapp.domain.sources.anchoring import Fate, Held, reanchor
from quizapp.domain.sources.passages import DIGEST_LENGTH, Paragraph

_DIGEST = re.compile(rf"[0-9a-f]{{{DIGEST_LENGTH}}}")


class EvidenceRef(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence named by source slug, paragraph and sentence (from 1) and by its digest."""

    source: str
    paragraph: int
    sentence: int
    digest: str

    @property
    def well_formed(self) -> bool:
        """Is the digest 12 lower-case hex digits?"""
        return _DIGEST.fullmatch(self.digest) is not None


def check_evidence(ref: EvidenceRef, paragraphs: Sequence[Paragraph]) -> Fate:
    """What became of a reference, which knows a sentence by its digest alone: intact, moved or gone.

    Where the digest occurs several times elsewhere, the nearest paragraph wins, then the earlier.
    """
    (fate,) = reanchor([Held(ref.paragraph, ref.sentence, ref.digest)], paragraphs)
    return fate


@dataclass(frozen=True)
class EvidenceView:
    """A cited sentence in its paragraph. `sentence` is empty where the article's text is not here.

    earlier: the sentence stood in an earlier version of the article, and no longer does; then there is
    nothing around it. checking: nobody has looked yet whether the question still holds.
    """

    source_slug: str
    source_title: str  # "El País, Guillermo Abril" or a descriptive name
    paragraph: int
    before: str = ""  # the paragraph's text before the sentence
    sentence: str = ""
    after: str = ""
    earlier: bool = False
    checking: bool = False


def around(texts_: Sequence[tuple[int, str]], sentence: int | None) -> tuple[str, str, str]:
    """A paragraph's text before a sentence, the sentence, and the text after it."""
    at = next((index for index, (number, _) in enumerate(texts_) if number == sentence), None)
    if at is None:
        return "", "", ""
    before, after = texts_[:at], texts_[at + 1 :]
    return " ".join(text for _, text in before), texts_[at][1], " ".join(text for _, text in after)
