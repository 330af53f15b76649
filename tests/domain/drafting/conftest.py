"""Invented articles in several styles, read once."""

from functools import cache
from pathlib import Path

import pytest

from quizapp.domain.drafting.drafting import drafts
from quizapp.domain.sources.passages import paragraphs

TEXTS = Path(__file__).parent / "texts"


@cache
def article(name):
    return paragraphs((TEXTS / f"{name}.txt").read_text("utf-8"))


@cache
def drafted(name):
    return drafts(article(name))


@pytest.fixture(scope="session")
def text():
    """The paragraphs of an invented article by name: bridge, owl or painter."""
    return article


@pytest.fixture(scope="session")
def drafts_of():
    """Its drafts."""
    return drafted


@pytest.fixture(scope="session")
def stems():
    """The stems of the drafts of a few words of prose."""

    def build(prose, **options):
        return [draft.content.stem for draft in drafts(paragraphs(prose), **options)]

    return build
