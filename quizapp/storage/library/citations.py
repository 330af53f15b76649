"""Reads of what a question cites: each sentence with its passage and source."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import Session

from quizapp.storage.library.tables import Evidence
from quizapp.storage.rows import all_with
from quizapp.storage.sources.tables import Anchor, Passage, Source


class PassageText(NamedTuple):
    """A sentence of a paragraph: its number there, and its text."""

    sentence: int
    text: str


class CitedSentence(NamedTuple):
    """A piece of evidence, its source, and one sentence of the paragraph where it is now."""

    slug: str
    title: str
    author: str
    publisher: str
    about: str
    name: str
    language: str
    evidence_id: int
    paragraph: int
    sentence: int
    exact: str
    role: str
    words: str
    standing: str | None
    outcome: str | None
    place: int | None
    place_sentence: int | None
    passage: PassageText | None


def cited_passages(session: Session, version_id: int) -> list[CitedSentence]:
    """The evidence of a version: source, place as cited, where it is in the text shown now (`place`
    None: nowhere, or the text is not here), and every sentence of the paragraph there."""
    return all_with(CitedSentence, PassageText, session.execute(_cited_passages(), {"version": version_id}))


@cache
def _cited_passages() -> Select[Any]:
    source, evidence, anchor, passage = (t.__table__.c for t in (Source, Evidence, Anchor, Passage))
    now = and_(anchor.evidence_id == evidence.id, anchor.version_id == source.version_id)
    near = and_(passage.version_id == anchor.version_id, passage.paragraph == anchor.paragraph)
    return (
        select(
            source.slug,
            source.title,
            source.author,
            source.publisher,
            source.about,
            source.name,
            source.language,
            evidence.id.label("evidence_id"),
            evidence.paragraph,
            evidence.sentence,
            evidence.exact,
            evidence.role,
            evidence.words,
            anchor.standing,
            anchor.outcome,
            anchor.paragraph.label("place"),
            anchor.sentence.label("place_sentence"),
            passage.sentence.label("sentence"),  # unnamed, a second one would become sentence_1
            passage.text,
        )
        .select_from(Evidence.__table__)
        .join(Source.__table__, source.id == evidence.source_id)
        .outerjoin(Anchor.__table__, now)
        .outerjoin(Passage.__table__, near)
        .where(evidence.version_id == bindparam("version"))
        .order_by(evidence.id, passage.sentence)
        .limit(500)
    )
