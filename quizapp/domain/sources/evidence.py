"""A pointer from an item to the sentence that proves it, and whether the sentence still stands there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

import msgspec

from quizapp.domain.sources.passages import DIGEST_LENGTH, Paragraph, Sentence

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


class EvidenceState(NamedTuple):
    """What became of a reference. `where`: the sentence that bears the digest now, unless gone."""

    status: Literal["intact", "moved", "gone"]
    where: Sentence | None


def check_evidence(ref: EvidenceRef, paragraphs: Iterable[Paragraph]) -> EvidenceState:
    """Find a reference's sentence in an article by its digest, first of all where it should stand.

    Where the digest occurs several times elsewhere, the nearest paragraph wins, then the earlier.
    """
    bearers = [s for p in paragraphs for s in p.sentences if s.digest == ref.digest]
    if not bearers:
        return EvidenceState("gone", None)
    for sentence in bearers:
        if (sentence.paragraph, sentence.sentence) == (ref.paragraph, ref.sentence):
            return EvidenceState("intact", sentence)
    return EvidenceState("moved", min(bearers, key=lambda s: abs(s.paragraph - ref.paragraph)))
