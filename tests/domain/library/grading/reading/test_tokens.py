"""Words without their endings."""

import pytest

from quizapp.domain.library.grading.reading.tokens import stem


@pytest.mark.parametrize(
    ("word", "bare"),
    [("categories", "category"), ("boxes", "box"), ("cats", "cat"), ("glass", "glass"), ("colour", "color")],
)
def test_plurals_and_british_spelling_do_not_tell_words_apart(word, bare):
    assert stem(word) == bare
