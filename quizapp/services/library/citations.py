"""Evidence between people and rows: from what a teacher says of a sentence (its place, or its words) to
evidence that can be checked, and from evidence to the passage that is shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from sqlalchemy.orm import Session

from quizapp.domain.errors import Problem
from quizapp.domain.language.translation import _, ngettext
from quizapp.domain.library.lint.base import Articles
from quizapp.domain.sources.evidence import EvidenceRef, EvidenceView, Piece, Role, marked, stretch
from quizapp.domain.sources.passages import Paragraph, digest
from quizapp.services.library.items import Citation
from quizapp.services.sources.anchors import texts
from quizapp.storage.library import cited_sources
from quizapp.storage.library.changed_evidence import ChangedEvidence
from quizapp.storage.library.citations import CitedSentence, cited_passages
from quizapp.storage.library.cited_sources import SourceLine
from quizapp.storage.sources.tables import Source


@dataclass(frozen=True, kw_only=True)
class Pointer:
    """A sentence as a form names it. text: its words, not stored; known: the digest that this very
    place was cited by before, "" if it was not."""

    source: str
    paragraph: int | None = None
    sentence: int | None = None
    text: str = ""
    known: str = ""


class Cited(NamedTuple):
    """Evidence as rows hold it and as the linter reads it."""

    citation: Citation
    ref: EvidenceRef


class Citations(NamedTuple):
    """What came of each pointer, in order; and the articles at hand among those cited."""

    found: tuple[Cited | Problem, ...]
    articles: Articles
    sources: Mapping[str, SourceLine]  # the sources' rows by slug


def cite(session: Session, pointers: Sequence[Pointer], reader_id: int) -> Citations:
    """Give each pointer its digest: from its words, from the attached text, or as it was before.
    Only sources that this account may read are found.

    A Problem names the field of the row (source, paragraph, sentence, text) and the remedy.
    """
    slugs = {pointer.source for pointer in pointers}
    sources = (
        {row.slug: row for row in cited_sources.sources_named(session, slugs, reader_id)} if slugs else {}
    )
    articles = articles_of(session, sources.values())
    found = tuple(_cite(pointer, sources, articles) for pointer in pointers)
    return Citations(found, articles, sources)


def articles_of(
    session: Session, sources: Collection[Source | SourceLine]
) -> dict[str, tuple[Paragraph, ...]]:
    """The paragraphs of sources, by slug; those whose text is not here are left out."""
    shown = {row.version_id: row.slug for row in sources if row.version_id is not None}
    return {shown[version_id]: parts for version_id, parts in texts(session, sorted(shown)).items()}


def _cite(pointer: Pointer, sources: Mapping[str, SourceLine], articles: Articles) -> Cited | Problem:
    source = sources.get(pointer.source)
    if source is None:
        return Problem("source", _("Choose the article that says so."))
    paragraphs = articles.get(pointer.source, ())
    if pointer.text.strip():
        return _by_words(pointer, source.id, paragraphs)
    if pointer.paragraph is None or pointer.sentence is None:
        missing = "paragraph" if pointer.paragraph is None else "sentence"
        return Problem(
            missing, _("Give the {missing}’s number, or paste the sentence.").format(missing=missing)
        )
    if pointer.known:
        return _cited(pointer, source.id, pointer.paragraph, pointer.sentence, pointer.known)
    if not paragraphs:
        return Problem(
            "text",
            _("This article’s text isn’t stored here. Paste the sentence: only a fingerprint of it is kept."),
        )
    return _by_place(pointer, source.id, paragraphs)


def _by_words(pointer: Pointer, source_id: int, paragraphs: Sequence[Paragraph]) -> Cited | Problem:
    """The sentence pasted, at its place in the article; the place given decides between twins."""
    wanted = digest(pointer.text)
    if not paragraphs:
        if pointer.paragraph is None or pointer.sentence is None:
            missing = "paragraph" if pointer.paragraph is None else "sentence"
            return Problem(missing, _("Give the {missing}’s number, counted from 1.").format(missing=missing))
        return _cited(pointer, source_id, pointer.paragraph, pointer.sentence, wanted)
    places = [(s.paragraph, s.sentence) for part in paragraphs for s in part.sentences if s.digest == wanted]
    if not places:
        return Problem(
            "text",
            _(
                "This sentence isn’t in the article. Paste exactly one whole sentence, or give its "
                "paragraph and sentence instead."
            ),
        )
    given = (pointer.paragraph, pointer.sentence)
    return _cited(pointer, source_id, *(given if given in places else places[0]), wanted)


def _by_place(pointer: Pointer, source_id: int, paragraphs: Sequence[Paragraph]) -> Cited | Problem:
    part = next((part for part in paragraphs if part.number == pointer.paragraph), None)
    if part is None:
        last = paragraphs[-1].number
        return Problem(
            "paragraph",
            _("The article has {last} paragraphs, so there’s no paragraph {paragraph}.").format(
                last=last, paragraph=pointer.paragraph
            ),
        )
    sentence = next((s for s in part.sentences if s.sentence == pointer.sentence), None)
    if sentence is None:
        count = len(part.sentences)
        return Problem(
            "sentence",
            ngettext(
                "Paragraph {number} has one sentence, so there’s no sentence {sentence}.",
                "Paragraph {number} has {count} sentences, so there’s no sentence {sentence}.",
                count,
            ).format(number=part.number, sentence=pointer.sentence),
        )
    return _cited(pointer, source_id, part.number, sentence.sentence, sentence.digest)


def _cited(pointer: Pointer, source_id: int, paragraph: int, sentence: int, known: str) -> Cited:
    return Cited(
        Citation(source_id, paragraph, sentence, known),
        EvidenceRef(pointer.source, paragraph, sentence, known),
    )


# --- evidence shown ------------------------------------------------------------------------------


def evidence_views(session: Session, version_id: int) -> tuple[EvidenceView, ...]:
    """What an item version is based on, as the articles stand now; a paragraph cited twice is shown once."""
    rows = cited_passages(session, version_id)
    placed: dict[tuple[object, ...], list[list[CitedSentence]]] = {}
    for _evidence, group in groupby(rows, key=lambda row: row.evidence_id):
        cited = list(group)
        first = cited[0]
        alone = first.place is None or _is_earlier(first)
        spot = (first.evidence_id,) if alone else (first.slug, first.place)
        placed.setdefault(spot, []).append(cited)
    return tuple(_view(cited) for cited in placed.values())


def view_of(ref: EvidenceRef, articles: Articles, sources: Mapping[str, SourceLine]) -> EvidenceView:
    """A reference that is not stored yet, shown as it will be."""
    part = next((part for part in articles.get(ref.source, ()) if part.number == ref.paragraph), None)
    sentences = part.sentences if part is not None else ()
    marks = {s.sentence: stretch(ref.words) for s in sentences if s.digest == ref.digest}
    texts_ = [(sentence.sentence, sentence.text) for sentence in sentences] if marks else []
    source = sources[ref.source]
    return EvidenceView(
        ref.source,
        source_name(source),
        ref.paragraph,
        marked(texts_, marks),
        ref.role,
        language=source.language,
    )


def source_name(row: SourceLine | CitedSentence | ChangedEvidence) -> str:
    """What to call a source: the one name it has, else its title and in brackets whose it is, else
    publisher and author, else what it is."""
    if row.name:
        return row.name[0].upper() + row.name[1:]
    if row.title:
        by = row.author or row.publisher
        return f"{row.title} ({by})" if by else row.title
    return ", ".join(filter(None, (row.publisher, row.author))) or row.about.rstrip(".")


def _is_earlier(row: CitedSentence) -> bool:
    return row.standing in {"changed", "gone"} and row.outcome != "kept"


def _is_unsettled(row: CitedSentence) -> bool:
    return row.standing in {"changed", "gone"} and not row.outcome


def _view(cited: Sequence[Sequence[CitedSentence]]) -> EvidenceView:
    """A paragraph with every sentence of it that is cited; the first of them says what it is for.
    Of a sentence that is nowhere in the text shown now, what is known of it."""
    first = cited[0][0]
    earlier = _is_earlier(first)
    if earlier or first.place is None:
        pieces: tuple[Piece, ...] = (Piece(first.exact, marked=True),) if first.exact else ()
    else:
        sentences = [row.passage for row in cited[0] if row.passage is not None]
        marks = {rows[0].place_sentence or 0: stretch(rows[0].words) for rows in cited}
        pieces = marked(sentences, marks)
    return EvidenceView(
        first.slug,
        source_name(first),
        first.paragraph if earlier or first.place is None else first.place,
        pieces,
        Role(first.role),
        earlier=earlier,
        checking=any(_is_unsettled(rows[0]) for rows in cited),
        language=first.language,
    )
