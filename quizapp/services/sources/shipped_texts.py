"""Attaching a shipped article's text, so that feedback can show the cited passage.

The text is no part of the bank: it is stored in this database only, as a version of its source.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizapp.domain.errors import Invalid, Missing
from quizapp.domain.sources.passages import paragraphs
from quizapp.services.sources.articles import LONGEST, forget_text, strike_just, write_text
from quizapp.storage.library.tables import Evidence
from quizapp.storage.sources import articles as queries
from quizapp.storage.sources.tables import Passage, Source

BY_BANK = "bank"


@dataclass
class Attached:
    """What attaching found: sentences stored, and how the cited ones fared."""

    paragraphs: int = 0
    sentences: int = 0
    intact: int = 0
    moved: int = 0
    changed: int = 0
    gone: int = 0

    def __str__(self) -> str:
        return (
            f"{self.paragraphs} paragraphs, {self.sentences} sentences; cited passages: "
            f"{self.intact} intact, {self.moved} moved, {self.changed} changed, {self.gone} gone"
        )


def read_article(file: Path) -> str:
    """The text of an article's file (UTF-8); raises Invalid with a remedy for any other."""
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(
            f"{file} isn't UTF-8 text (byte {error.start}). Save it as plain text in UTF-8."
        ) from None


def source_named(session: Session, slug: str) -> Source:
    """The source with this slug; raises Missing naming those there are."""
    source = session.scalar(select(Source).where(Source.slug == slug))
    if source is None:
        known = ", ".join(session.scalars(select(Source.slug).order_by(Source.slug).limit(50)))
        raise Missing(f"There is no source “{slug}”. Known: {known or 'none; load a bank first'}.")
    return source


def attach_text(session: Session, source: Source, text: str, *, now: datetime) -> Attached:
    """Store an article's text (in this database only) as its next version, a paragraph a line."""
    if "\0" in text or len(text) > LONGEST:
        raise Invalid(
            "That isn't an article's text: it contains NUL bytes or more than two million characters."
        )
    parts = paragraphs(text)
    if not parts:
        raise Invalid("The text is empty. Name a file that contains the article as plain text.")
    version = write_text(session, source, parts, {}, author=None, note="", now=now)
    strike_boilerplate(session, source)
    fates = queries.fates(session, version.id)
    return Attached(paragraphs=len(parts), sentences=sum(len(part.sentences) for part in parts), **fates)


def detach_text(session: Session, source: Source) -> None:
    """Forget an article's text in all its versions, and every quote from it."""
    forget_text(session, source)
    quoted = update(Evidence).where(Evidence.source_id == source.id)
    session.execute(quoted.values(exact="", prefix="", suffix="", source_version_id=None))
    session.expire_all()


def strike_boilerplate(session: Session, source: Source) -> None:
    """Strike out what the bank calls boilerplate in the text of a shipped article, and nothing else."""
    if source.version_id is None or source.owner_id is not None:
        return
    there = set(
        session.scalars(select(Passage.paragraph).where(Passage.version_id == source.version_id).distinct())
    )
    strike_just(session, source.version_id, dict.fromkeys(boilerplate(source) & there, BY_BANK))


def boilerplate(source: Source) -> set[int]:
    """The numbers that `1-5,17` names."""
    found: set[int] = set()
    for part in filter(None, source.boilerplate.split(",")):
        first, _, last = part.partition("-")
        found.update(range(int(first), int(last or first) + 1))
    return found
