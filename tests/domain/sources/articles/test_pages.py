"""Whole pages against texts made by hand. `pages/more/` was written before any rule was; `pages/later/`
when the rules stood, to see how they do on what they had not been tried on (0.946 at first)."""

from pathlib import Path
from statistics import mean

import pytest

from quizapp.domain.sources.articles import extract
from quizapp.domain.sources.articles.blocks import Why
from tests.domain.sources.articles.scoring import PAGES, word_f1

SHAPES = sorted(PAGES.glob("*.html"))
MORE = sorted((PAGES / "more").glob("*.html")) + sorted((PAGES / "later").glob("*.html"))


def score(path: Path) -> float:
    return word_f1(path.with_suffix(".txt").read_text("utf-8"), extract(path.read_text("utf-8")).text)


@pytest.mark.parametrize("path", SHAPES, ids=lambda path: path.stem)
def test_a_page_gives_the_text_made_by_hand(path):
    assert score(path) >= 0.98


def test_pages_of_other_sites_give_theirs_too():
    scores = {path.stem: score(path) for path in MORE}
    assert mean(scores.values()) >= 0.97, scores
    assert min(scores.values()) >= 0.9, scores


@pytest.mark.parametrize("path", [*SHAPES, *MORE], ids=lambda path: path.stem)
def test_what_is_kept_is_in_the_order_of_the_page_and_nothing_is_dropped_silently(path):
    found = extract(path.read_text("utf-8"))
    assert all((block.why is None) == block.kept for block in found.blocks)
    assert all(block.text == " ".join(block.text.split()) and block.text for block in found.blocks)


def struck(name: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for block in extract((PAGES / f"{name}.html").read_text("utf-8")).blocks:
        if not block.kept:
            found.setdefault(block.why.value, set()).add(block.text)
    return found


def test_a_news_page_says_why_each_part_is_struck():
    found = struck("news")
    assert any(text.startswith("The Halda at the yard") for text in found[Why.CAPTION])
    assert any(text.startswith("Suscríbete") for text in found[Why.SUBSCRIPTION])
    assert any(text.startswith("Ya eres suscriptor") for text in found[Why.SUBSCRIPTION])
    assert any("cookies" in text for text in found.get(Why.NOTICE, set()) | found.get(Why.COOKIES, set()))
    assert any(text.startswith("Finally!") for text in found[Why.COMMENT])
    assert "Mayor denies owning the swan" in found[Why.SIDE]


def test_a_news_page_says_what_it_states_of_itself():
    found = extract((PAGES / "news.html").read_text("utf-8"))
    assert (found.title, found.author) == ("Ferry returns to Lake Orva after nine years", "Ines Vallgren")
    assert (found.publisher, found.published, found.language) == ("The Tarn Courier", "2025-04-11", "en")


def test_a_page_that_states_nothing_is_given_nothing():
    found = extract((PAGES / "no_paragraphs.html").read_text("utf-8"))
    assert (found.author, found.publisher, found.published) == ("", "", "")
