"""Running the lint rules: over one item in the editor, or over a whole bank."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from quizapp.domain.language.translation import _
from quizapp.domain.language.words import common_words
from quizapp.domain.library.bank import NO_EXAMPLES, Bank, BankItem, Examples
from quizapp.domain.library.kinds.base import Content, Format
from quizapp.domain.library.lint import RULES, UNUSED_WAIVER, copying
from quizapp.domain.library.lint.base import (
    ArticleRule,
    Articles,
    BankRule,
    Complaint,
    ItemRule,
    LintItem,
    Rule,
    Severity,
    WholeRule,
)
from quizapp.domain.sources.evidence import EvidenceRef

_NO_ARTICLES: Articles = {}
_NO_TITLES: Mapping[str, str] = {}
_NINE_WORDS = copying.RULES[0]


class Finding(NamedTuple):
    """A rule broken: by which item (id, file, line; empty in the editor), in which field, and what to do."""

    rule: str
    severity: Severity
    field: str
    message: str
    item: str = ""
    file: str = ""
    line: int = 0


def lint_item(
    content: Content,
    tags: tuple[str, ...] = (),
    evidence: tuple[EvidenceRef, ...] = (),
    *,
    formats: tuple[Format, ...] = (),
    examples: Examples = NO_EXAMPLES,
    articles: Articles = _NO_ARTICLES,
    titles: Mapping[str, str] = _NO_TITLES,
    waived: Iterable[str] = (),
) -> tuple[Finding, ...]:
    """What is to be said of one item by itself, errors first.

    `content` must be sound: its kind finds no problems. `articles`: paragraphs by source slug,
    as far as they are at hand; `titles`: what they are called. `waived`: names of rules to leave out.
    """
    item = LintItem(
        content, tags=tags, evidence=evidence, restricted_to=formats, examples=examples, titles=titles
    )
    told = _complaints(item, articles, frozenset(waived))
    return _sorted(_finding(rule, complaint) for rule, complaint in told)


def lint_bank(bank: Bank, articles: Articles = _NO_ARTICLES) -> tuple[Finding, ...]:
    """What is to be said of a bank, errors first, then by file and line; waived warnings left out."""
    pairs = list(zip(lint_items(bank), bank.items, strict=True))
    written = {id(lint): item for lint, item in pairs}
    found = [
        (item, rule, complaint) for lint, item in pairs for rule, complaint in _complaints(lint, articles)
    ]
    for rule in RULES:
        if isinstance(rule, BankRule):
            judged = rule.check([lint for lint, _ in pairs])
            found += [(written[id(lint)], rule, complaint) for lint, complaint in judged]
    used = {(item.id, rule.name) for item, rule, _ in found}
    waived = {(item.id, waiver.rule) for item in bank.items for waiver in item.waive}
    return _sorted(
        [
            *(_finding(rule, told, item) for item, rule, told in found if (item.id, rule.name) not in waived),
            *_unused_waivers(bank, used, articles),
            *_of_the_whole([lint for lint, _ in pairs]),
            *_copied_heads(bank, articles),
        ]
    )


def lint_items(bank: Bank) -> list[LintItem]:
    """A bank's items as the rules see them, each with what it needs to know of the rest."""
    common = common_words([item.content.stem for item in bank.items])
    names = tuple(source.name for source in bank.sources if source.name)
    decks = {deck.slug: (deck.title, deck.summary) for deck in bank.decks}
    themes = {theme.tag: (theme.title, theme.summary) for theme in bank.themes}
    return [
        lint_item_of(
            item,
            common,
            source_names=names,
            headings=(
                *decks.get(item.deck, ()),
                *(text for tag in item.tags for text in themes.get(tag, ())),
            ),
        )
        for item in bank.items
    ]


def lint_item_of(
    item: BankItem,
    common_words: frozenset[str] = frozenset(),
    *,
    source_names: tuple[str, ...] = (),
    headings: tuple[str, ...] = (),
) -> LintItem:
    """A bank's item as the rules see it. `common_words`: what the whole bank is about."""
    return LintItem(
        item.content,
        id=item.id,
        fact=item.fact,
        deck=item.deck,
        tags=item.tags,
        evidence=item.evidence,
        restricted_to=item.formats,
        examples=item.examples,
        apart=item.apart,
        common_words=common_words,
        source_names=source_names,
        headings=headings,
    )


def _complaints(
    item: LintItem, articles: Articles, silent: frozenset[str] = frozenset()
) -> Iterator[tuple[Rule, Complaint]]:
    for rule in RULES:
        if rule.name in silent:
            continue
        if isinstance(rule, ItemRule):
            yield from ((rule, complaint) for complaint in rule.check(item))
        elif isinstance(rule, ArticleRule):
            yield from ((rule, complaint) for complaint in rule.check(item, articles))


def _finding(rule: Rule, complaint: Complaint, item: BankItem | None = None) -> Finding:
    place = (item.id, item.file, item.line) if item else ("", "", 0)
    return Finding(rule.name, rule.severity, complaint.field, complaint.message, *place)


def _of_the_whole(items: list[LintItem]) -> Iterator[Finding]:
    for rule in RULES:
        if isinstance(rule, WholeRule):
            yield from (_finding(rule, complaint) for complaint in rule.check(items))


def _unused_waivers(bank: Bank, used: set[tuple[str, str]], articles: Articles) -> Iterator[Finding]:
    """Waivers of rules that found nothing, where the texts those rules need are at hand."""
    on_articles = {rule.name for rule in RULES if isinstance(rule, ArticleRule)}
    for item in bank.items:
        at_hand = all(ref.source in articles for ref in item.evidence)
        for waiver in item.waive:
            judged = at_hand or waiver.rule not in on_articles
            if judged and (item.id, waiver.rule) not in used:
                complaint = Complaint(
                    "waive", _("“{rule}” finds nothing here. Remove the waiver.").format(rule=waiver.rule)
                )
                yield _finding(UNUSED_WAIVER, complaint, item)


def _copied_heads(bank: Bank, articles: Articles) -> Iterator[Finding]:
    """Runs of an article's words in what decks, themes and sources say of themselves."""
    heads = [
        *((deck.file, deck.slug, text) for deck in bank.decks for text in (deck.title, deck.summary)),
        *(
            ("themes.toml", theme.slug, text)
            for theme in bank.themes
            for text in (theme.title, theme.summary)
        ),
        *(("sources.toml", source.slug, source.about) for source in bank.sources),
    ]
    for file, slug, text in heads:
        for origin, run in copying.copied_runs(text, articles):
            message = _("{slug}: “{run}” is word for word in {origin}. Say it in your own words.").format(
                slug=slug, run=run, origin=origin
            )
            yield Finding(_NINE_WORDS.name, _NINE_WORDS.severity, "summary", message, file=file)


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Errors first, then in the order of the files; where that says nothing, as the rules stand."""
    return tuple(sorted(findings, key=lambda f: (f.severity is not Severity.ERROR, f.file, f.line)))
