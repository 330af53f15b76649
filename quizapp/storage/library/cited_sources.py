"""What questions cite and can cite: sources, their sentences, and where those are now."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from quizapp.storage.library.tables import DeckItem, Evidence, Item
from quizapp.storage.rows import all_as, all_with
from quizapp.storage.sources.articles import readable_by
from quizapp.storage.sources.tables import Anchor, Passage, Source

MOST_CITED = 5
MOST_SENTENCES = 500
MOST_SOURCES = 500
MOST_EVIDENCE = 4_000

SOURCE_COLUMNS = (
    Source.id,
    Source.slug,
    Source.title,
    Source.author,
    Source.publisher,
    Source.about,
    Source.version_id,
    Source.name,
    Source.language,
)


class CitedSource(NamedTuple):
    """An article that questions of a deck cite."""

    slug: str
    title: str


def sources_of(session: Session, deck_id: int, account_id: int) -> list[CitedSource]:
    """The articles that the questions of a deck cite, as far as this account may read them."""
    cited = exists().where(
        DeckItem.deck_id == deck_id,
        Item.id == DeckItem.item_id,
        Evidence.version_id == Item.version_id,
        Evidence.source_id == Source.id,
    )
    query = select(Source.slug, Source.title).where(cited.correlate(Source), readable_by(account_id))
    return all_as(CitedSource, session.execute(query.order_by(Source.title, Source.id).limit(MOST_CITED)))


class CitedEvidence(NamedTuple):
    """A sentence that a version cites."""

    version_id: int
    slug: str
    paragraph: int
    sentence: int
    digest: str


def evidence_rows(session: Session, version_ids: Collection[int]) -> list[CitedEvidence]:
    """What versions cite: version, source, paragraph, sentence, digest."""
    query = (
        select(Evidence.version_id, Source.slug, Evidence.paragraph, Evidence.sentence, Evidence.digest)
        .join(Source, Source.id == Evidence.source_id)
        .where(Evidence.version_id.in_(version_ids))
        .order_by(Evidence.version_id, Evidence.id)
        .limit(MOST_EVIDENCE)
    )
    return all_as(CitedEvidence, session.execute(query))


class SentenceNow(NamedTuple):
    """A sentence of the text shown now."""

    digest_now: str
    paragraph_now: int
    sentence_now: int


class EvidencePlace(NamedTuple):
    """A sentence as it was cited, and as it is now. now: None where there is no text or it is gone."""

    slug: str
    paragraph: int
    sentence: int
    digest: str
    standing: str | None
    outcome: str | None
    now: SentenceNow | None


def evidence_places(session: Session, version_id: int) -> list[EvidencePlace]:
    """What a version cites, as cited and where that is in the text shown now."""
    here = and_(Anchor.evidence_id == Evidence.id, Anchor.version_id == Source.version_id)
    there = and_(
        Passage.version_id == Anchor.version_id,
        Passage.paragraph == Anchor.paragraph,
        Passage.sentence == Anchor.sentence,
    )
    query = (
        select(
            Source.slug,
            Evidence.paragraph,
            Evidence.sentence,
            Evidence.digest,
            Anchor.standing,
            Anchor.outcome,
            Passage.digest.label("digest_now"),
            Anchor.paragraph.label("paragraph_now"),
            Anchor.sentence.label("sentence_now"),
        )
        .join(Source, Source.id == Evidence.source_id)
        .outerjoin(Anchor, here)
        .outerjoin(Passage, there)
        .where(Evidence.version_id == version_id)
        .order_by(Evidence.id)
        .limit(100)
    )
    return all_with(EvidencePlace, SentenceNow, session.execute(query))


class SourceLine(NamedTuple):
    """A source that can be cited. version_id: of its text, None where that is not here."""

    id: int
    slug: str
    title: str
    author: str
    publisher: str
    about: str
    version_id: int | None
    name: str
    language: str = ""


def source_rows(session: Session, account_id: int) -> list[SourceLine]:
    """The sources offered to cite, shipped ones and the teacher's own; `version_id` tells whether their
    text is at hand."""
    query = select(*SOURCE_COLUMNS).where(or_(Source.owner_id.is_(None), Source.owner_id == account_id))
    return all_as(SourceLine, session.execute(query.order_by(Source.slug).limit(MOST_SOURCES)))


def sources_named(session: Session, slugs: Collection[str], account_id: int) -> list[SourceLine]:
    """Those of these sources that this account may read."""
    query = select(*SOURCE_COLUMNS).where(Source.slug.in_(slugs), readable_by(account_id))
    return all_as(SourceLine, session.execute(query.order_by(Source.slug).limit(MOST_SOURCES)))


class CitedSentence(NamedTuple):
    """A sentence of an article as it is worded now."""

    paragraph: int
    sentence: int
    text: str


def sentences(
    session: Session, source: str, account_id: int, places: Collection[tuple[int, int]]
) -> list[CitedSentence]:
    """These sentences (paragraph, sentence) of an article that this account may read, in its order."""
    query = (
        select(Passage.paragraph, Passage.sentence, Passage.text)
        .join(Source, Source.version_id == Passage.version_id)
        .where(
            Source.slug == source,
            readable_by(account_id),
            Passage.paragraph.in_({paragraph for paragraph, _sentence in places}),
        )
        .order_by(Passage.paragraph, Passage.sentence)
        .limit(MOST_SENTENCES)
    )
    rows = all_as(CitedSentence, session.execute(query))
    return [row for row in rows if (row.paragraph, row.sentence) in set(places)]
