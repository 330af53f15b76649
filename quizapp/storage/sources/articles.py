"""Reads of articles: their texts by version, what is cited of them, and who may read which."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session

from quizapp.domain.library.sharing import Act
from quizapp.storage.accounts.deck_rights import may_with
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Deck, Evidence, Item
from quizapp.storage.rows import all_as
from quizapp.storage.sources.tables import Anchor, Passage, Source, SourceVersion, StruckParagraph

MOST_PASSAGES = 20_000
MOST_SOURCES = 500
MOST_EVIDENCE = 50_000


def readable_by(account_id: int | None) -> ColumnElement[bool]:
    """The sources that someone may read: shipped ones, their own, and those that a question is based on
    which they may study or change."""
    there = and_(Item.state == "published", may_with(Act.STUDY, account_id, Item.deck_id))
    cited = exists().where(
        Evidence.source_id == Source.id,
        Item.version_id == Evidence.version_id,
        or_(there, may_with(Act.EDIT, account_id, Item.deck_id)),
    )
    mine = Source.owner_id == account_id if account_id is not None else false()
    return or_(Source.owner_id.is_(None), mine, cited)


def readable(session: Session, slug: str, account_id: int | None) -> Source | None:
    """The source of this name if this person (None: no one signed in) may read it."""
    return session.scalar(select(Source).where(Source.slug == slug, readable_by(account_id)))


def looked_after(session: Session, slug: str, account_id: int, *, admin: bool) -> Source | None:
    """The source of this name if this account looks after it: its own; an admin's also a shipped one."""
    shipped = Source.owner_id.is_(None) if admin else false()
    return session.scalar(
        select(Source).where(Source.slug == slug, or_(Source.owner_id == account_id, shipped))
    )


def owned(session: Session, slug: str, account_id: int) -> Source | None:
    """The source of this name if this account owns it."""
    return session.scalar(select(Source).where(Source.slug == slug, Source.owner_id == account_id))


class OwnSource(NamedTuple):
    """An article of an account's own."""

    slug: str
    title: str
    author: str
    publisher: str
    published: str
    paragraphs: int


def own_sources(session: Session, account_id: int) -> list[OwnSource]:
    """An account's own sources, the newest first."""
    query = (
        select(
            Source.slug, Source.title, Source.author, Source.publisher, Source.published, Source.paragraphs
        )
        .where(Source.owner_id == account_id)
        .order_by(Source.added_at.desc(), Source.id.desc())
        .limit(MOST_SOURCES)
    )
    return all_as(OwnSource, session.execute(query))


class SourceVersionLine(NamedTuple):
    """A version of an article's text. author: a name, None where no one of that name is here."""

    id: int
    number: int
    created_at: datetime
    note: str
    author: str | None


def versions(session: Session, source_id: int, limit: int) -> list[SourceVersionLine]:
    """A source's versions, newest first, with their authors' names (None: no one who is still here)."""
    query = (
        select(
            SourceVersion.id,
            SourceVersion.number,
            SourceVersion.created_at,
            SourceVersion.note,
            Account.name.label("author"),
        )
        .outerjoin(Account, Account.id == SourceVersion.author_id)
        .where(SourceVersion.source_id == source_id)
        .order_by(SourceVersion.number.desc())
        .limit(limit)
    )
    return all_as(SourceVersionLine, session.execute(query))


class PassageLine(NamedTuple):
    """A sentence of a version of a text."""

    version_id: int
    paragraph: int
    sentence: int
    digest: str
    text: str


def passage_rows(session: Session, version_ids: Collection[int]) -> list[PassageLine]:
    """Every sentence of these versions, in order."""
    query = (
        select(Passage.version_id, Passage.paragraph, Passage.sentence, Passage.digest, Passage.text)
        .where(Passage.version_id.in_(version_ids))
        .order_by(Passage.version_id, Passage.paragraph, Passage.sentence)
        .limit(MOST_PASSAGES * max(1, len(version_ids)))
    )
    return all_as(PassageLine, session.execute(query))


def struck(session: Session, version_id: int | None) -> dict[int, str]:
    """The paragraphs of a version that are not content, and why."""
    query = select(StruckParagraph.paragraph, StruckParagraph.why).where(
        StruckParagraph.version_id == version_id
    )
    return dict(session.execute(query.order_by(StruckParagraph.paragraph)).all())


class HeldEvidence(NamedTuple):
    """A piece of evidence, and where it is in a version of the text."""

    evidence: Evidence
    anchor: Anchor | None


def held(session: Session, source_id: int, version_id: int | None) -> list[HeldEvidence]:
    """All evidence that cites a source, with its anchor in one version (None: in none)."""
    query = (
        select(Evidence, Anchor)
        .outerjoin(Anchor, and_(Anchor.evidence_id == Evidence.id, Anchor.version_id == version_id))
        .where(Evidence.source_id == source_id)
        .order_by(Evidence.id)
        .limit(MOST_EVIDENCE)
    )
    return all_as(HeldEvidence, session.execute(query))


def fates(session: Session, version_id: int) -> dict[str, int]:
    """How many published items' citations are intact, moved, changed or gone in a version."""
    return fates_in(session, [version_id]).get(version_id, {})


def fates_in(session: Session, version_ids: Collection[int]) -> dict[int, dict[str, int]]:
    """The same for several versions, by version; those where nothing is cited are left out."""
    query = (
        select(Anchor.version_id, Anchor.standing, func.count())
        .join(Evidence, Evidence.id == Anchor.evidence_id)
        .join(Item, and_(Item.version_id == Evidence.version_id, Item.state == "published"))
        .where(Anchor.version_id.in_(version_ids))
        .group_by(Anchor.version_id, Anchor.standing)
        .order_by(Anchor.version_id, Anchor.standing)
    )
    found: dict[int, dict[str, int]] = {}
    for version_id, standing, count in session.execute(query):
        found.setdefault(version_id, {})[standing] = count
    return found


def is_cited(session: Session, source_id: int) -> bool:
    """Whether any version of any item is based on a source, or a deck is written from it."""
    cited = exists().where(Evidence.source_id == source_id)
    written = exists().where(Deck.source_id == source_id)
    return bool(session.scalar(select(or_(cited, written))))
