"""A deck as a bundle: its published questions in their order, with all that goes along."""

from __future__ import annotations

from sqlalchemy.orm import Session

from quizapp.domain.exchange.bundle import Bundle, Item, Medium
from quizapp.domain.language.markup import pictures
from quizapp.domain.library.kinds.base import Content, Format
from quizapp.domain.sources.evidence import EvidenceRef, Role
from quizapp.services.library.editor import fact_name
from quizapp.services.library.pictures import texts
from quizapp.storage.exchange.exported import OutgoingItem, evidence_of, outgoing, pictures_of
from quizapp.storage.library.tables import Deck


def bundle_of(session: Session, deck: Deck) -> Bundle:
    """The deck's published questions under the names that their files have for them, else under our own."""
    rows = outgoing(session, deck.id)
    shown = {key for row in rows for key in _shown(row.content)}
    media = {
        row.id: Medium(key=row.id, name=f"{row.id}.webp", data=row.body)
        for row in pictures_of(session, sorted(shown))
    }
    rests: dict[str, list[EvidenceRef]] = {}
    for each in evidence_of(session, deck.id):
        ref = EvidenceRef(
            each.source, each.paragraph, each.sentence, each.digest, Role(each.role), each.words
        )
        rests.setdefault(each.key, []).append(ref)
    items = tuple(_item(row, deck.owner_id or 0, tuple(rests.get(row.key, ()))) for row in rows)
    return Bundle(title=deck.title, summary=deck.summary, items=items, media=media)


def _item(row: OutgoingItem, owner_id: int, evidence: tuple[EvidenceRef, ...]) -> Item:
    return Item(
        content=row.content,
        id=row.name.removeprefix("id:") if (row.name or "").startswith("id:") else row.key,
        tags=tuple(filter(None, row.tags.split(","))),
        formats=tuple(Format(name) for name in row.formats.split(",") if name),
        fact=fact_name(owner_id, row.fact),
        evidence=evidence,
    )


def _shown(content: Content) -> set[str]:
    return {key for text in texts(content) for key, _ in pictures(text)}
