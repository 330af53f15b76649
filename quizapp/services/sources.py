"""Attaching an article's text to its source, so that feedback can show the cited passage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from quizapp.domain.errors import Invalid, Missing
from quizapp.domain.sources.evidence import EvidenceRef, check_evidence
from quizapp.domain.sources.passages import paragraphs
from quizapp.storage.library import Evidence, Item
from quizapp.storage.sources import Passage, Source

LONGEST = 2_000_000  # characters of an article


@dataclass
class Attached:
    """What attaching found: sentences stored, and how the cited ones fared."""

    paragraphs: int = 0
    sentences: int = 0
    intact: int = 0
    moved: int = 0
    gone: int = 0

    def __str__(self) -> str:
        return (
            f"{self.paragraphs} paragraphs, {self.sentences} sentences; cited passages: "
            f"{self.intact} intact, {self.moved} moved, {self.gone} gone"
        )


def read_article(file: Path) -> str:
    """The text of an article's file (UTF-8); raises Invalid with a remedy for any other."""
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(
            f"{file} is not UTF-8 text (byte {error.start}). Save it as plain text in UTF-8."
        ) from None


def source_named(session: Session, slug: str) -> Source:
    """The source with this slug; raises Missing naming those there are."""
    source = session.scalar(select(Source).where(Source.slug == slug))
    if source is None:
        known = ", ".join(session.scalars(select(Source.slug).order_by(Source.slug).limit(50)))
        raise Missing(f"There is no source “{slug}”. Known: {known or 'none; load a bank first'}.")
    return source


def attach_text(session: Session, source: Source, text: str, *, now: datetime) -> Attached:
    """Store an article's sentences (in this database only), in place of an earlier text."""
    if "\0" in text or len(text) > LONGEST:
        raise Invalid(
            "That is not an article's text: it holds NUL bytes or more than two million characters."
        )
    parts = paragraphs(text)
    if not parts:
        raise Invalid("The text is empty. Name a file that holds the article as plain text.")
    session.execute(delete(Passage).where(Passage.source_id == source.id))
    attached = Attached(paragraphs=len(parts))
    for sentence in (sentence for part in parts for sentence in part.sentences):
        attached.sentences += 1
        session.add(
            Passage(
                source_id=source.id,
                paragraph=sentence.paragraph,
                sentence=sentence.sentence,
                digest=sentence.digest,
                text=sentence.text,
            )
        )
    source.attached_at = now
    session.flush()
    query = (
        select(Evidence.paragraph, Evidence.sentence, Evidence.digest)
        .join(Item, Item.version_id == Evidence.version_id)
        .where(Evidence.source_id == source.id, Item.state == "published")
    )
    for row in session.execute(query):
        ref = EvidenceRef(source.slug, row.paragraph, row.sentence, row.digest)
        status = check_evidence(ref, parts).status
        setattr(attached, status, getattr(attached, status) + 1)
    return attached


def detach_text(session: Session, source: Source) -> None:
    """Forget an article's text."""
    session.execute(delete(Passage).where(Passage.source_id == source.id))
    source.attached_at = None
    session.flush()
