"""No sentence of the articles stands anywhere in the project, tests and documentation included."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from quizapp import paths
from quizapp.domain.library.lint.copying import copied_runs
from quizapp.services.exchange.bank import read_bank
from quizapp.services.exchange.bank_check import read_articles

ROOT = Path(__file__).resolve().parent.parent.parent
TEXTS = {".py", ".toml", ".md", ".html", ".js", ".css", ".txt", ""}


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [
        ROOT / name for name in listed.splitlines() if Path(name).suffix in TEXTS and (ROOT / name).is_file()
    ]


@pytest.mark.articles
def test_no_run_of_nine_words_of_an_article_is_in_a_file(articles: Path):
    bank = read_bank(paths.BANK)
    texts = read_articles(bank, articles)
    titles = [source.title for source in bank.sources if source.title]  # naming an article is no copying

    def untitled(path: Path) -> str:
        text = path.read_text("utf-8")
        for title in titles:
            text = text.replace(title, "")
        return text

    found = {
        str(path.relative_to(ROOT)): runs
        for path in tracked()
        if (runs := list(copied_runs(untitled(path), texts)))
    }
    assert found == {}


@pytest.mark.articles
def test_the_check_would_see_a_copied_sentence(articles: Path):
    texts = read_articles(read_bank(paths.BANK), articles)
    sentence = texts["harbin-trade"][0].sentences[0].text
    assert list(copied_runs(f"# {sentence}", texts))
