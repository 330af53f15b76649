"""Versions as the texts that they are compared by: every field of the form, by its label."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy.orm import Session

from quizapp.domain.kinds import kind_of
from quizapp.storage.queries import authoring as queries
from quizapp.web.authoring.forms import ItemForm


def wordings(session: Session, version_ids: Collection[int]) -> dict[int, dict[str, str]]:
    """The texts of these versions by their id. Two queries."""
    evidence = evidence_of(session, version_ids)
    rows = queries.version_rows(session, version_ids)
    return {row.id: texts_of(row, evidence.get(row.id, [])) for row in rows}


def texts_of(row: Any, evidence: list[dict[str, Any]]) -> dict[str, str]:
    """The texts of one version (a row with content, formats and tags)."""
    kind = kind_of(row.content)
    form = ItemForm.stored(kind, row.content, formats=row.formats, tags=row.tags, evidence=evidence)
    return form.texts()


def evidence_of(session: Session, version_ids: Collection[int]) -> dict[int, list[dict[str, Any]]]:
    """What versions cite, as the rows of their forms."""
    found: dict[int, list[dict[str, Any]]] = {}
    for row in queries.evidence_rows(session, version_ids):
        known = f"{row.slug} {row.paragraph} {row.sentence} {row.digest}"
        found.setdefault(row.version_id, []).append(
            {"source": row.slug, "paragraph": row.paragraph, "sentence": row.sentence, "known": known}
        )
    return found
