"""Versions as the texts that they are compared by: every field of the form, by its label."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy.orm import Session

from quizapp.domain.library.kinds import kind_of
from quizapp.storage.library import cited_sources
from quizapp.storage.library import editor as queries
from quizapp.storage.library.editor import VersionLine, VersionWording
from quizapp.storage.library.tables import ItemVersion
from quizapp.web.library.authoring.forms import ItemForm


def wordings(session: Session, version_ids: Collection[int]) -> dict[int, dict[str, str]]:
    """The texts of these versions by their id. Two queries."""
    evidence = evidence_of(session, version_ids)
    rows = queries.version_rows(session, version_ids)
    return {row.id: texts_of(row, evidence.get(row.id, [])) for row in rows}


def texts_of(
    row: ItemVersion | VersionLine | VersionWording, evidence: list[dict[str, Any]]
) -> dict[str, str]:
    """The texts of one version."""
    kind = kind_of(row.content)
    form = ItemForm.stored(kind, row.content, formats=row.formats, tags=row.tags, evidence=evidence)
    return form.texts()


def evidence_of(session: Session, version_ids: Collection[int]) -> dict[int, list[dict[str, Any]]]:
    """What versions cite, as the rows of their forms."""
    found: dict[int, list[dict[str, Any]]] = {}
    for row in cited_sources.evidence_rows(session, version_ids):
        cited = _cited(row.slug, row.paragraph, row.sentence, row.digest)
        found.setdefault(row.version_id, []).append(cited)
    return found


def evidence_now(session: Session, version_id: int, *, renewed: bool = False) -> list[dict[str, Any]]:
    """What a version cites, where it is now. What has changed stays as it was cited, so that it is
    noticed, unless it is to be `renewed`: then the sentence it has most likely become takes its place."""
    found = []
    for row in cited_sources.evidence_places(session, version_id):
        stands = row.standing in {"intact", "moved"} or row.outcome == "kept"
        if row.now is not None and (stands or renewed):
            found.append(_cited(row.slug, row.now.paragraph_now, row.now.sentence_now, row.now.digest_now))
        else:
            found.append(_cited(row.slug, row.paragraph, row.sentence, row.digest))
    return found


def _cited(slug: str, paragraph: int, sentence: int, digest: str) -> dict[str, Any]:
    known = f"{slug} {paragraph} {sentence} {digest}"
    return {"source": slug, "paragraph": paragraph, "sentence": sentence, "known": known}
