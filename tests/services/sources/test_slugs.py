"""Addresses of what teachers make: plain, and never those of a bank."""

from __future__ import annotations

from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.exchange.bank.reading import TableReader
from quizapp.services.sources.slugs import LONGEST_SLUG, addresses, slug


def test_the_plainest_comes_first() -> None:
    assert list(islice(addresses("Été à Paris!", "deck"), 3)) == [
        "t.ete-a-paris",
        "t.ete-a-paris-2",
        "t.ete-a-paris-3",
    ]
    assert next(addresses("???", "article")) == "t.article"


@given(st.text(max_size=100))
def test_no_bank_can_have_the_same(title: str) -> None:
    for address in islice(addresses(title, "deck"), 2):
        table = TableReader({"slug": address}, "x", [])
        table.slug("slug")
        assert table.problems
        assert len(address) <= LONGEST_SLUG + 4


@given(st.text(max_size=100))
def test_a_slug_holds_plain_letters_digits_and_single_hyphens(text: str) -> None:
    made = slug(text, 20)
    assert len(made) <= 20
    assert "--" not in made
    assert made == made.strip("-")
    assert made.replace("-", "").isalnum() or not made
