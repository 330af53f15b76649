"""What differs between two texts: the old text and the new can both be read off the steps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.language.differences import MOST_WORDS, paragraph_changes, steps

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


def test_a_number_is_one_word_with_its_separators_and_unit() -> None:
    marked = [
        step for step in steps("17,000 tons, 2.5km, 40%.", "19,000 tons, 2.6km, 45%.") if step[0] != "same"
    ]
    assert marked == [
        ("removed", "17,000"), ("added", "19,000"), ("removed", "2.5km"), ("added", "2.6km"),
        ("removed", "40%"), ("added", "45%"),
    ]  # fmt: skip


def test_very_long_texts_are_shown_whole() -> None:
    old, new = "a " * MOST_WORDS, "a " * MOST_WORDS + "b"
    assert steps(old, new) == (("removed", old), ("added", new))


PARAGRAPHS = st.lists(
    st.lists(st.sampled_from("Peru Lima is big hot not".split()), max_size=5).map(" ".join), max_size=6
)


def test_a_paragraph_is_told_with_its_number_in_either_text() -> None:
    before = ["Lima is big.", "It is the capital of Peru.", "Lake Titicaca lies high."]
    after = ["New here.", "Lima is big.", "It is the capital city of Peru."]
    assert [(change.before, change.after) for change in paragraph_changes(before, after)] == [
        (None, 1), (2, 3), (3, None),
    ]  # fmt: skip
    assert ("added", "city ") in paragraph_changes(before, after)[1].steps


def test_what_is_put_in_before_a_changed_paragraph_comes_before_it() -> None:
    found = paragraph_changes(["Lima is big."], ["Something else.", "Lima is very big."])
    assert [(change.before, change.after) for change in found] == [(None, 1), (1, 2)]


@given(PARAGRAPHS, PARAGRAPHS)
def test_every_paragraph_that_is_not_told_is_the_same_in_both(before: list[str], after: list[str]) -> None:
    found = paragraph_changes(before, after)
    old, new = ({getattr(change, name) for change in found} for name in ("before", "after"))
    kept = [text for number, text in enumerate(before, start=1) if number not in old]
    assert kept == [text for number, text in enumerate(after, start=1) if number not in new]
    for change in found:
        told = "".join(text for step, text in change.steps if step != "added")
        assert told == (before[change.before - 1] if change.before else "")
