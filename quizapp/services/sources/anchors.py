"""Keeping evidence tied to its sentence: where each piece is in the version of its source shown now.

Whatever is written (a version of an item, a version of a source) gets its anchors here; anyone who reads
only looks at them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import groupby

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizapp.domain.sources.anchoring import Fate, Held, reanchor
from quizapp.domain.sources.passages import Paragraph, restored
from quizapp.domain.sources.quotes import Quote, quotes
from quizapp.storage.library.tables import Evidence
from quizapp.storage.sources import articles as queries
from quizapp.storage.sources.tables import Anchor, Source

SAME = ("source_id", "paragraph", "sentence", "digest")


def texts(session: Session, version_ids: Sequence[int]) -> dict[int, tuple[Paragraph, ...]]:
    """The paragraphs of versions of sources, by version."""
    rows = queries.passage_rows(session, version_ids) if version_ids else []
    return {
        version_id: restored((row.paragraph, row.sentence, row.text) for row in group)
        for version_id, group in groupby(rows, key=lambda row: row.version_id)
    }


def anchor_new(session: Session, evidence: Sequence[Evidence], earlier: int | None) -> None:
    """Tie new evidence to the sentences it cites, where its sources' texts are at hand.

    earlier: the item version before. What it cited alike keeps its quote, its place and what a person
    has decided about it.
    """
    shown = _shown(session, {row.source_id for row in evidence})
    parts = texts(session, sorted(shown.values()))
    kept = _of_version(session, earlier, shown)
    for row in evidence:
        version_id = shown.get(row.source_id)
        if version_id is None:
            continue
        known = kept.get(tuple(getattr(row, name) for name in SAME))
        if known is not None:
            _copy(session, row, *known)
            continue
        held = Held(row.paragraph, row.sentence, row.digest)
        [fate] = reanchor([held], parts[version_id])
        if fate.where is not None:
            _give_quote(row, quotes(parts[version_id])[fate.where[:2]], version_id)
        session.add(_anchor(row.id, version_id, fate))
    session.flush()


def anchor_all(session: Session, source: Source, before: int | None, after: int) -> None:
    """Find everything that cites a source in a new version of it."""
    rows = queries.held(session, source.id, before)
    parts = texts(session, [after, *([before] if before else [])])
    old, new = parts.get(before or 0, ()), parts[after]
    words, now_words = quotes(old), quotes(new)
    struck, aside = queries.struck(session, after), queries.struck(session, before)
    places = {(s.paragraph, s.sentence): s.digest for part in old for s in part.sentences}
    held, first = [], []  # those that stood in the text before, and those known by their own quote alone
    for evidence, anchor in rows:
        place = _place(anchor) if anchor is not None and _stands(anchor) else None
        if place is not None:
            was_aside = place[0] in aside
            held.append((evidence, anchor, Held(*place, places[place], words[place], was_aside)))
        else:
            quote = Quote(evidence.exact, evidence.prefix, evidence.suffix)
            first.append(
                (evidence, anchor, Held(evidence.paragraph, evidence.sentence, evidence.digest, quote))
            )
    for group, known in ((held, old), (first, ())):
        for (evidence, anchor, _), fate in zip(
            group, reanchor([row[2] for row in group], new, known, struck), strict=True
        ):
            made = _anchor(evidence.id, after, fate)
            if anchor is not None and _settled_alike(anchor, made, places, fate):
                made.outcome, made.settled_at, made.settled_by = _settlement(anchor)
            if not evidence.exact and fate.standing in {"intact", "moved"} and fate.where is not None:
                _give_quote(evidence, now_words[fate.where[:2]], after)
            session.add(made)
    session.flush()


def withdraw(session: Session, version_id: int, paragraphs: Collection[int]) -> None:
    """What was taken for the new form of a sentence, and no one has looked at, is excluded now: gone."""
    session.execute(
        update(Anchor)
        .where(Anchor.version_id == version_id, Anchor.paragraph.in_(paragraphs))
        .where(Anchor.standing == "changed", Anchor.settled_at.is_(None))
        .values(standing="gone", paragraph=None, sentence=None)
    )


def _shown(session: Session, source_ids: Iterable[int]) -> dict[int, int]:
    query = select(Source.id, Source.version_id).where(
        Source.id.in_(source_ids), Source.version_id.is_not(None)
    )
    return {id_: version_id for id_, version_id in session.execute(query) if version_id is not None}


def _of_version(
    session: Session, version_id: int | None, shown: dict[int, int]
) -> dict[tuple[object, ...], tuple[Evidence, Anchor]]:
    """What an item version cites, with its anchor in the text shown now."""
    if version_id is None or not shown:
        return {}
    query = (
        select(Evidence, Anchor)
        .join(Anchor, Anchor.evidence_id == Evidence.id)
        .where(Evidence.version_id == version_id, Anchor.version_id.in_(shown.values()))
    )
    return {
        tuple(getattr(evidence, name) for name in SAME): (evidence, anchor)
        for evidence, anchor in session.execute(query)
    }


def _copy(session: Session, row: Evidence, earlier: Evidence, anchor: Anchor) -> None:
    _give_quote(row, Quote(earlier.exact, earlier.prefix, earlier.suffix), earlier.source_version_id)
    outcome, settled_at, settled_by = _settlement(anchor)
    session.add(
        Anchor(
            evidence_id=row.id,
            version_id=anchor.version_id,
            standing=anchor.standing,
            paragraph=anchor.paragraph,
            sentence=anchor.sentence,
            outcome=outcome,
            settled_at=settled_at,
            settled_by=settled_by,
        )
    )


def _give_quote(row: Evidence, quote: Quote, version_id: int | None) -> None:
    row.exact, row.prefix, row.suffix = quote
    row.source_version_id = version_id


def _anchor(evidence_id: int, version_id: int, fate: Fate) -> Anchor:
    return Anchor(
        evidence_id=evidence_id,
        version_id=version_id,
        standing=fate.standing,
        paragraph=fate.where.paragraph if fate.where is not None else None,
        sentence=fate.where.sentence if fate.where is not None else None,
        outcome="",
    )


def _place(anchor: Anchor) -> tuple[int, int] | None:
    if anchor.paragraph is None or anchor.sentence is None:
        return None
    return anchor.paragraph, anchor.sentence


def _stands(anchor: Anchor) -> bool:
    """Whether the question is based on the sentence that its anchor names."""
    return anchor.standing in {"intact", "moved"} or anchor.outcome == "kept"


def _settled_alike(anchor: Anchor, made: Anchor, places: dict[tuple[int, int], str], fate: Fate) -> bool:
    """Whether someone has dismissed just this before."""
    if anchor.outcome not in {"dismissed", "retired"} or anchor.standing != made.standing:
        return False
    place = _place(anchor)
    before = places.get(place) if place is not None else None
    return before == (fate.where.digest if fate.where is not None else None)


def _settlement(anchor: Anchor) -> tuple[str, datetime | None, int | None]:
    return anchor.outcome, anchor.settled_at, anchor.settled_by
