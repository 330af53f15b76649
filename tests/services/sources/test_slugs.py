"""Addresses of what teachers make: plain, and never those of a bank."""

from __future__ import annotations

import re
from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.exchange.bank.reading import TableReader
from quizapp.services.sources.slugs import LONGEST_SLUG, addresses, slug


def test_the_plainest_comes_first() -> None:
    first, second, third = islice(addresses("Été à Paris!", "deck", 7), 3)
    assert re.fullmatch(r"t\.ete-a-paris-[2-9b-z]{6}", first)
    assert (second, third) == (f"{first}-2", f"{first}-3")
    assert next(addresses("???", "article", 7)).startswith("t.article-")


def test_no_one_feels_by_an_address_what_others_have() -> None:
    """Two teachers' addresses never see, so none is numbered because of the other's."""
    firsts = [next(addresses("Rivers", "deck", owner)) for owner in range(1, 500)]
    assert len(set(firsts)) == len(firsts)


@given(st.text(max_size=100))
def test_no_bank_can_have_the_same(title: str) -> None:
    for address in islice(addresses(title, "deck", 7), 2):
        table = TableReader({"slug": address}, "x", [])
        table.slug("slug")
        assert table.problems
        assert len(address) <= LONGEST_SLUG + 11


@given(st.text(max_size=100))
def test_a_slug_holds_plain_letters_digits_and_single_hyphens(text: str) -> None:
    made = slug(text, 20)
    assert len(made) <= 20
    assert "--" not in made
    assert made == made.strip("-")
    assert made.replace("-", "").isalnum() or not made
