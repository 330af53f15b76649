"""Quotations found in an article."""

import pytest

from quizapp.domain.drafting.quotations import locate
from quizapp.domain.sources.passages import paragraphs

TEXT = paragraphs("A title\n\nShe said: “It is – was – here.” He left.  They came   back.")


@pytest.mark.parametrize(
    ("quote", "places"),
    [
        ('She said: "It is - was - here."', [(2, 1)]),
        ("He left.", [(2, 2)]),
        ("He left. They came back.", [(2, 2), (2, 3)]),
        ("they\u00a0came", []),
        ("came\u00a0back", [(2, 3)]),
        ("", []),
        ("A title She", []),
    ],
)
def test_white_space_and_marks_make_no_difference(quote, places):
    assert [(s.paragraph, s.sentence) for s in locate(quote, TEXT)] == places
