"""From what a teacher says of a sentence (its place, or its words) to evidence that can be checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from quizapp.domain.bank.rules.base import Articles
from quizapp.domain.errors import Problem
from quizapp.domain.sources.evidence import EvidenceRef
from quizapp.domain.sources.passages import Paragraph, Sentence, digest
from quizapp.services.items import Citation
from quizapp.storage.queries import authoring as queries


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
    sources: Mapping[str, Any]  # the sources' rows by slug


def cite(session: Session, pointers: Sequence[Pointer]) -> Citations:
    """Give each pointer its digest: from its words, from the attached text, or as it was before.

    A Problem names the field of the row (source, paragraph, sentence, text) and the remedy.
    """
    slugs = {pointer.source for pointer in pointers}
    sources = {row.slug: row for row in queries.sources_named(session, slugs)} if slugs else {}
    articles = articles_of(session, {row.id: slug for slug, row in sources.items()})
    found = tuple(_cite(pointer, sources, articles) for pointer in pointers)
    return Citations(found, articles, sources)


def articles_of(session: Session, slugs: Mapping[int, str]) -> dict[str, tuple[Paragraph, ...]]:
    """The attached paragraphs of sources, by slug; sources without a text are left out."""
    rows = queries.passage_rows(session, slugs.keys()) if slugs else ()
    articles: dict[str, list[Paragraph]] = {}
    for (source_id, number), group in groupby(rows, key=lambda row: (row.source_id, row.paragraph)):
        articles.setdefault(slugs[source_id], []).append(_paragraph(number, [row.text for row in group]))
    return {slug: tuple(paragraphs) for slug, paragraphs in articles.items()}


def _paragraph(number: int, texts: Sequence[str]) -> Paragraph:
    sentences: list[Sentence] = []
    start = 0
    for place, text in enumerate(texts, start=1):
        sentences.append(Sentence(number, place, text, start, start + len(text)))
        start += len(text) + 1
    return Paragraph(number, " ".join(texts), tuple(sentences))


def _cite(pointer: Pointer, sources: Mapping[str, Any], articles: Articles) -> Cited | Problem:
    source = sources.get(pointer.source)
    if source is None:
        return Problem("source", "Choose the article that says so.")
    paragraphs = articles.get(pointer.source, ())
    if pointer.text.strip():
        return _by_words(pointer, source.id, paragraphs)
    if pointer.paragraph is None or pointer.sentence is None:
        missing = "paragraph" if pointer.paragraph is None else "sentence"
        return Problem(missing, f"Give the {missing}’s number, or paste the sentence.")
    if pointer.known:
        return _cited(pointer, source.id, pointer.paragraph, pointer.sentence, pointer.known)
    if not paragraphs:
        return Problem(
            "text",
            "This article’s text is not stored here. Paste the sentence: only a fingerprint of it is kept.",
        )
    return _by_place(pointer, source.id, paragraphs)


def _by_words(pointer: Pointer, source_id: int, paragraphs: Sequence[Paragraph]) -> Cited | Problem:
    """The sentence pasted, at its place in the article; the place given decides between twins."""
    wanted = digest(pointer.text)
    if not paragraphs:
        if pointer.paragraph is None or pointer.sentence is None:
            missing = "paragraph" if pointer.paragraph is None else "sentence"
            return Problem(missing, f"Give the {missing}’s number, counted from 1.")
        return _cited(pointer, source_id, pointer.paragraph, pointer.sentence, wanted)
    places = [(s.paragraph, s.sentence) for part in paragraphs for s in part.sentences if s.digest == wanted]
    if not places:
        return Problem(
            "text",
            "This sentence does not stand in the article. Paste exactly one whole sentence, or give its "
            "paragraph and sentence instead.",
        )
    given = (pointer.paragraph, pointer.sentence)
    return _cited(pointer, source_id, *(given if given in places else places[0]), wanted)


def _by_place(pointer: Pointer, source_id: int, paragraphs: Sequence[Paragraph]) -> Cited | Problem:
    part = next((part for part in paragraphs if part.number == pointer.paragraph), None)
    if part is None:
        last = paragraphs[-1].number
        return Problem("paragraph", f"The article has {last} paragraphs; there is no {pointer.paragraph}.")
    sentence = next((s for s in part.sentences if s.sentence == pointer.sentence), None)
    if sentence is None:
        count = len(part.sentences)
        words = "one sentence" if count == 1 else f"{count} sentences"
        return Problem("sentence", f"Paragraph {part.number} has {words}; there is no {pointer.sentence}.")
    return _cited(pointer, source_id, part.number, sentence.sentence, sentence.digest)


def _cited(pointer: Pointer, source_id: int, paragraph: Any, sentence: Any, known: str) -> Cited:
    return Cited(
        Citation(source_id, paragraph, sentence, known),
        EvidenceRef(pointer.source, paragraph, sentence, known),
    )
