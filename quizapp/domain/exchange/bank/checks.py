"""What can only be judged with the whole bank at hand: names used twice, and names no one knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from quizapp.domain.errors import Problem
from quizapp.domain.exchange.bank.items import UnreadContent
from quizapp.domain.exchange.bank.reading import place
from quizapp.domain.library.bank import Bank, BankItem, SourceRecord
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.kinds.writing.shape import nearest
from quizapp.domain.library.lint import RULES, UNUSED_WAIVER
from quizapp.domain.library.lint.base import Severity

_RULES = {rule.name: rule for rule in RULES if rule is not UNUSED_WAIVER}


def cross_check(bank: Bank) -> Iterator[Problem]:
    """Every name used twice or used without being known, with the place it is at."""
    yield from _twice("slug", ((s.slug, "sources.toml, source") for s in bank.sources))
    decks = ((deck.slug, f"{deck.file}, deck") for deck in bank.decks)
    themes = ((theme.slug, "themes.toml, theme") for theme in bank.themes)
    yield from _twice("slug", (*decks, *themes))
    yield from _twice("id", ((item.id, place(item.file, item.line, "item")) for item in bank.items))
    sources = {source.slug: source for source in bank.sources}
    for deck in bank.decks:
        if deck.source and deck.source not in sources:
            yield Problem("source", f"{deck.file}, deck, source: {_unknown_source(deck.source, sources)}")
    used = {tag for item in bank.items for tag in item.tags}
    for theme in bank.themes:
        if theme.tag and theme.tag not in used:
            message = f"no item has the tag “{theme.tag}”.{nearest(theme.tag, used)}"
            yield Problem("tag", f"themes.toml, theme {theme.slug}, tag: {message}")
    ids = {item.id for item in bank.items}
    for item in bank.items:
        for other in item.apart:
            if other not in ids or other == item.id:
                message = f"apart: “{other}” isn’t another item of the bank.{nearest(other, ids - {item.id})}"
                yield Problem("apart", f"{place(item.file, item.line, f'item {item.id}')}, {message}")
        for field, message in _item(item, sources):
            yield Problem(field, f"{place(item.file, item.line, f'item {item.id}')}, {field}: {message}")


def _twice(field: str, names: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for name, spot in names:
        if name and name in first:
            yield Problem(field, f"{spot} {name}, {field}: “{name}” is taken already ({first[name]}).")
        first.setdefault(name, spot)


def _item(item: BankItem, sources: dict[str, SourceRecord]) -> Iterator[tuple[str, str]]:
    yield from _evidence(item, sources)
    if not isinstance(item.content, UnreadContent):
        yield from _formats(item)
    for waiver in item.waive:
        rule = _RULES.get(waiver.rule)
        if rule is None and waiver.rule:
            yield "waive", f"“{waiver.rule}” is not a rule.{nearest(waiver.rule, _RULES)}"
        elif rule and rule.severity is Severity.ERROR:
            yield "waive", f"“{waiver.rule}” is an error and cannot be waived; only warnings can."


def _evidence(item: BankItem, sources: dict[str, SourceRecord]) -> Iterator[tuple[str, str]]:
    for ref in item.evidence:
        source = sources.get(ref.source)
        if source is None:
            if ref.source:
                yield "evidence", _unknown_source(ref.source, sources)
        elif ref.paragraph > source.paragraphs:
            yield (
                "evidence",
                f"{ref.source} has {source.paragraphs} paragraphs, so there is no paragraph {ref.paragraph}.",
            )
        elif ref.paragraph in source.boilerplate:
            yield "evidence", f"paragraph {ref.paragraph} of {ref.source} is not content. Cite another."


def _unknown_source(slug: str, sources: dict[str, SourceRecord]) -> str:
    return f"“{slug}” is not in sources.toml.{nearest(slug, sources)}"


def _formats(item: BankItem) -> Iterator[tuple[str, str]]:
    allowed = kind_of(item.content).formats(item.content)
    for format in item.formats:
        if format not in allowed:
            names = ", ".join(allowed)
            yield "formats", f"this item can’t be asked as “{format}”. It can be asked as: {names}."
