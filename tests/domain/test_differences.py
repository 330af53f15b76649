"""What differs between two texts: the old text and the new can both be read off the steps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.differences import MOST_WORDS, steps

words = st.lists(st.sampled_from(["Peru", " ", "Lima", ".", "\n", "is"]), max_size=12).map("".join)


@given(words, words)
def test_steps_lead_from_the_old_text_to_the_new(old: str, new: str) -> None:
    found = steps(old, new)
    assert "".join(text for step, text in found if step != "added") == old
    assert "".join(text for step, text in found if step != "removed") == new


def test_only_the_word_that_changed_is_marked() -> None:
    assert steps("The capital of Peru is Lina.", "The capital of Peru is Lima.") == (
        ("same", "The capital of Peru is "),
        ("removed", "Lina"),
        ("added", "Lima"),
        ("same", "."),
    )


def test_very_long_texts_are_shown_whole() -> None:
    old, new = "a " * MOST_WORDS, "a " * MOST_WORDS + "b"
    assert steps(old, new) == (("removed", old), ("added", new))
