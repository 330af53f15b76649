"""The bank as lines of JSON, an item a line, for reviewers and other programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from quizapp.domain.library.bank import BankItem
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.kinds.base import Format


class _Place(msgspec.Struct):
    source: str
    paragraph: int
    sentence: int


class _Line(msgspec.Struct):
    """One exported item. `stem`: gaps left open; `key`: texts, never positions."""

    id: str
    fact: str
    deck: str
    kind: str
    formats: tuple[Format, ...]
    stem: str
    options: tuple[str, ...]
    key: tuple[str, ...]
    accept: tuple[str, ...]
    distractors: tuple[str, ...]
    rationale: str
    tags: tuple[str, ...]
    evidence: tuple[_Place, ...]


def export_jsonl(items: Iterable[BankItem]) -> Iterator[str]:
    """One JSON object for each item, without a line break; texts are Markdown as written."""
    encoder = msgspec.json.Encoder()
    return (encoder.encode(_line(item)).decode() for item in items)


def _line(item: BankItem) -> _Line:
    kind = kind_of(item.content)
    outline = kind.outline(item.content)
    formats = kind.formats(item.content)
    return _Line(
        id=item.id,
        fact=item.fact,
        deck=item.deck,
        kind=kind.name,
        formats=tuple(format for format in formats if format in item.formats) or formats,
        stem=kind.headline(item.content),
        options=outline.options,
        key=outline.keys,
        accept=outline.accept,
        distractors=outline.distractors,
        rationale=item.content.rationale,
        tags=item.tags,
        evidence=tuple(_Place(ref.source, ref.paragraph, ref.sentence) for ref in item.evidence),
    )
