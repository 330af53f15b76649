"""Checking a bank on disk: structure, the editor's rules, evidence against the articles, and figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quizapp.domain.errors import Invalid
from quizapp.domain.exchange.bank.figures import Figures, KeyLengths, figures
from quizapp.domain.library.bank import Bank
from quizapp.domain.library.lint.base import Severity
from quizapp.domain.library.lint.runner import Finding, lint_bank
from quizapp.domain.sources.passages import Paragraph, paragraphs
from quizapp.services.exchange.bank import read_bank
from quizapp.services.sources.shipped_texts import read_article


@dataclass(frozen=True)
class BankReport:
    """Everything found in a bank, and the bank in figures."""

    bank: Bank
    findings: tuple[Finding, ...]
    figures: Figures
    articles: int

    @property
    def errors(self) -> int:
        return sum(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def warnings(self) -> int:
        return len(self.findings) - self.errors

    def finding_lines(self) -> list[str]:
        """A line a finding: place, severity, item, rule, and what to do."""
        return [
            f"{f.file}:{f.line}: {f.severity}: {f.item or 'bank'} [{f.rule}] {f.field}: {f.message}"
            for f in self.findings
        ]

    def summary(self) -> str:
        """One line on the whole."""
        against = f" against {self.articles} articles" if self.articles else ""
        waived = sum(len(item.waive) for item in self.bank.items)
        return (
            f"{len(self.bank.items)} items in {len(self.bank.decks)} decks checked{against}: "
            f"{self.errors} errors, {self.warnings} warnings ({waived} waived with a reason)"
        )

    def figure_lines(self) -> list[str]:
        """The bank in figures, a line each."""
        f = self.figures
        lines = [
            f"items {f.items}, facts {f.facts}; facts by number of items: {_counts(f.items_per_fact)}",
            f"kinds: {_counts(f.kinds)}",
            f"formats: {_counts(f.formats)}",
            f"decks: {_counts(f.decks)}",
            f"tags: {_counts(f.tags)}",
            f"sources cited: {_counts(f.sources)}",
            f"true statements {f.true_statements}, false {f.false_statements}",
            _key_lengths("longest", f.longest_keys),
            _key_lengths("shortest", f.shortest_keys),
        ]
        lines += [
            f"position of the key among {options} options: {', '.join(map(str, places))}"
            for options, places in f.positions.items()
        ]
        lines += [
            f"guessing by {guess.name}: {guess.share:.1%} of {guess.lists}, by chance {guess.by_chance:.1%}"
            for guess in f.guesses
        ]
        lines += [
            f"{source}: no item cites paragraph {', '.join(map(str, numbers))}"
            for source, numbers in f.uncited.items()
            if numbers
        ]
        return lines


def check_bank(folder: Path, articles: Path | None) -> BankReport:
    """Read and lint a bank; raises InvalidBank when it cannot be read at all."""
    bank = read_bank(folder)
    texts = read_articles(bank, articles) if articles is not None else {}
    return BankReport(bank, lint_bank(bank, texts), figures(bank), len(texts))


def read_articles(bank: Bank, folder: Path) -> dict[str, tuple[Paragraph, ...]]:
    """The articles' paragraphs by source slug; raises Invalid naming the files that are not there,
    or one that is not text."""
    absent = [source.file for source in bank.sources if not (folder / source.file).is_file()]
    if absent:
        raise Invalid(f"The folder {folder} doesn't contain {', '.join(absent)}.")
    return {source.slug: paragraphs(read_article(folder / source.file)) for source in bank.sources}


def _key_lengths(which: str, found: KeyLengths) -> str:
    return f"key the {which} option: {found.observed} of {found.lists}, by chance {found.by_chance}"


def _counts(counted: Mapping[Any, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counted.items()) or "none"
