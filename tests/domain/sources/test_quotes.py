"""Sentences named by their words and what stands around them."""

from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.sources.passages import paragraphs
from quizapp.domain.sources.quotes import AROUND, Quote, agreement, quotes

ARTICLE = paragraphs("The Elbe is long. It ends in the North Sea.\nThe Inn is short.")


def test_a_quote_holds_what_stands_right_before_and_after():
    found = quotes(ARTICLE)
    assert found[1, 1] == Quote("The Elbe is long.", "", " It ends in the North Sea. The I")
    assert found[1, 2] == Quote("It ends in the North Sea.", "The Elbe is long. ", " The Inn is short.")
    assert found[2, 1] == Quote("The Inn is short.", "long. It ends in the North Sea. ", "")


@given(st.lists(st.text("ab. \n", max_size=80), max_size=5))
def test_the_surroundings_are_short_and_the_sentence_is_whole(lines):
    parts = paragraphs("\n".join(lines))
    found = quotes(parts)
    assert {place: quote.exact for place, quote in found.items()} == {
        (s.paragraph, s.sentence): s.text for part in parts for s in part.sentences
    }
    assert all(max(len(quote.prefix), len(quote.suffix)) <= AROUND for quote in found.values())


def test_surroundings_agree_as_far_as_they_are_the_same_from_the_sentence_outwards():
    one = Quote("x", "abcd", "efgh")
    assert agreement(one, one) == 1.0
    assert agreement(one, Quote("y", "..cd", "e...")) == 3 / 8
    assert agreement(one, Quote("x", "", "")) == 0.0
    assert agreement(Quote("x"), Quote("y")) == 1.0
