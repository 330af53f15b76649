"""Checking a bank on disk: what is found, where, and how grave; and the bank in figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizapp import paths
from quizapp.domain.errors import Invalid, InvalidBank
from quizapp.domain.sources.passages import paragraphs
from quizapp.services.exchange.bank import read_bank
from quizapp.services.exchange.bank_check import check_bank, read_articles

ARTICLE = "The Danube rises in the Black Forest.\nIt ends in the Black Sea."
SOURCES = '[[sources]]\nslug = "atlas"\nfile = "atlas.txt"\nlanguage = "en"\nparagraphs = 2\n'
DECK = """[deck]
slug = "rivers"
title = "Rivers"

[[items]]
id = "danube-end"
kind = "single_choice"
stem = "Into which sea does the Danube flow in the end?"
key = "The Black Sea"
distractors = ["The Baltic Sea", "The North Sea", "The Red Sea"]
rationale = "It ends on the coast of Romania and Ukraine, in a wide delta."
tags = ["rivers"]
evidence = [{ source = "atlas", paragraph = 2, sentence = 1, digest = "DIGEST" }]
"""


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "atlas.txt").write_text(ARTICLE, "utf-8")
    return folder


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    folder = tmp_path / "bank"
    folder.mkdir()
    (folder / "sources.toml").write_text(SOURCES, "utf-8")
    (folder / "rivers.toml").write_text(
        DECK.replace("DIGEST", paragraphs(ARTICLE)[1].sentences[0].digest), "utf-8"
    )
    return folder


def test_evidence_is_checked_only_against_articles(bank: Path, articles: Path) -> None:
    alone, against = check_bank(bank, None), check_bank(bank, articles)
    assert (alone.articles, against.articles) == (0, 1)
    assert (alone.errors, against.errors) == (0, 0)
    (articles / "atlas.txt").write_text(ARTICLE.replace("ends", "dies"), "utf-8")
    changed = check_bank(bank, articles)
    assert changed.errors == 1
    assert check_bank(bank, None).errors == 0


def test_a_finding_names_file_line_item_rule_and_field(bank: Path, articles: Path) -> None:
    (articles / "atlas.txt").write_text("Nothing of the kind.\nNothing.", "utf-8")
    (line,) = (each for each in check_bank(bank, articles).finding_lines() if ": error:" in each)
    assert line.startswith("rivers.toml:5: error: danube-end [")
    assert "evidence" in line


def test_the_summary_counts_errors_and_warnings(bank: Path, articles: Path) -> None:
    report = check_bank(bank, articles)
    assert report.summary() == (
        f"1 items in 1 decks checked against 1 articles: 0 errors, {report.warnings} warnings (0 waived with a reason)"
    )
    assert "against" not in check_bank(bank, None).summary()
    assert report.warnings == len(report.finding_lines())


def test_figures_have_a_line_each(bank: Path) -> None:
    lines = check_bank(bank, None).figure_lines()
    assert lines[0] == "items 1, facts 1; facts by number of items: 1 1"
    assert "kinds: single_choice 1" in lines
    assert "tags: rivers 1" in lines
    assert "sources cited: atlas 1" in lines
    assert "atlas: no item cites paragraph 1" in lines
    assert any(line.startswith("key the longest option: ") for line in lines)


def test_an_empty_bank_has_figures_too(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text("")
    report = check_bank(tmp_path, None)
    assert report.summary().startswith("0 items in 0 decks checked: 0 errors")
    assert "kinds: none" in report.figure_lines()


def test_articles_that_are_not_there_are_named(bank: Path, articles: Path) -> None:
    (articles / "atlas.txt").unlink()
    with pytest.raises(Invalid, match=r"doesn't contain atlas\.txt"):
        check_bank(bank, articles)


def test_an_article_that_is_not_utf8_is_named(bank: Path, articles: Path) -> None:
    (articles / "atlas.txt").write_bytes("Der Rhein fließt.".encode("latin-1"))
    with pytest.raises(Invalid, match=r"atlas\.txt isn't UTF-8"):
        check_bank(bank, articles)


def test_articles_are_read_by_source(bank: Path, articles: Path) -> None:
    read = read_articles(read_bank(bank), articles)
    assert read == {"atlas": paragraphs(ARTICLE)}


def test_a_bank_that_cannot_be_read_is_not_checked(bank: Path) -> None:
    (bank / "rivers.toml").write_text("[deck", "utf-8")
    with pytest.raises(InvalidBank):
        check_bank(bank, None)


def test_the_shipped_bank_is_checked_in_a_moment() -> None:
    assert len(check_bank(paths.BANK, None).bank.items) > 100
